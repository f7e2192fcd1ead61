// Pasted addresses: what saving will make of them, while one types. The server reads the lines, by
// the same code that saves them; without this script the save alone says what was wrong.
"use strict";

for (const area of document.querySelectorAll("textarea[data-read]")) {
  const shown = area.parentElement.querySelector(".pasted");
  const token = area.form.querySelector("[name=csrfmiddlewaretoken]").value;
  let waiting = 0;
  let asked = 0;

  const ask = async () => {
    const number = ++asked;
    if (!area.value.trim()) {
      shown.replaceChildren();
      return;
    }
    const body = new URLSearchParams({ text: area.value, owner: area.dataset.owner });
    const headers = { "X-CSRFToken": token };
    try {
      const answer = await fetch(area.dataset.read, { method: "POST", body, headers });
      if (number !== asked) return; // somebody has typed on
      if (answer.ok && !answer.redirected) shown.innerHTML = await answer.text();
      else shown.textContent = "The lines cannot be read just now; saving will tell.";
    } catch {
      shown.textContent = "No answer from the site; saving will tell.";
    }
  };

  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  });
  if (area.value.trim()) ask();
}

// Behind whom a new record would come to stand by itself: chosen already, and still to be changed.
for (const select of document.querySelectorAll("select[data-propose]")) {
  const name = select.form.querySelector("[name=name]");
  const first = select.form.querySelector("[name=stands_first]");
  let proposed = null;

  name.addEventListener("change", async () => {
    const isOwn = first.checked || (select.value && select.value !== proposed);
    if (isOwn || !name.value.trim()) return;
    const query = new URLSearchParams({ name: name.value });
    const answer = await fetch(`${select.dataset.propose}?${query}`);
    if (!answer.ok || answer.redirected) return;
    const neighbour = await answer.json();
    proposed = neighbour.id ? String(neighbour.id) : null;
    first.checked = !proposed;
    if (proposed) select.replaceChildren(new Option(neighbour.text, proposed, true, true));
    else select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
