/* While one types: which lines of README.md the form would alter.

   The page's own form is sent as it stands, with _preview; the server does the whole save, reads
   the lines and takes everything back. Without this script the button "Preview README.md" does
   the same. */
"use strict";

(() => {
  const PAUSE = 500; // milliseconds without a key
  const region = document.getElementById("readme-preview");
  const form = region && region.closest("form");
  if (!form) return;

  const state = () => new URLSearchParams(new FormData(form)).toString();
  let timer = 0;
  let asking = null;
  let asked = state(); // what the region speaks of, or soon will

  async function ask() {
    asking = new AbortController();
    const { signal } = asking;
    const sent = new FormData(form);
    sent.set("_preview", "lines");
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST",
        body: sent,
        credentials: "same-origin",
        signal,
      });
      // Logged out meanwhile, it would be the page where one logs in.
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const lines = await answer.text();
      if (!signal.aborted) region.innerHTML = lines;
    } catch (error) {
      if (signal.aborted) return;
      const sentence = document.createElement("p");
      sentence.textContent = "The lines cannot be shown at present. Saving still works.";
      region.replaceChildren(sentence);
    }
    if (!signal.aborted) region.classList.remove("is-waiting");
  }

  function askSoon() {
    // A type-ahead tells of a change as soon as it is there.
    const now = state();
    if (now === asked) return;
    asked = now;
    // From the first key on, what stands there is about an earlier form.
    region.classList.add("is-waiting");
    if (asking) asking.abort();
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  for (const event of ["input", "change"]) form.addEventListener(event, askSoon);
  for (const event of ["formset:added", "formset:removed"]) {
    document.addEventListener(event, askSoon);
  }
  // The select boxes with type-ahead tell only jQuery of a choice.
  if (window.django && django.jQuery) django.jQuery(form).on("change", askSoon);
  // Leaving: an answer would come too late.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (asking) asking.abort();
  });
})();
