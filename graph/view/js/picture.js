// The picture: vis-network draws nodes and lines where Places puts them; names are set on top by Captions.
const Picture = (() => {
  const { host } = Stage;
  const nodeSet = new vis.DataSet();
  const lineSet = new vis.DataSet();
  let places = new Map();
  let arrangement = "";
  // True while nodes and lines are exchanged: a frame drawn then would mix two pictures.
  let busy = false;

  // What belongs to the selection; null where nothing is selected and all is equally bright.
  const neighbourhood = (state, shown) => {
    const chosen = state.selected;
    if (!chosen || state.path || (chosen.node !== undefined && (chosen.node === state.focus || !Stage.drawn.has(chosen.node)))) return null;
    const own = chosen.edge !== undefined ? [chosen.edge] : chosen.pair ? Data.between(...chosen.pair) : Data.edgesOf[chosen.node];
    const edges = own.filter((e) => shown.edgeSet.has(e));
    const nodes = new Set(edges.flatMap((e) => [Data.edges.subject[e], Data.edges.object[e]]));
    if (chosen.node !== undefined) nodes.add(chosen.node);
    return Stage.overview && !edges.length ? null : { nodes, edges: new Set(edges) };
  };

  // Only what changed is handed over: vis-network takes its time with every line it is told of.
  const known = { nodes: new Map(), lines: new Map() };
  const drop = (set, looks, items) => {
    const keep = new Set(items.map((item) => item.id));
    const gone = set.getIds().filter((id) => !keep.has(id));
    gone.forEach((id) => looks.delete(id));
    set.remove(gone);
  };
  const put = (set, looks, items) => {
    const changed = items.map((item) => [item, JSON.stringify(item)]).filter(([item, look]) => looks.get(item.id) !== look);
    changed.forEach(([item, look]) => looks.set(item.id, look));
    set.update(changed.map(([item]) => item));
  };
  const sync = () => {
    busy = true;
    const nodes = Stage.nodes.map((n) => ({ id: n, ...places.get(n) }));
    const lines = Stage.lines.map((line) => ({ id: line.id, from: line.from, to: line.to, smooth: line.smooth, ...Looks.lineLook(line) }));
    // Lines leave before their ends do and come after them.
    drop(lineSet, known.lines, lines);
    drop(nodeSet, known.nodes, nodes);
    put(nodeSet, known.nodes, nodes);
    put(lineSet, known.lines, lines);
    busy = false;
  };

  // All of it in view, or what was opened last, with room for names; a small graph is never blown up.
  const frame = () => {
    const points = (Stage.overview?.latest.length ? Stage.overview.latest : Stage.nodes).map((n) => places.get(n));
    const span = (axis) => points.reduce(([low, high], p) => [Math.min(low, p[axis]), Math.max(high, p[axis])], [Infinity, -Infinity]);
    const [[left, right], [top, bottom]] = [span("x"), span("y")];
    const room = (size, margin) => Math.max(80, size - 2 * margin);
    const scale = Math.min(1.25, room(host.clientWidth, 68) / Math.max(1, right - left), room(host.clientHeight, 82) / Math.max(1, bottom - top));
    // A little above the middle: the line that counts what is shown needs room below.
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + 16 / scale }, scale, animation: false };
  };
  const visible = () => Stage.nodes.length && host.clientWidth;
  const ease = (scale) => Math.min(2.2, Math.max(1, 0.85 / scale));

  const fit = () => {
    if (!visible()) return;
    const view = frame();
    Stage.network.moveTo(view);
    const relief = ease(view.scale);
    if (!Stage.overview && Math.abs(relief - Stage.relief) < 0.25) return;
    Stage.relief = relief;
    sync();
  };
  const zoom = (factor) => Stage.network.moveTo({ scale: Stage.network.getScale() * factor, animation: false });
  const pan = (dx, dy) => {
    const { x, y } = Stage.network.getViewPosition();
    Stage.network.moveTo({ position: { x: x + dx / Stage.network.getScale(), y: y + dy / Stage.network.getScale() }, animation: false });
  };
  const centre = (n) => {
    if (Stage.drawn.has(n)) Stage.network.moveTo({ position: { ...places.get(n) }, scale: Math.max(Stage.network.getScale(), 0.9), animation: false });
  };

  const render = (state, shown) => {
    const overview = Overview.applies(state, shown) ? Overview.current(shown, state.open) : null;
    const source = overview ?? shown;
    Object.assign(Stage, { overview, nodes: source.nodes, drawn: new Set(source.nodes), lines: Lines.of(source, overview) });
    Stage.line = new Map(Stage.lines.map((line) => [line.id, line]));
    Stage.near = neighbourhood(state, shown);
    places = new Map(overview?.places ?? Places.current(state, shown));
    for (const [n, at] of Object.entries(state.moved)) if (places.has(Number(n))) places.set(Number(n), at);
    const key = `${state.focus}/${state.hops}/${state.path}/${state.detour}/${state.open}/${Boolean(overview)}`;
    const moved = key !== arrangement;
    arrangement = key;
    if (moved && visible()) Stage.relief = ease(frame().scale);
    sync();
    if (moved) fit();
    host.setAttribute("aria-label", `Picture of ${Dom.plural(shown.nodes.length, "entity", "entities")} and ${Dom.plural(shown.edges.length, "relation")}; the table view holds the same.`);
    soon();
  };

  let size = "";
  const resize = () => {
    const now = `${host.clientWidth}x${host.clientHeight}`;
    if (now === size || !host.clientWidth) return;
    size = now;
    Stage.network.setSize(`${host.clientWidth}px`, `${host.clientHeight}px`);
    fit();
  };
  // With the next frame, once for all that changed until then.
  const soon = () => Stage.network.body.emitter.emit("_requestRedraw");

  const lineSelection = (id) => {
    const line = Stage.line.get(id);
    if (!line?.edges.length) return null;
    return line.edges.length === 1 ? { edge: line.edges[0] } : { pair: [line.from, line.to] };
  };
  const chosen = ({ nodes, edges }) => (nodes.length ? { node: nodes[0] } : edges.length ? lineSelection(edges[0]) : null);
  const hovering = (patch) => {
    Object.assign(Stage.hover, patch);
    host.classList.toggle("pointing", Stage.hover.node !== null || Stage.hover.line !== null);
    soon();
  };
  const dropped = (nodes) => {
    const moved = Object.fromEntries(nodes.map((n) => [n, Stage.network.getPosition(n)]));
    if (nodes.length) State.change({ moved: { ...State.get().moved, ...moved } });
  };
  const listen = ({ onSelect, onFocus, onOpen }) => {
    const { network } = Stage;
    network.on("click", (event) => {
      if (Stage.overview?.discs.has(event.nodes[0])) onOpen(event.nodes[0]);
      else onSelect(chosen(event));
    });
    network.on("doubleClick", ({ nodes }) => nodes.length && !Stage.overview && onFocus(nodes[0]));
    network.on("dragEnd", ({ nodes }) => dropped(nodes));
    network.on("hoverNode", ({ node }) => hovering({ node }));
    network.on("blurNode", () => hovering({ node: null }));
    network.on("hoverEdge", ({ edge }) => hovering({ line: edge }));
    network.on("blurEdge", () => hovering({ line: null }));
  };

  const start = (handlers) => {
    const options = JSON.parse(Data.drawing.options);
    options.nodes.ctxRenderer = Looks.drawNode;
    options.interaction.hideEdgesOnDrag = Data.edgeCount > 600;
    Stage.network = new vis.Network(host, { nodes: nodeSet, edges: lineSet }, options);
    Stage.network.on("afterDrawing", (ctx) => Stage.nodes.length && !busy && Captions.draw(ctx));
    listen(handlers);
    new ResizeObserver(resize).observe(host);
    Theme.listen(() => { if (Stage.nodes.length) { sync(); soon(); } });
    resize();
  };

  return { start, render, fit, zoom, pan, centre, canvas: () => host.querySelector("canvas") };
})();
