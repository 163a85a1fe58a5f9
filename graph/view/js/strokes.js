// Lines as they lie and as they are drawn. vis-network could do it, but is told of a thousand lines in the time in which
// this draws them many times over.
const Strokes = (() => {
  // Pixels within which a line is meant that is pointed at.
  const REACH = 7;
  // Lines that one call of the canvas draws: one call a line is slow, and so is one path of thousands.
  const AT_ONCE = 60;
  const LOOP = 20;

  const between = (a, b, t) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
  const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  const ends = (line) => [Stage.place(line.from), Stage.place(line.to)];
  const isLoop = (line) => line.from === line.to;
  const loop = (line) => {
    const { x, y } = Stage.place(line.from);
    return { x, y: y - Looks.radius(line.from) - LOOP * 0.7 };
  };
  // What draws a bent line aside, on the same side of the pair whichever way the line runs.
  const aside = (line, a, b) => {
    const bend = line.bend * (line.from < line.to ? 1 : -1);
    return { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
  };

  // The point at a part of a line's way, 0 at its subject, 1 at its object.
  const point = (line, t) => {
    const [a, b] = ends(line);
    if (isLoop(line)) {
      const { x, y } = loop(line);
      const turn = Math.PI * (0.5 + 2 * t);
      return { x: x + LOOP * Math.cos(turn), y: y + LOOP * Math.sin(turn) };
    }
    if (!line.bend) return between(a, b, t);
    const c = aside(line, a, b);
    return between(between(a, c, t), between(c, b, t), t);
  };
  const trace = (ctx, line, until) => {
    const [a, b] = ends(line);
    if (isLoop(line)) {
      const { x, y } = loop(line);
      ctx.moveTo(x + LOOP, y);
      ctx.arc(x, y, LOOP, 0, 2 * Math.PI);
      return;
    }
    const end = until < 1 ? point(line, until) : b;
    ctx.moveTo(a.x, a.y);
    if (!line.bend) { ctx.lineTo(end.x, end.y); return; }
    const c = between(a, aside(line, a, b), until);
    ctx.quadraticCurveTo(c.x, c.y, end.x, end.y);
  };

  // How far along its way a line comes as near to its object as that.
  const arrival = (line, distance) => {
    const goal = Stage.place(line.to);
    let [low, high] = [0.3, 1];
    for (let i = 0; i < 9; i += 1) {
      const middle = (low + high) / 2;
      if (apart(point(line, middle), goal) > distance) low = middle;
      else high = middle;
    }
    return low;
  };
  // The arrowhead: its tip at the rim of the object's shape, the line ending in it; null where a line has none.
  const arrow = (line, { arrow: length, fact }) => {
    if (!length || isLoop(line)) return null;
    const rim = Looks.radius(line.to) + 1.5;
    const tail = arrival(line, rim + length * 0.8);
    const [tip, from] = [point(line, arrival(line, rim)), point(line, tail)];
    const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
    const wing = (turn) => ({ x: tip.x - length * Math.cos(angle + turn), y: tip.y - length * Math.sin(angle + turn) });
    return { tail, points: [tip, wing(0.4), between(tip, from, fact ? 0.9 : 0.45), wing(-0.4)] };
  };

  const inLots = (list, visit) => {
    for (let i = 0; i < list.length; i += AT_ONCE) visit(list.slice(i, i + AT_ONCE));
  };
  const stroke = (ctx, lines, thickness, colour, untils) => inLots(lines, (lot) => {
    ctx.beginPath();
    for (const line of lot) trace(ctx, line, untils?.get(line) ?? 1);
    ctx.lineWidth = thickness;
    ctx.strokeStyle = colour;
    ctx.stroke();
  });
  // However far away it is seen from, a line stays one that can be seen; dashes that would be dust are left out.
  const [LEAST, DASHED_FROM] = [0.7, 0.4];
  const width = (look) => (look.steady ? look.width / Stage.scale() : Math.max(look.width, LEAST / Stage.scale()));
  const drawAlike = (ctx, look, lines) => {
    const heads = lines.map((line) => [line, arrow(line, look)]).filter(([, head]) => head);
    ctx.globalAlpha = look.opacity;
    ctx.setLineDash(Stage.scale() < DASHED_FROM ? [] : look.dash);
    stroke(ctx, lines, width(look), look.colour, new Map(heads.map(([line, { tail }]) => [line, tail])));
    ctx.setLineDash([]);
    ctx.fillStyle = look.colour;
    for (const [, { points }] of heads) {
      ctx.beginPath();
      points.forEach(({ x, y }) => ctx.lineTo(x, y));
      ctx.closePath();
      ctx.fill();
    }
  };

  // Lines that look alike are drawn together, the faint ones first.
  let alike = [];
  const dress = () => {
    const groups = new Map();
    for (const line of Stage.lines) {
      const look = Looks.lineLook(line);
      const key = Object.values(look).join(" ");
      if (!groups.has(key)) groups.set(key, { look, lines: [] });
      groups.get(key).lines.push(line);
    }
    alike = [...groups.values()].sort((a, b) => a.look.opacity - b.look.opacity);
  };
  const draw = (ctx) => {
    ctx.save();
    ctx.lineCap = "butt";
    for (const { look, lines } of alike) if (look.fresh) stroke(ctx, lines, width(look) + look.fresh, Theme.token("fresh-soft"));
    for (const { look, lines } of alike) drawAlike(ctx, look, lines);
    ctx.restore();
  };

  const PIECES = 8;
  const toPiece = (p, a, b) => {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const t = Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return apart(p, { x: a.x + dx * t, y: a.y + dy * t });
  };
  const distance = (p, line) => {
    if (!line.bend && !isLoop(line)) return toPiece(p, ...ends(line));
    const points = Data.range(0, PIECES + 1).map((i) => point(line, i / PIECES));
    return Math.min(...points.slice(1).map((b, i) => toPiece(p, points[i], b)));
  };
  // The line at a point of the picture, the nearest of several; null where none is near. Ties of an overview are no lines
  // to choose.
  const nearest = (p) => {
    let [found, least] = [null, REACH / Stage.scale()];
    for (const line of Stage.lines) {
      const d = line.edges.length ? distance(p, line) : Infinity;
      if (d < least) [found, least] = [line, d];
    }
    return found;
  };

  return { point, arrow, width, dress, draw, nearest };
})();
