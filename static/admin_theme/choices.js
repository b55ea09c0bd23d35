// Names the fields in which a record is chosen: select2 leaves them without a name while they are empty.
"use strict";
{
  const nameThem = (root) => {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const shown = select.parentElement.querySelector(".select2-selection");
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
      if (!shown || !label) continue;
      label.id = `${select.id}_label`;
      const chosen = shown.querySelector(".select2-selection__rendered");
      shown.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
      chosen.setAttribute("aria-labelledby", label.id);
    }
  };

  // After Django's own script, which makes the fields when jQuery says that the page is ready.
  document.addEventListener("DOMContentLoaded", () => window.django.jQuery(() => nameThem(document)));
  document.addEventListener("formset:added", (event) => setTimeout(() => nameThem(event.target), 0));
}
