// Rows that stand in an order: dragged, or moved with arrow keys, or by their choice of moves.
// The names of all rows go into one hidden field as soon as somebody has moved one. Without this
// script the choices and the panel beneath the rows do the same when the page is saved.
"use strict";

for (const group of document.querySelectorAll(".children")) {
  const list = group.querySelector(".child-rows");
  const order = group.querySelector(`[name="${group.dataset.prefix}-order"]`);
  const said = group.querySelector(".child-said");
  const rows = () => [...list.querySelectorAll(":scope > [data-child]")];
  const nameOf = (row) => {
    const title = row.querySelector(".child-title input");
    return (title && title.value) || row.dataset.name;
  };

  const note = (row) => {
    order.value = rows().map((one) => one.dataset.child).join(" ");
    order.dispatchEvent(new Event("change", { bubbles: true }));
    const place = rows().indexOf(row);
    const above = place ? `after ${nameOf(rows()[place - 1])}` : "first";
    said.textContent = `${nameOf(row)}: now ${above}. Save to keep it.`;
  };

  const put = (row, before) => {
    if (before === row || before === row.nextElementSibling) return;
    const focused = document.activeElement;
    list.insertBefore(row, before);
    if (row.contains(focused)) focused.focus();
    row.classList.add("moved");
    note(row);
  };

  const go = (row, where, target) => {
    const all = rows();
    const place = all.indexOf(row);
    if (where === "up" && place) put(row, all[place - 1]);
    else if (where === "down" && place < all.length - 1) put(row, all[place + 1].nextElementSibling);
    else if (where === "first") put(row, all[0]);
    else if (where === "last") put(row, null);
    else if (where === "after" && target) put(row, target.nextElementSibling);
  };

  // Keys and dragging, on a handle of each row.

  const KEYS = { ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" };

  // A row that is put elsewhere loses the pointer that its handle had caught, so the list has it:
  // that stays where it is. Looked at once a frame, since at an edge the page moves and the hand
  // does not.
  const drag = (handle, row, event) => {
    if (event.button) return;
    event.preventDefault();
    handle.focus();
    list.setPointerCapture(event.pointerId);
    row.classList.add("dragged");
    const start = row.nextElementSibling;
    const edge = 60;
    let hand = event.clientY;
    let frame = 0;

    const settle = () => {
      const before = rows().find((one) => {
        const box = one.getBoundingClientRect();
        return one !== row && hand < box.top + box.height / 2;
      }) || null;
      if (before !== row.nextElementSibling) list.insertBefore(row, before);
    };
    const follow = () => {
      if (hand < edge) window.scrollBy(0, -12);
      else if (hand > window.innerHeight - edge) window.scrollBy(0, 12);
      settle();
      frame = requestAnimationFrame(follow);
    };
    const giveUp = ({ key }) => key === "Escape" && drop();
    const move = ({ clientY }) => {
      hand = clientY;
      if (!frame) follow();
    };
    const drop = (end) => {
      cancelAnimationFrame(frame);
      list.removeEventListener("pointermove", move);
      list.removeEventListener("pointerup", drop);
      list.removeEventListener("pointercancel", drop);
      document.removeEventListener("keydown", giveUp);
      row.classList.remove("dragged");
      if (end?.type !== "pointerup") list.insertBefore(row, start);
      else if (frame) settle();
      handle.focus();
      if (row.nextElementSibling === start) return;
      row.classList.add("moved");
      note(row);
    };
    list.addEventListener("pointermove", move);
    list.addEventListener("pointerup", drop);
    list.addEventListener("pointercancel", drop);
    document.addEventListener("keydown", giveUp);
  };

  const give = (row) => {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "child-handle";
    handle.setAttribute("aria-label", `Move ${nameOf(row)}: drag, or arrow keys`);
    handle.addEventListener("pointerdown", (event) => drag(handle, row, event));
    handle.addEventListener("keydown", (event) => {
      if (!KEYS[event.key]) return;
      event.preventDefault();
      go(row, KEYS[event.key]);
    });
    row.prepend(handle);
    row.classList.add("has-handle");
  };

  if (order && group.querySelector(".child-move select")) rows().forEach(give);

  // The choice of a row also offers all others, once somebody looks at it.

  const option = (select, value, text) => {
    const one = document.createElement("option");
    one.value = value;
    one.textContent = text;
    select.append(one);
  };

  list.addEventListener("focusin", ({ target: select }) => {
    const row = select.closest("[data-child]");
    if (!select.matches(".child-move select")) return;
    const chosen = select.value;
    for (const old of [...select.options]) if (/^(after|into):/.test(old.value)) old.remove();
    for (const other of rows()) {
      const name = nameOf(other).slice(0, 60);
      if (other === row || other.dataset.child.startsWith("n")) continue;
      if (other.matches(".child-model")) option(select, `into:${other.dataset.child}`, `into ${name}`);
      option(select, `after:${other.dataset.child}`, `after ${name}`);
    }
    select.value = chosen;
  });

  list.addEventListener("change", ({ target: select }) => {
    if (!select.matches(".child-move select")) return;
    const row = select.closest("[data-child]");
    const [where, name] = select.value.split(":");
    const leaves = where === "out" || where === "into";
    row.classList.toggle("leaves", leaves);
    if (leaves || !where) return;
    select.value = "";
    go(row, where, name && rows().find((one) => one.dataset.child === name));
  });

  // One more row.

  const template = group.querySelector("template");
  if (template) {
    const total = group.querySelector(`[name="${group.dataset.prefix}-TOTAL_FORMS"]`);
    const add = document.createElement("button");
    add.type = "button";
    add.className = "child-add";
    add.textContent = group.dataset.add;
    add.addEventListener("click", () => {
      const holder = document.createElement("ol");
      holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
      const row = holder.querySelector("li");
      total.value = Number(total.value) + 1;
      list.append(row);
      const empty = list.querySelector(".child-none");
      if (empty) empty.remove();
      if (list.querySelector(".child-handle")) give(row);
      row.querySelector("input[type=text]").focus();
    });
    said.after(add);
  }
}
