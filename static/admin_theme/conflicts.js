// Whoever writes a text made of both has chosen it; without this script the choice is made by hand.
"use strict";
{
  document.addEventListener("input", (event) => {
    const own = event.target.closest(".question-own");
    if (own && event.target.matches("textarea")) own.querySelector("input[type=radio]").checked = true;
  });
}
