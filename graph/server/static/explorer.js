"use strict";
// Search as you type. All text goes in as text, never as markup.

const field = document.getElementById("search");
const list = document.getElementById("found");
const told = document.getElementById("told");
let asked = 0;
let waiting = 0;

function close() {
  told.textContent = "";
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function show(matches) {
  list.replaceChildren(...matches.map((match, number) => {
    const row = document.createElement("li");
    row.id = `found-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.id = match.id;
    row.textContent = `${match.label} (${match.type_label})`;
    return row;
  }));
  told.textContent = matches.length === 0 ? "No entity has such a name." : `${matches.length} found`;
  list.hidden = matches.length === 0;
  field.setAttribute("aria-expanded", String(matches.length > 0));
}

async function look() {
  const turn = ++asked;
  const q = field.value.trim();
  if (!q) { close(); return; }
  const answer = await fetch(`/api/search?limit=8&q=${encodeURIComponent(q)}`);
  if (turn !== asked || !answer.ok) return;
  show((await answer.json()).matches);
}

function go(row) { location.href = `/entity/${encodeURIComponent(row.dataset.id)}`; }

function move(step) {
  const rows = [...list.children];
  if (list.hidden || rows.length === 0) return;
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = (at + step + rows.length) % rows.length;
  rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === next)));
  field.setAttribute("aria-activedescendant", rows[next].id);
  rows[next].scrollIntoView({ block: "nearest" });
}

field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 120); });
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
  if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
  if (event.key === "Escape") close();
  const chosen = list.hidden ? null : list.querySelector("[aria-selected=true]");
  if (event.key === "Enter" && chosen) { event.preventDefault(); go(chosen); }
});
list.addEventListener("mousedown", (event) => { const row = event.target.closest("li"); if (row) go(row); });
field.addEventListener("blur", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select")) { event.preventDefault(); field.focus(); }
});
