// What the reader has chosen: small, plain, undoable, and written into the address so that a link brings it back.
const State = (() => {
  const FACETS = ["kind", "country", "family", "stance", "document", "novelty"];
  const fresh = () => ({
    off: Object.fromEntries(FACETS.map((facet) => [facet, []])),
    confidence: 0, hidden: [], focus: null, hops: 1, path: null, selected: null, community: null, view: "graph",
  });
  const start = () => ({ ...fresh(), focus: Data.nodeNumber.get(Data.focus) ?? null, hops: Data.hops });
  const listeners = [];
  const history = [];
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
    if (state.community !== null) parts.set("group", state.community);
    if (state.selected?.node !== undefined) parts.set("node", id(state.selected.node));
    if (state.selected?.edge !== undefined) parts.set("edge", Data.edgeKey(state.selected.edge));
    if (state.view !== "graph") parts.set("view", state.view);
    return parts.toString();
  };

  const readSelected = (parts) => {
    if (node(parts.get("node")) !== null) return { node: node(parts.get("node")) };
    const edge = Data.edgeNumber.get(parts.get("edge"));
    return edge === undefined ? null : { edge };
  };

  const read = (text) => {
    const parts = new URLSearchParams(text);
    const state = parts.has("focus") ? fresh() : start();
    for (const facet of FACETS) state.off[facet] = parts.getAll(`no-${facet}`);
    state.confidence = Math.min(1, Math.max(0, Number(parts.get("confidence")) || 0));
    state.hidden = parts.getAll("hide").map(node).filter((n) => n !== null);
    if (parts.has("focus")) state.focus = node(parts.get("focus"));
    if (parts.has("hops")) state.hops = parts.get("hops") === "1" ? 1 : Number(parts.get("hops")) || 1;
    const ends = parts.getAll("path").map(node);
    state.path = ends.length === 2 && !ends.includes(null) ? ends : null;
    state.community = parts.has("group") ? Number(parts.get("group")) || 0 : null;
    state.selected = readSelected(parts);
    state.view = parts.get("view") === "table" ? "table" : "graph";
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

  // What is merely looked at (selection, view) is no step to undo.
  const change = (patch) => {
    if (Object.keys(patch).some((key) => key !== "selected" && key !== "view")) history.push(now);
    now = { ...now, ...patch };
    show();
  };
  const undo = () => {
    if (!history.length) return false;
    now = { ...history.pop(), view: now.view };
    show();
    return true;
  };
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

  return { get: () => now, canUndo: () => history.length > 0, change, undo, reset, toggle, onlyThis, all, listen, open };
})();
