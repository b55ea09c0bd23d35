// Small additions to pages that work without them: copying a citation, closing the menu, short addresses.

/** Buttons with data-copy="<id>" copy that element's text; they are hidden where copying is impossible. */
function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    const label = button.querySelector("span");
    if (!source || !label) continue;
    const before = label.textContent;
    label.setAttribute("role", "status");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent.trim());
      label.textContent = button.dataset.copied;
      setTimeout(() => (label.textContent = before), 3000);
    });
  }
}

/** Esc closes the phone's menu and gives the focus back to it. */
function closeMenuWithEscape() {
  const menu = document.querySelector(".site-menu");
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/** Fields left empty stay out of the address: ?from=1962 and not ?from=1962&to=&importance_min=. */
function leaveEmptyFieldsOut() {
  document.addEventListener("formdata", ({ target, formData }) => {
    if (target.method !== "get") return;
    for (const name of new Set(formData.keys())) {
      if (formData.getAll(name).every((value) => value === "")) formData.delete(name);
    }
  });
}

offerCopying();
leaveEmptyFieldsOut();
closeMenuWithEscape();
