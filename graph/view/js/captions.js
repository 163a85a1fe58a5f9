// Which names and relation names the picture wants to set, the most important first; Labels finds room for them.
const Captions = (() => {
  const foot = () => (Stage.narrow() ? 104 : 52);
  const inView = ({ x, y }) => x > -80 && y > -40 && x < Stage.host.clientWidth + 80 && y < Stage.host.clientHeight + 40;
  // A disc is named by two of its members where there is room, else by one.
  const texts = (n) => {
    const disc = Stage.overview?.discs.get(n);
    if (!disc) return [Data.nodes.label[n]];
    return [2, 1].map((count) => `${Overview.title(disc.community, count)} +${Math.max(0, disc.size - count).toLocaleString("en")}`);
  };

  const nodeItem = (n, scale) => {
    const { selected, focus, pinned } = State.get();
    const lit = Stage.near?.nodes.has(n) && Stage.near.nodes.size < 40;
    const must = selected?.node === n || Stage.hover.node === n || focus === n || pinned.includes(n) || lit;
    return { id: n, ...Stage.onScreen(Stage.place(n)), radius: Looks.radius(n) * scale, texts: texts(n), must, bold: selected?.node === n || focus === n, faint: Stage.isFaint("nodes", n) };
  };
  const names = (scale) => {
    const weight = (n) => Stage.overview?.discs.get(n)?.share ?? Data.nodes.rank[n];
    const importance = (item) => (item.must ? 2 : 0) - (item.faint ? 1 : 0) + weight(item.id);
    return Stage.nodes.map((n) => nodeItem(n, scale)).filter(inView).sort((a, b) => importance(b) - importance(a) || a.id - b.id);
  };

  const MANY = 400;
  const strong = (line) => Stage.hover.line === line.id || (Stage.hover.node !== null && (line.from === Stage.hover.node || line.to === Stage.hover.node)) ||
    (Stage.near !== null && line.edges.some((e) => Stage.near.edges.has(e)));
  const chosen = ({ edges }) => {
    const { selected } = State.get();
    return selected?.edge !== undefined && edges.includes(selected.edge);
  };
  const verb = (line, scale) => {
    const at = (t) => Stage.onScreen(Strokes.point(line, t));
    const [a, b] = [at(0), at(1)];
    const rim = (Looks.radius(line.from) + Looks.radius(line.to)) * scale;
    const length = Math.hypot(a.x - b.x, a.y - b.y) - rim;
    if (!inView(at(0.5)) || length < 12) return null;
    const quiet = line.edges.every((e) => Stage.isFaint("edges", e));
    const chief = Lines.chief(line);
    const badge = line.edges.some(Data.isFact) ? null : Data.stances[Data.edges.stance[chief]].badge;
    return { text: quiet ? "" : Lines.text(line), badge: quiet ? null : badge, colour: Theme.colour(Data.families[Data.familyOf(chief)]), at, length, must: Stage.hover.line === line.id || chosen(line) };
  };
  const verbs = (scale) => {
    const many = Stage.lines.length > MANY;
    const listed = Stage.lines.filter((line) => line.edges.length && (!many || strong(line)));
    return listed.map((line, i) => [strong(line) ? 0 : 1, i, line]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , line]) => verb(line, scale)).filter(Boolean);
  };

  // Points along the lines, which names keep off where they can.
  const linePoints = () => Stage.lines.flatMap((line) => Data.range(1, 16).map((i) => Stage.onScreen(Strokes.point(line, i / 16))));

  // In screen pixels; the same composition is drawn and exported.
  const compose = (ctx) => {
    const scale = Stage.scale();
    const items = names(scale);
    const limit = Stage.few() ? items.length : Math.max(Stage.overview ? 80 : 40, Math.round(120 * scale));
    const named = items.slice(0, limit);
    const obstacles = Stage.few() || Stage.overview ? items : named;
    // No name goes under the line at the bottom.
    const size = { width: Stage.host.clientWidth, height: Stage.host.clientHeight - foot() };
    const { placed, taken } = Labels.placeNames(ctx, named, obstacles, Stage.few() ? linePoints() : [], size);
    return { placed, relations: Labels.placeRelations(ctx, verbs(scale), taken), scale };
  };

  const draw = (ctx) => {
    const ratio = ctx.canvas.width / Stage.host.clientWidth;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { placed, relations } = compose(ctx);
    Labels.drawRelations(ctx, relations);
    Labels.drawNames(ctx, placed);
    ctx.restore();
  };

  return { compose, draw };
})();
