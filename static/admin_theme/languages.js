// Shows the texts of one language, or of all; without this script all are there.
"use strict";
{
  const KEY = "cubaru-desk-language";
  const CHOICES = ["", "en", "es", "ru"];

  const stored = () => {
    try {
      const choice = localStorage.getItem(KEY) ?? "";
      return CHOICES.includes(choice) ? choice : "";
    } catch {
      return "";
    }
  };

  const keep = (choice) => {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // The choice then holds for this page only.
    }
  };

  const show = (choice, buttons) => {
    if (choice) document.body.dataset.show = choice;
    else delete document.body.dataset.show;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === choice));
  };

  const isHiddenBy = (choice, hash) => {
    const language = document.getElementById(hash.slice(1))?.dataset.language ?? "";
    return choice !== "" && language !== "" && language !== choice;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-language-switch]");
    if (!place) return;
    const label = document.createElement("span");
    label.textContent = place.dataset.label;
    label.id = "language-switch-label";
    place.setAttribute("role", "group");
    place.setAttribute("aria-labelledby", label.id);
    const buttons = CHOICES.map((choice) => {
      const button = document.createElement("button");
      button.type = "button";
      button.value = choice;
      button.textContent = choice ? choice.toUpperCase() : place.dataset.all;
      button.addEventListener("click", () => {
        keep(choice);
        show(choice, buttons);
      });
      return button;
    });
    place.append(label, ...buttons);
    // A text with a fault is never hidden, nor one that a link leads to.
    show(document.querySelector(".faults") || isHiddenBy(stored(), location.hash) ? "" : stored(), buttons);
    document.addEventListener("click", ({ target }) => {
      const link = target.closest("a[href^='#']");
      if (link && isHiddenBy(document.body.dataset.show ?? "", link.hash)) show("", buttons);
    });
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  });
}
