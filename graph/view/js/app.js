// Everything wired together: state changes redraw the parts, keys and buttons change the state.
const { byId } = Dom;

// What is drawn and what is not, in one line: nothing is left out without being counted.
const drawn = (state) => {
  const { overview } = Stage;
  if (state.view !== "graph" || !overview) return "";
  const open = overview.members.length ? ` and ${Dom.plural(overview.members.length, "entity", "entities")}` : "";
  return `Drawn: ${overview.discs.size} of ${Dom.plural(overview.groups.filter((group) => !group.open).length, "group")}${open}, the strongest ${overview.ties.size} of ${Dom.plural(overview.tieCount, "tie")}. `;
};
const status = (state, shown) => {
  const [n, e] = [shown.nodes.length, shown.edges.length];
  const hidden = Data.nodeCount - n + (Data.edgeCount - e);
  const counted = `${n.toLocaleString("en")} of ${Dom.plural(Data.nodeCount, "entity", "entities")} · ${e.toLocaleString("en")} of ${Dom.plural(Data.edgeCount, "relation")}`;
  byId("status").textContent = n ? `${drawn(state)}${counted}${hidden ? " shown" : ""}` : "Nothing is left to show: remove a filter above.";
};

const PAGES = { table: Table, timeline: Timeline, matrix: Matrix };
const setView = (view) => {
  byId("tools").hidden = view !== "graph";
  for (const name of State.VIEWS) {
    byId(name).hidden = name !== view;
    byId(`as-${name}`).setAttribute("aria-pressed", String(name === view));
  }
};

const redraw = (state) => {
  const shown = Filters.current();
  setView(state.view);
  Facets.render(state, shown);
  Chips.render(state);
  Picture.render(state, shown);
  Panel.render(state, shown);
  PAGES[state.view]?.render(shown);
  status(state, shown);
};

const back = () => {
  const state = State.get();
  if (state.selected) State.change({ selected: null });
  else if (state.path) State.change({ path: null, detour: 0 });
  else if (state.focus !== null) State.change({ focus: null });
  else if (state.open.length) State.change({ open: state.open.slice(0, -1) });
};

const help = () => {
  const rows = [["/", "find by any name"], ["Esc", "step back: from the selection, the path, the focus"], ["G T L M", "graph, table, timeline, matrix"], ["F", "fit the picture"],
    ["+ −", "zoom"], ["Arrows", "move the picture, when it has the focus"], ["P, H", "pin or hide what is selected"], ["U, Y", "undo, redo"], ["R", "reset"], ["?", "this help"]];
  const dialog = byId("about");
  dialog.replaceChildren(Dom.el("h2", { text: "Reading this graph" }),
    Dom.el("p", { text: "Every line stands for what documents say of two entities. Choose it to read the sentences. Lines grow with the number of sources; a dotted line with a badge is no plain fact but a plan, a forecast, a possibility, a denial or a negation. Double-click a shape to focus on it." }),
    Dom.el("dl", {}, rows.flatMap(([key, does]) => [Dom.el("dt", {}, Dom.el("kbd", { text: key })), Dom.el("dd", { text: does })])),
    Dom.button("Close", () => dialog.close()));
  dialog.showModal();
};

// The keys do what the panel's buttons do, where they are there.
const press = (...labels) => [...byId("panel").querySelectorAll(".actions button")].find((button) => labels.includes(button.textContent))?.click();

const KEYS = {
  "/": () => Search.focus(), "?": help, Escape: back, g: () => State.change({ view: "graph" }), t: () => State.change({ view: "table" }), l: () => State.change({ view: "timeline" }), m: () => State.change({ view: "matrix" }),
  p: () => press("Pin", "Unpin"), h: () => press("Hide"), f: () => Picture.fit(), u: State.undo, y: State.redo, r: State.reset, "+": () => Picture.zoom(1.25), "-": () => Picture.zoom(0.8),
};
const PAN = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("about").open || event.target.matches('input[type="text"]')) return;
  if (event.target === byId("graph") && event.key in PAN) { event.preventDefault(); Picture.pan(...PAN[event.key]); return; }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!(key in KEYS)) return;
  event.preventDefault();
  KEYS[key]();
});

const sheet = (button) => {
  const name = button.dataset.sheet;
  const open = document.body.dataset.sheet === name ? "" : name;
  document.body.dataset.sheet = open;
  for (const other of document.querySelectorAll("#sheets button")) other.setAttribute("aria-expanded", String(other.dataset.sheet === open));
};

const icon = (d) => Dom.svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "glyph" }, Dom.svg("path", { d }));
const tool = (label, d, run) => Dom.button(icon(d), run, { "aria-label": label, title: label });
byId("tools").append(
  tool("Zoom in", "M12 5v14M5 12h14", () => Picture.zoom(1.25)), tool("Zoom out", "M5 12h14", () => Picture.zoom(0.8)),
  tool("Fit", "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5", () => Picture.fit()),
  tool("Undo", "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 10h-2", State.undo), tool("Redo", "M15 7l5 5-5 5M20 12H10a5 5 0 0 0 0 10h2", State.redo));
byId("theme").append(icon("M12 3a9 9 0 1 0 9 9A7 7 0 0 1 12 3Z"));
byId("help").append(icon("M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5"));
byId("theme").addEventListener("click", Theme.toggle);
byId("help").addEventListener("click", help);
for (const view of State.VIEWS) byId(`as-${view}`).addEventListener("click", () => State.change({ view }));
byId("skip").addEventListener("click", () => { State.change({ view: "table" }); byId("table").focus(); });
byId("counts").textContent = `${Dom.plural(Data.nodeCount, "entity", "entities")} · ${Dom.plural(Data.edgeCount, "relation")} · ${Dom.plural(Data.documents.length, "document")}`;
for (const button of document.querySelectorAll("#sheets button")) button.addEventListener("click", () => sheet(button));

Exports.menu();
Picture.start({
  onSelect: (selected) => {
    State.change({ selected });
    if (selected) document.body.dataset.sheet = "panel";
  },
  onOpen: (leader) => State.change({ open: [...State.get().open, leader], selected: null }),
  onReshape: () => {
    const [state, shown] = [State.get(), Filters.current()];
    Picture.render(state, shown);
    status(state, shown);
  },
  onFocus: (node) => State.change({ focus: node, hops: 1, path: null, selected: { node } }),
});
State.listen(redraw);
redraw(State.get());
document.documentElement.dataset.ready = "true";
