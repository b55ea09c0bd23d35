// Fetches what a page can be read and pressed without, once its first picture stands: the content of
// <template data-late>. A script in it waits for the style sheet in it; if that does not come, the page stays as it is.
const late = document.querySelector("template[data-late]").content;
const sheet = late.querySelector("link[rel=stylesheet]");
const script = late.querySelector("script");
requestAnimationFrame(() =>
  setTimeout(() => {
    script?.remove();
    if (script) sheet.addEventListener("load", () => document.head.append(script));
    document.head.append(late);
  }),
);
