// How nodes and lines look: shape, colour, dash, width; what is chosen, new or pinned.
const Looks = (() => {
  const rank = (n) => Data.nodes.rank[n];
  const { scale } = Stage;
  const disc = (n) => Stage.overview?.discs.get(n);

  // In a large graph nodes keep a least size on the screen, however far away it is seen from.
  const radius = (n) => {
    if (disc(n)) return Fitting.disc(disc(n).share) / scale();
    if (Stage.few()) return (10 + 9 * rank(n)) * Math.min(Stage.relief, 1.5);
    return Math.max(6 + 12 * rank(n), (2.2 + 4 * rank(n)) / scale());
  };

  const halo = (ctx, x, y, r, strong) => {
    ctx.beginPath();
    ctx.arc(x, y, r * 1.25 + 5, 0, 2 * Math.PI);
    ctx.fillStyle = Theme.token("accent");
    ctx.globalAlpha = strong ? 0.28 : 0.14;
    ctx.fill();
    ctx.globalAlpha = 1;
  };
  const spot = (ctx, x, y, r, colour) => {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.lineWidth = r * 0.45;
    ctx.strokeStyle = Theme.token("ground");
    ctx.stroke();
  };
  // New: a dot at the upper right. Pinned: a pin at the upper left.
  const marks = (ctx, id, x, y, r) => {
    const size = Math.max(r * 0.34, 2.6 / scale());
    if (Data.nodes.new[id]) spot(ctx, x + r * 0.85, y - r * 0.85, size, Theme.token("fresh"));
    if (!State.get().pinned.includes(id)) return;
    ctx.beginPath();
    ctx.moveTo(x - r * 0.85, y - r * 0.85);
    ctx.lineTo(x - r * 0.35, y - r * 0.2);
    ctx.lineWidth = size * 0.5;
    ctx.strokeStyle = Theme.token("ink");
    ctx.stroke();
    spot(ctx, x - r * 0.85, y - r * 0.85, size, Theme.token("ink"));
  };

  // The part of a disc that the shape in it takes.
  const INSIDE = 0.42;
  const drawDisc = (ctx, id, x, y, r) => {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = Theme.token("disc");
    ctx.fill();
    ctx.lineWidth = 1.2 / scale();
    ctx.strokeStyle = Theme.token("muted");
    ctx.stroke();
    const kind = Data.kinds[Data.nodes.kind[id]];
    Shapes.onCanvas(ctx, kind.shape, x, y, r * INSIDE, { fill: Theme.colour(kind), stroke: Theme.token("outline"), width: 1 / scale() });
  };
  // In a crowd shapes are stamped: thousands of small paths a frame would be slow to trace.
  const stamps = new Map();
  const stamp = (kind, pixels) => {
    const key = `${kind.id}/${pixels}/${Theme.dark()}`;
    if (!stamps.has(key)) {
      const half = Math.ceil(pixels * 1.2 + 2);
      const canvas = Dom.el("canvas", { width: 4 * half, height: 4 * half });
      const ctx = canvas.getContext("2d");
      ctx.scale(2, 2);
      // On a dark ground all fills stand out by themselves, and light outlines would run into each other.
      Shapes.onCanvas(ctx, kind.shape, half, half, pixels, { fill: Theme.colour(kind), stroke: Theme.token(Theme.dark() ? "ground" : "outline"), width: 1 });
      if (stamps.size > 500) stamps.clear();
      stamps.set(key, { canvas, half });
    }
    return stamps.get(key);
  };
  const drawStamp = (ctx, id, x, y, r) => {
    const { canvas, half } = stamp(Data.kinds[Data.nodes.kind[id]], Math.round(r * scale() * 2) / 2);
    const reach = half / scale();
    ctx.globalAlpha = Stage.isFaint("nodes", id) ? 0.22 : 1;
    ctx.drawImage(canvas, x - reach, y - reach, 2 * reach, 2 * reach);
    ctx.globalAlpha = 1;
  };
  const drawShape = (ctx, id, x, y, r) => {
    if (!Stage.few() && r * scale() < 24) { drawStamp(ctx, id, x, y, r); return; }
    const kind = Data.kinds[Data.nodes.kind[id]];
    const ground = Theme.token("ground");
    const outline = Stage.few() ? 1.4 * Stage.relief : 1 / scale();
    if (Stage.few() || Stage.near) Shapes.onCanvas(ctx, kind.shape === "ring" ? "circle" : kind.shape, x, y, r, { fill: ground, stroke: ground, width: 3 * outline });
    ctx.globalAlpha = Stage.isFaint("nodes", id) ? 0.4 : 1;
    Shapes.onCanvas(ctx, kind.shape, x, y, r, { fill: Theme.colour(kind), stroke: Theme.token("outline"), width: outline });
    ctx.globalAlpha = 1;
  };
  const drawNode = ({ ctx, id, x, y }) => {
    const r = radius(id);
    const draw = () => {
      const chosen = State.get().selected?.node === id;
      if (chosen || Stage.hover.node === id) halo(ctx, x, y, r, chosen);
      if (disc(id)) { drawDisc(ctx, id, x, y, r); return; }
      drawShape(ctx, id, x, y, r);
      marks(ctx, id, x, y, r);
    };
    return { drawNode: draw, nodeDimensions: { width: 2 * r, height: 2 * r } };
  };

  // Ties keep their width on the screen, on a scale of few steps.
  const tie = (line) => ({
    width: 0.8 + 0.25 * Math.round(2 * Math.log2(line.count)), steady: true, colour: Theme.token("muted"), dash: [], arrow: 0, fresh: 0, fact: true,
    opacity: Stage.near ? 0.06 : disc(line.from) && disc(line.to) ? 0.35 : 0.14,
  });
  const opacity = (line, strong, fact) => {
    if (line.edges.every((e) => Stage.isFaint("edges", e))) return Stage.few() ? 0.24 : 0.1;
    if (strong) return 1;
    if (Stage.few()) return fact ? 0.85 : 0.7;
    // In a crowd what leads from one community to another steps back.
    const across = Data.nodes.community[line.from] !== Data.nodes.community[line.to];
    return across ? Math.max(0.12, 0.36 - Stage.lines.length / 30_000) : 0.6;
  };
  // Width is the number of sources; what is no fact is dotted; what is new stands on a light band. `arrow` is the length of
  // the arrowhead, `fresh` how much wider the band is.
  const lineLook = (line) => {
    if (!line.edges.length) return tie(line);
    const e = Lines.chief(line);
    const strong = Stage.near !== null && line.edges.some((own) => Stage.near.edges.has(own));
    const fact = line.edges.some(Data.isFact);
    const family = Data.families[Data.familyOf(e)];
    const width = ((Stage.few() ? 1.5 : 1) + Math.min(3.5, 1.3 * Math.log2(Lines.sources(line))) + (strong ? 0.8 : 0)) * Stage.relief;
    const directed = line.edges.length === 1 && !Data.relationOf(e).symmetric;
    return {
      width, steady: false, colour: Theme.colour(family), opacity: opacity(line, strong, fact), dash: fact ? family.dash : [2, 5], fact,
      arrow: directed && (Stage.few() || strong) ? (Stage.few() ? 8.5 : 6) * Stage.relief + 1.8 * width : 0,
      fresh: line.edges.some((own) => Data.edges.new[own]) ? 6 * Stage.relief : 0,
    };
  };

  return { radius, drawNode, lineLook, INSIDE };
})();
