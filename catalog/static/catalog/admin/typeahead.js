// The type-ahead that stands for a select has no name of its own: it gets that of the select.
"use strict";

// jQuery calls in the order of asking, and the type-ahead has asked before.
window.django?.jQuery?.(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const box = select.nextElementSibling;
    const label = select.labels[0] && select.labels[0].textContent.trim().replace(/:$/, "");
    if (!label || !box || !box.matches(".select2")) continue;
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox]")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", label);
    }
  }
});
