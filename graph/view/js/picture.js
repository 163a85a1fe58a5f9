// The picture: vis-network draws nodes and edges where Places puts them; names are set on top by Labels.
const Picture = (() => {
  const host = Dom.byId("graph");
  const nodeSet = new vis.DataSet();
  const edgeSet = new vis.DataSet();
  const FEW = 150;
  let network = null;
  let shown = null;
  let places = new Map();
  let placesKey = "";
  let hover = { node: null, edge: null };
  let near = null;
  let overview = null;
  // True while nodes and lines are exchanged: a frame drawn then would mix two pictures.
  let busy = false;
  // Lines and shapes grow as much as the whole shrinks when it is fitted into a small canvas.
  let relief = 1;

  const few = () => shown.nodes.length <= FEW;
  // In a large graph nodes keep a least size on the screen, however far away it is seen from.
  const radius = (n) => overview ? (6 + 15 * overview.look.get(n).share) / network.getScale() : plainRadius(n);
  const plainRadius = (n) => few() ? (10 + 9 * Data.nodes.rank[n]) * Math.min(relief, 1.5) : Math.max(6 + 12 * Data.nodes.rank[n], (2.2 + 4 * Data.nodes.rank[n]) / network.getScale());
  const selected = () => State.get().selected;

  // What belongs to the selection; null where nothing is selected and all is equally bright.
  const neighbourhood = () => {
    const chosen = selected();
    if (!chosen || overview || State.get().path || (chosen.node !== undefined && chosen.node === State.get().focus)) return null;
    const edges = chosen.edge !== undefined ? [chosen.edge] : Data.edgesOf[chosen.node].filter((e) => shown.edgeSet.has(e));
    const nodes = new Set(edges.flatMap((e) => [Data.edges.subject[e], Data.edges.object[e]]));
    if (chosen.node !== undefined) nodes.add(chosen.node);
    return { nodes, edges: new Set(edges) };
  };
  const isFaint = (kind, item) => near !== null && !near[kind].has(item);

  const drawNode = ({ ctx, id, x, y }) => {
    const r = radius(id);
    const draw = () => {
      const chosen = selected()?.node === id;
      if (chosen || hover.node === id) {
        ctx.beginPath();
        ctx.arc(x, y, r * 1.25 + 5, 0, 2 * Math.PI);
        ctx.fillStyle = Theme.token("accent");
        ctx.globalAlpha = chosen ? 0.28 : 0.14;
        ctx.fill();
        ctx.globalAlpha = 1;
      }
      const kind = Data.kinds[Data.nodes.kind[id]];
      const ground = Theme.token("ground");
      const outline = few() && !overview ? 1.4 * relief : 1 / network.getScale();
      if (few() || near) Shapes.onCanvas(ctx, kind.shape === "ring" ? "circle" : kind.shape, x, y, r, { fill: ground, stroke: ground, width: 3 * outline });
      ctx.globalAlpha = isFaint("nodes", id) ? 0.22 : 1;
      Shapes.onCanvas(ctx, kind.shape, x, y, r, { fill: Theme.colour(kind), stroke: Theme.token("outline"), width: outline });
      ctx.globalAlpha = 1;
    };
    return { drawNode: draw, nodeDimensions: { width: 2 * r, height: 2 * r } };
  };

  const lineWidth = (e) => (few() ? 1.5 : 1) + Math.min(3.5, 1.3 * Math.log2(Data.sourcesOf[e].length));

  const edgeLook = (e) => {
    const relation = Data.relationOf(e);
    const fact = Data.stances[Data.edges.stance[e]].id === "fact";
    const strong = near !== null && near.edges.has(e);
    const family = Data.families[Data.familyOf(e)];
    return {
      id: e,
      width: (lineWidth(e) + (strong ? 0.8 : 0)) * relief,
      color: { color: Theme.colour(family), opacity: isFaint("edges", e) ? 0.1 : strong ? 1 : few() ? (fact ? 0.85 : 0.7) : 0.4 },
      dashes: fact ? (family.dash.length ? [...family.dash] : false) : [2, 5],
      arrows: { to: { enabled: !relation.symmetric && (few() || strong), scaleFactor: few() ? 0.55 : 0.4, type: fact ? "arrow" : "vee" } },
    };
  };

  // Parallel edges fan out; a single one is straight.
  const bends = (edges) => {
    const groups = new Map();
    for (const e of edges) {
      const key = [Data.edges.subject[e], Data.edges.object[e]].sort((a, b) => a - b).join();
      groups.set(key, [...(groups.get(key) ?? []), e]);
    }
    const smooth = new Map();
    for (const group of groups.values()) {
      group.forEach((e, i) => {
        const offset = (i - (group.length - 1) / 2) * 0.32 * (Data.edges.subject[e] < Data.edges.object[e] ? 1 : -1);
        smooth.set(e, offset === 0 ? false : { enabled: true, type: offset > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(offset) });
      });
    }
    return smooth;
  };

  const ties = () => [...overview.ties].map(([pair, count]) => {
    const [from, to] = pair.split(",").map(Number);
    return { id: `tie ${pair}`, from, to, width: (0.6 + 0.5 * Math.log2(count)) / network.getScale(), color: { color: Theme.token("muted"), opacity: 0.3 }, dashes: false, smooth: false, arrows: { to: { enabled: false } } };
  });

  // Only what changed is handed over: vis-network takes its time with every line it is told of.
  const known = { nodes: new Map(), edges: new Map() };
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

  const edgeItems = () => {
    const smooth = bends(shown.edges);
    return shown.edges.map((e) => ({ from: Data.edges.subject[e], to: Data.edges.object[e], smooth: smooth.get(e), ...edgeLook(e) }));
  };
  const sync = () => {
    const nodes = shown.nodes.map((n) => ({ id: n, ...places.get(n) }));
    const edges = overview ? ties() : edgeItems();
    // Lines leave before their ends do and come after them.
    drop(edgeSet, known.edges, edges);
    drop(nodeSet, known.nodes, nodes);
    put(nodeSet, known.nodes, nodes);
    put(edgeSet, known.edges, edges);
  };

  const dom = (point) => network.canvasToDOM(point);
  const positionOf = (n) => network.body.nodes[n];
  const nodeItem = (n, scale) => {
    const body = positionOf(n);
    const p = dom({ x: body.x, y: body.y });
    const chosen = selected();
    const must = chosen?.node === n || hover.node === n || State.get().focus === n || near?.nodes.has(n) && near.nodes.size < 40;
    return { id: n, x: p.x, y: p.y, radius: radius(n) * scale, text: overview ? `${Data.nodes.label[n]} +${(overview.look.get(n).size - 1).toLocaleString("en")}` : Data.nodes.label[n], must, bold: chosen?.node === n || State.get().focus === n, faint: isFaint("nodes", n) };
  };

  const inView = ({ x, y }) => x > -80 && y > -40 && x < host.clientWidth + 80 && y < host.clientHeight + 40;
  const nameItems = (scale) => {
    const items = shown.nodes.map((n) => nodeItem(n, scale)).filter(inView);
    const weight = (n) => (overview ? overview.look.get(n).share : Data.nodes.rank[n]);
    const importance = (item) => (item.must ? 2 : 0) - (item.faint ? 1 : 0) + weight(item.id);
    items.sort((a, b) => importance(b) - importance(a) || a.id - b.id);
    return items;
  };

  const relationItems = (scale) => {
    const strong = (e) => hover.edge === e || hover.node !== null && Data.edgesOf[hover.node].includes(e) || near?.edges.has(e);
    const many = shown.edges.length > 400;
    const listed = shown.edges.filter((e) => strong(e) || !many).sort((a, b) => Number(Boolean(strong(b))) - Number(Boolean(strong(a))) || a - b);
    return listed.map((e) => relationItem(e, strong(e), scale)).filter(Boolean);
  };
  const relationItem = (e, strong, scale) => {
    const edge = network.body.edges[e];
    if (!edge?.connected) return null;
    const at = (t) => dom(edge.edgeType.getPoint(t));
    const [a, b] = [at(0), at(1)];
    const rim = (radius(Data.edges.subject[e]) + radius(Data.edges.object[e])) * scale;
    const length = Math.hypot(a.x - b.x, a.y - b.y) - rim;
    if (!inView(at(0.5)) || length < 12) return null;
    const must = hover.edge === e || selected()?.edge === e;
    const stance = Data.stances[Data.edges.stance[e]];
    const quiet = isFaint("edges", e);
    return { edge: e, text: quiet ? "" : Data.phrase(e), badge: quiet ? null : stance.badge, colour: Theme.colour(Data.families[Data.familyOf(e)]), at, length, must, strong };
  };

  // Points along the lines, which names keep off where they can.
  const linePoints = () => shown.edges.flatMap((e) => {
    const edge = network.body.edges[e];
    return edge?.connected ? Data.range(1, 16).map((i) => dom(edge.edgeType.getPoint(i / 16))) : [];
  });

  // Names and relation names, in screen pixels; the same composition is drawn and exported.
  const compose = (ctx) => {
    const scale = network.getScale();
    const items = nameItems(scale);
    const limit = few() ? items.length : Math.max(40, Math.round(120 * scale));
    const named = items.slice(0, limit);
    const { placed, taken } = Labels.placeNames(ctx, named, few() ? items : named, few() ? linePoints() : [], { width: host.clientWidth, height: host.clientHeight });
    return { placed, taken, relations: relationItems(scale), scale };
  };

  const drawText = (ctx) => {
    const ratio = ctx.canvas.width / host.clientWidth;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { placed, taken, relations } = compose(ctx);
    Labels.drawRelations(ctx, relations, taken);
    Labels.drawNames(ctx, placed);
    ctx.restore();
  };

  // All of it in view, with room for names; never so near that a small graph looks blown up.
  const frame = () => {
    const points = shown.nodes.map((n) => places.get(n));
    const span = (axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))];
    const [[left, right], [top, bottom]] = [span("x"), span("y")];
    const room = (size, margin) => Math.max(80, size - 2 * margin);
    const scale = Math.min(1.25, room(host.clientWidth, 68) / Math.max(1, right - left), room(host.clientHeight, 64) / Math.max(1, bottom - top));
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false };
  };
  const visible = () => shown?.nodes.length && host.clientWidth;
  const ease = (scale) => Math.min(2.2, Math.max(1, 0.85 / scale));

  const fit = () => {
    if (!visible()) return;
    const view = frame();
    network.moveTo(view);
    if (Math.abs(ease(view.scale) - relief) < 0.25) return;
    relief = ease(view.scale);
    sync();
  };
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: false });
  const pan = (dx, dy) => {
    const { x, y } = network.getViewPosition();
    network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() }, animation: false });
  };
  const centre = (n) => {
    if (shown.nodeSet.has(n)) network.moveTo({ position: { x: positionOf(n).x, y: positionOf(n).y }, scale: Math.max(network.getScale(), 0.9), animation: false });
  };

  const place = (state, result, moved) => {
    if (overview) return overview.places;
    if (moved || state.focus !== null || state.path) return Places.current(state, result);
    // What the reader dragged stays where it is; what a filter brought back goes to its own place.
    const own = Places.current(state, result);
    return new Map(result.nodes.map((n) => [n, places.get(n) ?? own.get(n)]));
  };

  const render = (state, result) => {
    overview = Overview.applies(state, result) ? Overview.current(result) : null;
    shown = overview ? { nodes: overview.nodes, edges: [], nodeSet: new Set(overview.nodes), edgeSet: new Set() } : result;
    near = neighbourhood();
    const key = `${state.focus}/${state.hops}/${state.path}/${state.community}/${Boolean(overview)}`;
    const moved = key !== placesKey;
    places = place(state, result, moved);
    placesKey = key;
    if (moved && visible()) relief = ease(frame().scale);
    busy = true;
    sync();
    busy = false;
    if (moved) fit();
    host.setAttribute("aria-label", `Picture of ${Dom.plural(result.nodes.length, "entity", "entities")} and ${Dom.plural(result.edges.length, "relation")}; the table view holds the same.`);
    network.redraw();
  };

  const resize = () => {
    network.setSize(`${host.clientWidth}px`, `${host.clientHeight}px`);
    fit();
  };

  const listen = ({ onSelect, onFocus, onOpen }) => {
    network.on("click", ({ nodes, edges }) => {
      if (overview) nodes.length && onOpen(Data.nodes.community[nodes[0]]);
      else onSelect(nodes.length ? { node: nodes[0] } : edges.length ? { edge: edges[0] } : null);
    });
    network.on("doubleClick", ({ nodes }) => nodes.length && !overview && onFocus(nodes[0]));
    network.on("dragEnd", ({ nodes }) => nodes.forEach((n) => places.set(n, network.getPosition(n))));
    const hovering = (patch) => { hover = { ...hover, ...patch }; host.classList.toggle("pointing", hover.node !== null || hover.edge !== null); network.redraw(); };
    network.on("hoverNode", ({ node }) => hovering({ node }));
    network.on("blurNode", () => hovering({ node: null }));
    network.on("hoverEdge", ({ edge }) => hovering({ edge }));
    network.on("blurEdge", () => hovering({ edge: null }));
  };

  const start = (handlers) => {
    const options = JSON.parse(Data.drawing.options);
    options.nodes.ctxRenderer = drawNode;
    options.interaction.hideEdgesOnDrag = Data.edgeCount > 1500;
    network = new vis.Network(host, { nodes: nodeSet, edges: edgeSet }, options);
    network.on("afterDrawing", (ctx) => shown && !busy && drawText(ctx));
    listen(handlers);
    new ResizeObserver(resize).observe(host);
    Theme.listen(() => { if (shown) { sync(); network.redraw(); } });
  };

  const canvas = () => host.querySelector("canvas");
  return { start, render, fit, zoom, pan, centre, canvas, host, compose, groups: () => overview, drawing: () => ({ network, shown, radius, edgeLook }) };
})();
