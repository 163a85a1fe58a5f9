// The picture: nodes where Places puts them, lines by Strokes, names on top by Captions. vis-network draws the nodes,
// moves and zooms the whole and finds what is pointed at; the first picture does not wait for it.
const Picture = (() => {
  const { host } = Stage;
  let nodeSet = null;
  let arrangement = "";
  let isDragged = false;
  // With more lines than these they are left out while the picture is dragged.
  const STEADY_UP_TO = 600;
  // True while nodes are exchanged: a frame drawn then would mix two pictures.
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

  // Only what changed is handed over: vis-network takes its time with every node it is told of.
  const known = new Map();
  const sync = () => {
    if (!nodeSet) return;
    busy = true;
    const gone = [...known.keys()].filter((n) => !Stage.drawn.has(n));
    gone.forEach((n) => known.delete(n));
    nodeSet.remove(gone);
    const place = (n) => Stage.places.get(n);
    const changed = Stage.nodes.filter((n) => known.get(n)?.x !== place(n).x || known.get(n)?.y !== place(n).y);
    changed.forEach((n) => known.set(n, place(n)));
    nodeSet.update(changed.map((n) => ({ id: n, ...place(n) })));
    busy = false;
  };

  // All of it in view, or what was opened last.
  const frame = () => {
    const points = (Stage.overview?.latest.length ? Stage.overview.latest : Stage.nodes).map((n) => Stage.places.get(n));
    const scale = Fitting.scale(points);
    return { position: Fitting.centre(points, scale), scale };
  };
  const visible = () => Stage.nodes.length && host.clientWidth;
  const ease = (scale) => Math.min(2.2, Math.max(1, 0.85 / scale));
  const move = (view) => {
    Object.assign(Stage.view, view);
    Stage.network?.moveTo({ ...view, animation: false });
  };

  const fit = () => {
    if (!visible()) return;
    const view = frame();
    move(view);
    const relief = ease(view.scale);
    if (!Stage.overview && Math.abs(relief - Stage.relief) >= 0.25) Stage.relief = relief;
    Strokes.dress();
  };
  const zoom = (factor) => move({ scale: Stage.scale() * factor });
  const pan = (dx, dy) => {
    const { x, y } = Stage.network.getViewPosition();
    move({ position: { x: x + dx / Stage.scale(), y: y + dy / Stage.scale() } });
  };
  const centre = (n) => {
    if (Stage.drawn.has(n)) move({ position: { ...Stage.places.get(n) }, scale: Math.max(Stage.scale(), 0.9) });
  };

  const stretched = ({ x, y }) => ({ x: x * Stage.stretch.x, y: y * Stage.stretch.y });
  const unstretched = ({ x, y }) => ({ x: x / Stage.stretch.x, y: y / Stage.stretch.y });
  const stretchOf = (laid, overview) => Fitting.stretch(overview?.middles ?? [...laid.values()]);
  // Where everything stands: what was laid out, stretched, the discs of an overview apart; what the reader moved, there.
  const placed = (laid, overview, moved) => {
    const middles = overview?.middles ?? [];
    const shifts = Fitting.apart(middles.map((each) => ({ ...stretched(each), radius: Fitting.disc(each.share) })));
    const shift = new Map(middles.map(({ community }, i) => [community, shifts[i]]));
    // vis-network cuts fractions off.
    const whole = ({ x, y }, by = { x: 0, y: 0 }) => ({ x: Math.round(x + by.x), y: Math.round(y + by.y) });
    const places = new Map([...laid].map(([n, at]) => [n, whole(stretched(at), shift.get(Data.nodes.community[n]))]));
    for (const [n, at] of Object.entries(moved)) if (places.has(Number(n))) places.set(Number(n), whole(stretched(at)));
    return places;
  };

  const render = (state, shown) => {
    const overview = Overview.applies(state, shown) ? Overview.current(shown, state.open) : null;
    const source = overview ?? shown;
    Object.assign(Stage, { overview, nodes: source.nodes, drawn: new Set(source.nodes), lines: Lines.of(source, overview) });
    Stage.near = neighbourhood(state, shown);
    const key = `${state.focus}/${state.hops}/${state.path}/${state.detour}/${state.open}/${Boolean(overview)}`;
    const moved = key !== arrangement;
    arrangement = key;
    const laid = overview?.places ?? Places.current(state, shown);
    if (moved) Stage.stretch = stretchOf(laid, overview);
    Stage.places = placed(laid, overview, state.moved);
    if (moved && visible()) Stage.relief = ease(frame().scale);
    sync();
    if (moved && visible()) fit();
    else Strokes.dress();
    host.setAttribute("aria-label", `Picture of ${Dom.plural(shown.nodes.length, "entity", "entities")} and ${Dom.plural(shown.edges.length, "relation")}; the table view holds the same.`);
    soon();
  };

  // The whole picture without vis-network, on a canvas that its own replaces.
  const sketch = () => {
    if (!visible()) return;
    const ratio = window.devicePixelRatio || 1;
    const canvas = Dom.el("canvas", { width: Math.round(host.clientWidth * ratio), height: Math.round(host.clientHeight * ratio) });
    const ctx = canvas.getContext("2d");
    const { x, y } = Stage.onScreen({ x: 0, y: 0 });
    ctx.setTransform(ratio * Stage.scale(), 0, 0, ratio * Stage.scale(), ratio * x, ratio * y);
    Strokes.draw(ctx);
    Stage.nodes.forEach((n) => Looks.drawNode({ ctx, id: n, ...Stage.places.get(n) }).drawNode());
    Captions.draw(ctx);
    host.append(canvas);
  };

  let size = "";
  // Whether the canvas is of another size than before.
  const resize = () => {
    const now = `${host.clientWidth}x${host.clientHeight}`;
    if (now === size || !host.clientWidth) return false;
    size = now;
    Stage.network.setSize(`${host.clientWidth}px`, `${host.clientHeight}px`);
    return true;
  };
  const resized = (onReshape) => {
    if (!resize()) return;
    arrangement = "";
    onReshape();
  };
  // With the next frame, once for all that changed until then.
  const soon = () => Stage.network?.body.emitter.emit("_requestRedraw");

  const lineSelection = (line) => (line.edges.length === 1 ? { edge: line.edges[0] } : { pair: [line.from, line.to] });
  const chosen = ({ nodes, pointer }) => {
    if (nodes.length) return { node: nodes[0] };
    const line = Strokes.nearest(pointer.canvas);
    return line && lineSelection(line);
  };
  const hovering = (patch) => {
    if (Object.entries(patch).every(([key, value]) => Stage.hover[key] === value)) return;
    Object.assign(Stage.hover, patch);
    host.classList.toggle("pointing", Stage.hover.node !== null || Stage.hover.line !== null);
    soon();
  };
  const pointed = ({ clientX, clientY, buttons }) => {
    if (buttons || Stage.hover.node !== null) return;
    const { left, top } = host.getBoundingClientRect();
    hovering({ line: Strokes.nearest(Stage.network.DOMtoCanvas({ x: clientX - left, y: clientY - top }))?.id ?? null });
  };
  const dropped = (nodes) => {
    const moved = Object.fromEntries(nodes.map((n) => [n, unstretched(Stage.network.getPosition(n))]));
    if (nodes.length) State.change({ moved: { ...State.get().moved, ...moved } });
  };
  const listen = ({ onSelect, onFocus, onOpen }) => {
    const { network } = Stage;
    network.on("click", (event) => {
      if (Stage.overview?.discs.has(event.nodes[0])) onOpen(event.nodes[0]);
      else onSelect(chosen(event));
    });
    network.on("doubleClick", ({ nodes }) => nodes.length && !Stage.overview && onFocus(nodes[0]));
    network.on("dragStart", () => { isDragged = true; });
    network.on("dragEnd", ({ nodes }) => { isDragged = false; dropped(nodes); });
    network.on("hoverNode", ({ node }) => hovering({ node, line: null }));
    network.on("blurNode", () => hovering({ node: null }));
    host.addEventListener("mousemove", pointed);
    host.addEventListener("mouseleave", () => hovering({ line: null }));
  };

  // vis-network takes over.
  const start = (handlers) => {
    const options = JSON.parse(Data.drawing.options);
    options.nodes.ctxRenderer = Looks.drawNode;
    nodeSet = new vis.DataSet();
    Stage.network = new vis.Network(host, { nodes: nodeSet, edges: [] }, options);
    Stage.network.on("beforeDrawing", (ctx) => (!isDragged || Stage.lines.length <= STEADY_UP_TO) && !busy && Strokes.draw(ctx));
    Stage.network.on("afterDrawing", (ctx) => Stage.nodes.length && !busy && Captions.draw(ctx));
    listen(handlers);
    sync();
    if (resize()) fit();
    new ResizeObserver(() => resized(handlers.onReshape)).observe(host);
    Theme.listen(() => { Strokes.dress(); soon(); });
  };

  return { start, render, sketch, fit, zoom, pan, centre, canvas: () => host.querySelector("canvas") };
})();
