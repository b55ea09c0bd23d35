// Shows one section of a record's form at a time, for who chooses so; without this script the form is one
// long page. Hidden sections are found by searching in the page, printed, and opened by links into them.
const nav = document.querySelector("[data-section-links]");
const sections = [...document.querySelectorAll(".section")];

const key = () => `cubaru-desk-section ${location.pathname}`;

const keep = (name) => {
  try {
    sessionStorage.setItem(key(), name);
  } catch {
    // The choice then holds until the page is left.
  }
};

const kept = () => {
  try {
    return sessionStorage.getItem(key()) ?? "";
  } catch {
    return "";
  }
};

const sectionOf = (id) => (id ? document.getElementById(id)?.closest(".section") : null);

const isWrong = (section) => section.querySelector(".errorlist") !== null;

function start() {
  const everything = document.createElement("button");
  everything.type = "button";
  everything.textContent = nav.dataset.all;
  const item = document.createElement("li");
  item.append(everything);
  nav.querySelector("ul").prepend(item);

  // null shows all.
  const show = (chosen) => {
    for (const section of sections) {
      if (chosen && section !== chosen) section.setAttribute("hidden", "until-found");
      else section.removeAttribute("hidden");
    }
    for (const link of nav.querySelectorAll("a")) {
      if (sectionOf(link.hash.slice(1)) === chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    everything.setAttribute("aria-pressed", String(!chosen));
    keep(chosen?.id ?? "");
  };

  const isHidden = (section) => section?.hasAttribute("hidden");

  everything.addEventListener("click", () => show(null));

  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^='#']");
    const section = link && sectionOf(link.hash.slice(1));
    if (!section) return;
    if (nav.contains(link) || isHidden(section)) show(section);
  });

  window.addEventListener("hashchange", () => {
    const section = sectionOf(location.hash.slice(1));
    if (isHidden(section)) show(section);
  });

  for (const link of nav.querySelectorAll("a")) {
    const section = sectionOf(link.hash.slice(1));
    if (!section || !isWrong(section)) continue;
    link.dataset.wrong = "";
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = ` (${nav.dataset.wrong})`;
    link.append(said);
  }

  const asked = sectionOf(location.hash.slice(1)) ?? sectionOf(kept());
  const first = asked && !isWrong(asked) ? (sections.find(isWrong) ?? asked) : asked;
  show(first);
  // While the page loads the browser opens by itself what the address names; what is wrong comes before.
  window.addEventListener("load", () => {
    show(first);
    for (const section of sections) section.addEventListener("beforematch", () => show(section));
  });
}

// Where a search in the page would not find what is hidden, nothing is.
if (nav && sections.length > 2 && "onbeforematch" in document.documentElement) start();
