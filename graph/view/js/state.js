// What the reader has chosen: small, plain, undoable, and written into the address so that a link brings it back.
const State = (() => {
  const FACETS = ["kind", "country", "business", "family", "stance", "year", "publisher", "document", "novelty"];
  const VIEWS = ["graph", "table", "timeline", "matrix"];
  // What is merely looked at is no step to undo.
  const LOOKING = new Set(["selected", "view"]);
  // A new arrangement forgets where the reader had put things in the old one.
  const ARRANGING = ["focus", "hops", "path", "open"];
  const fresh = () => ({
    off: Object.fromEntries(FACETS.map((facet) => [facet, []])),
    confidence: 0, hidden: [], pinned: [], moved: {}, focus: null, hops: 1, path: null, detour: 0, open: [], selected: null, view: "graph",
  });
  const start = () => ({ ...fresh(), focus: Data.nodeNumber.get(Data.focus) ?? null, hops: Data.hops });
  const listeners = [];
  const history = [];
  const future = [];
  let now = start();

  const node = (id) => Data.nodeNumber.get(id) ?? null;
  const id = (number) => Data.nodes.id[number];

  const write = (state) => {
    const parts = new URLSearchParams();
    for (const facet of FACETS) for (const value of state.off[facet]) parts.append(`no-${facet}`, value);
    if (state.confidence) parts.set("confidence", state.confidence);
    for (const hidden of state.hidden) parts.append("hide", id(hidden));
    if (state.focus !== null) { parts.set("focus", id(state.focus)); parts.set("hops", state.hops); }
    if (state.focus === null && Data.focus) parts.set("focus", "");
    if (state.path) state.path.forEach((end) => parts.append("path", id(end)));
    if (state.path && state.detour) parts.set("detour", state.detour);
    for (const pinned of state.pinned) parts.append("pin", id(pinned));
    for (const [n, { x, y }] of Object.entries(state.moved)) parts.append("at", `${Math.round(x)},${Math.round(y)},${id(n)}`);
    for (const member of state.open) parts.append("open", id(member));
    if (state.selected?.node !== undefined) parts.set("node", id(state.selected.node));
    if (state.selected?.edge !== undefined) parts.set("edge", Data.edgeKey(state.selected.edge));
    if (state.selected?.pair) state.selected.pair.forEach((end) => parts.append("pair", id(end)));
    if (state.view !== "graph") parts.set("view", state.view);
    return parts.toString();
  };

  const nodesIn = (parts, name) => parts.getAll(name).map(node).filter((n) => n !== null);
  const two = (parts, name) => (nodesIn(parts, name).length === 2 ? nodesIn(parts, name) : null);
  const moves = (parts) => Object.fromEntries(parts.getAll("at").map((text) => text.match(/^(-?\d+),(-?\d+),(.*)$/s))
    .filter((found) => found && node(found[3]) !== null).map(([, x, y, key]) => [node(key), { x: Number(x), y: Number(y) }]));
  const readSelected = (parts) => {
    const pair = two(parts, "pair");
    if (pair) return { pair };
    if (node(parts.get("node")) !== null) return { node: node(parts.get("node")) };
    const edge = parts.has("edge") ? Data.edgeOf(parts.get("edge")) : undefined;
    return edge === undefined ? null : { edge };
  };

  const read = (text) => {
    const parts = new URLSearchParams(text);
    const state = parts.has("focus") ? fresh() : start();
    for (const facet of FACETS) state.off[facet] = parts.getAll(`no-${facet}`);
    state.confidence = Math.min(1, Math.max(0, Number(parts.get("confidence")) || 0));
    state.hidden = nodesIn(parts, "hide");
    state.pinned = nodesIn(parts, "pin");
    state.moved = moves(parts);
    state.open = nodesIn(parts, "open");
    if (parts.has("focus")) state.focus = node(parts.get("focus"));
    if (parts.has("hops")) state.hops = Math.min(5, Math.max(1, Number(parts.get("hops")) || 1));
    state.path = two(parts, "path");
    state.detour = parts.get("detour") === "1" ? 1 : 0;
    state.selected = readSelected(parts);
    state.view = VIEWS.includes(parts.get("view")) ? parts.get("view") : "graph";
    return state;
  };

  const show = () => {
    const hash = write(now);
    try {
      window.history.replaceState(null, "", hash ? `#${hash}` : window.location.pathname + window.location.search);
    } catch {
      // Some frames forbid it; the page works, only its address stays as it was.
    }
    listeners.forEach((listener) => listener(now));
  };

  const change = (patch) => {
    const keys = Object.keys(patch);
    if (keys.some((key) => !LOOKING.has(key))) { history.push(now); future.length = 0; }
    const moved = keys.some((key) => ARRANGING.includes(key)) ? { moved: {} } : {};
    now = { ...now, ...moved, ...patch };
    show();
  };
  const step = (from, to) => {
    if (!from.length) return false;
    to.push(now);
    now = { ...from.pop(), view: now.view };
    show();
    return true;
  };
  const undo = () => step(history, future);
  const redo = () => step(future, history);
  const reset = () => change({ ...fresh(), view: now.view });
  const toggle = (facet, value) => {
    const off = now.off[facet].includes(value) ? now.off[facet].filter((v) => v !== value) : [...now.off[facet], value].sort();
    change({ off: { ...now.off, [facet]: off } });
  };
  const onlyThis = (facet, value, all) => change({ off: { ...now.off, [facet]: all.filter((v) => v !== value).sort() } });
  const all = (facet) => change({ off: { ...now.off, [facet]: [] } });
  const listen = (listener) => listeners.push(listener);
  const open = () => { now = read(window.location.hash.slice(1)); show(); };
  window.addEventListener("hashchange", open);

  return { get: () => now, VIEWS, change, undo, redo, reset, toggle, onlyThis, all, listen, open };
})();
