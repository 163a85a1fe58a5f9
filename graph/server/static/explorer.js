"use strict";
// Search as you type, and the SPARQL page. All text goes in as text, never as markup.

const field = document.getElementById("search");
const list = document.getElementById("found");
let asked = 0;
let waiting = 0;

function close() {
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

const form = document.getElementById("ask");
if (form) {
  const text = document.getElementById("text");
  const status = document.getElementById("status");
  const answer = document.getElementById("answer");
  const entity = "https://w3id.org/chipgraph/id/";

  document.getElementById("example").addEventListener("change", (event) => {
    if (event.target.value) text.value = event.target.value;
  });

  const cell = (term) => {
    if (!term) return "";
    const id = term.type === "uri" && term.value.startsWith(entity) ? term.value.slice(entity.length) : "";
    if (!id || id.includes("/")) return term.value;
    const link = document.createElement("a");
    link.href = `/entity/${id}`;
    link.textContent = decodeURIComponent(id);
    return link;
  };

  const row = (kind, values) => {
    const made = document.createElement("tr");
    for (const value of values) {
      const one = document.createElement(kind);
      one.append(value);
      made.append(one);
    }
    return made;
  };

  const table = (found) => {
    const made = document.createElement("table");
    made.createTHead().append(row("th", found.head.vars));
    const body = made.createTBody();
    for (const binding of found.results.bindings) body.append(row("td", found.head.vars.map((name) => cell(binding[name]))));
    return made;
  };

  const plain = (shown) => {
    const made = document.createElement("pre");
    made.textContent = shown;
    return made;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    status.textContent = "Asking …";
    const accept = "application/sparql-results+json, text/turtle;q=0.9";
    const body = new URLSearchParams({ query: text.value });
    const reply = await fetch("/sparql", { method: "POST", headers: { Accept: accept }, body });
    if (!reply.ok) {
      status.textContent = (await reply.json()).error;
      answer.replaceChildren();
      return;
    }
    if (reply.headers.get("content-type").startsWith("text/turtle")) {
      answer.replaceChildren(plain(await reply.text()));
      status.textContent = "";
    } else {
      const found = await reply.json();
      answer.replaceChildren("boolean" in found ? plain(found.boolean ? "yes" : "no") : table(found));
      status.textContent = found.results ? `${found.results.bindings.length} rows` : "";
    }
    answer.focus();
  });
}
