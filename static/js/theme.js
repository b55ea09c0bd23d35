// Light or dark by the reader's choice. The choice is set before the first paint (base.html loads this
// file with blocking="render" where browsers know it), the switch in the footer once the page is there.
const KEY = "cubaru-theme";
const CHOICES = ["light", "dark"];
const root = document.documentElement;

/** The stored choice, or "" for the system's; storage may be forbidden, and then nothing is kept. */
function stored() {
  try {
    const choice = localStorage.getItem(KEY) ?? "";
    return CHOICES.includes(choice) ? choice : "";
  } catch {
    return "";
  }
}

function keep(choice) {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // The choice then holds for this page only.
  }
}

function apply(choice) {
  if (choice) root.dataset.theme = choice;
  else delete root.dataset.theme;
}

function showSwitch() {
  const group = document.querySelector("[data-theme-switch]");
  if (!group) return;
  const buttons = [...group.querySelectorAll("[data-theme-choice]")];
  const press = (choice) => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  };
  press(stored());
  group.hidden = false;
  for (const button of buttons) {
    button.addEventListener("click", () => {
      keep(button.dataset.themeChoice);
      apply(button.dataset.themeChoice);
      press(button.dataset.themeChoice);
    });
  }
}

apply(stored());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showSwitch);
else showSwitch();
