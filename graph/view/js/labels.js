// Names and relation names, set on the canvas in screen pixels: always legible, never one over another.
const Labels = (() => {
  const FONT = '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif';
  const SIZE = 12;
  const SMALL = 10.5;
  const LINE = 14;
  const WRAP = 18;
  const widths = new Map();
  const wrapped = new Map();

  const width = (ctx, text) => {
    const key = ctx.font + text;
    if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
    return widths.get(key);
  };

  // Lines of about 18 characters, three at most; a name without spaces stays whole.
  const wrap = (text) => {
    if (!wrapped.has(text)) {
      const lines = [];
      for (const word of text.split(/\s+/)) {
        const last = lines.at(-1);
        if (last !== undefined && (last.length + word.length < WRAP || lines.length === 3)) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
      }
      wrapped.set(text, lines.map((line) => (line.length > 34 ? `${line.slice(0, 32)}…` : line)));
    }
    return wrapped.get(text);
  };

  const font = (weight, size = SIZE) => `${weight} ${size}px ${FONT}`;
  const meets = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  const grid = () => {
    const CELL = 90;
    const cells = new Map();
    const near = (box, visit) => {
      for (let i = Math.floor(box.x / CELL); i <= Math.floor((box.x + box.w) / CELL); i += 1) {
        for (let j = Math.floor(box.y / CELL); j <= Math.floor((box.y + box.h) / CELL); j += 1) if (visit(`${i},${j}`)) return true;
      }
      return false;
    };
    return {
      add: (box) => {
        near(box, (cell) => {
          if (cells.has(cell)) cells.get(cell).push(box);
          else cells.set(cell, [box]);
          return false;
        });
      },
      count: (box) => {
        let hits = 0;
        near(box, (cell) => { hits += (cells.get(cell) ?? []).filter((b) => meets(box, b)).length; return false; });
        return hits;
      },
      hits: (box, own) => near(box, (cell) => (cells.get(cell) ?? []).some((b) => (b.own === undefined || b.own !== own) && meets(box, b))),
    };
  };

  // Below the node where possible, else above, right, left, then the corners.
  const spots = (p, r, w, h) => [
    { x: p.x - w / 2, y: p.y + r + 3, w, h }, { x: p.x - w / 2, y: p.y - r - 3 - h, w, h },
    { x: p.x + r + 5, y: p.y - h / 2, w, h }, { x: p.x - r - 5 - w, y: p.y - h / 2, w, h },
    { x: p.x + r * 0.7, y: p.y + r * 0.7, w, h }, { x: p.x - r * 0.7 - w, y: p.y + r * 0.7, w, h },
    { x: p.x + r * 0.7, y: p.y - r * 0.7 - h, w, h }, { x: p.x - r * 0.7 - w, y: p.y - r * 0.7 - h, w, h },
  ];

  // The free spot that the fewest lines cross, the first of equals; null where none is free.
  const best = (options, taken, crossing, own, inside) => {
    const cost = (box, i) => crossing.count(box) + i * 0.5 + (i < 4 ? 0 : 3);
    const free = options.map((box, i) => ({ box, cost: cost(box, i) })).filter(({ box }) => inside(box) && !taken.hits(box, own));
    return free.sort((a, b) => a.cost - b.cost)[0]?.box ?? null;
  };

  // items: {id, texts, x, y, radius, must, bold}, most important first. Returns the boxes of those that found room.
  const placeNames = (ctx, items, obstacles, linePoints, size) => {
    const inside = (box) => box.x > 0 && box.y > 0 && box.x + box.w < size.width && box.y + box.h < size.height;
    const within = (box) => ({ ...box, x: Math.min(Math.max(2, box.x), size.width - box.w - 2), y: Math.min(Math.max(2, box.y), size.height - box.h - 2) });
    const taken = grid();
    const crossing = grid();
    linePoints.forEach(({ x, y }) => crossing.add({ x: x - 1, y: y - 1, w: 2, h: 2 }));
    obstacles.forEach((o) => taken.add({ x: o.x - o.radius, y: o.y - o.radius, w: 2 * o.radius, h: 2 * o.radius, own: o.id }));
    const placed = [];
    const fitting = (item, text, must) => {
      ctx.font = font(item.bold ? 650 : 500);
      const lines = wrap(text);
      const w = Math.max(...lines.map((line) => width(ctx, line))) + 4;
      const options = spots(item, item.radius, w, lines.length * LINE);
      const spot = best(options, taken, crossing, item.id, inside) ?? (must ? within(options[0]) : null);
      return spot && { ...item, ...spot, lines };
    };
    for (const item of items) {
      const found = item.texts.reduce((found, text, i) => found ?? fitting(item, text, item.must && i === item.texts.length - 1), null);
      if (!found) continue;
      taken.add(found);
      placed.push(found);
    }
    return { placed, taken };
  };

  const drawNames = (ctx, placed) => {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const { x, y, w, lines, bold, faint } of placed) {
      ctx.font = font(bold ? 650 : 500);
      ctx.globalAlpha = faint ? 0.5 : 1;
      lines.forEach((line, i) => {
        const at = [x + w / 2, y + LINE * (i + 0.5)];
        ctx.lineWidth = 3.5;
        ctx.strokeStyle = Theme.token("ground");
        ctx.strokeText(line, ...at);
        ctx.fillStyle = Theme.token("ink");
        ctx.fillText(line, ...at);
      });
    }
    ctx.globalAlpha = 1;
  };

  // The small boxes that a text leaning along its edge covers.
  const trail = (x, y, angle, w) => {
    const steps = Math.max(1, Math.ceil(w / 12));
    return Array.from({ length: steps + 1 }, (_, i) => {
      const along = (i / steps - 0.5) * w;
      return { x: x + along * Math.cos(angle) - 6, y: y + along * Math.sin(angle) - 6, w: 12, h: 12 };
    });
  };

  // items: {text, badge, colour, at(t) -> {x, y}, length, must}. Returns those that found room, with x, y, angle and the
  // width of their plate; those whose text has no room keep only their badge.
  const placeRelations = (ctx, items, taken) => items.map((item) => {
    const weight = item.must ? 650 : 450;
    ctx.font = font(weight, SMALL);
    const w = width(ctx, item.text) + (item.badge ? 26 : 8);
    const found = item.text && (item.must || item.length > w + 4) ? spotOnEdge(item, w, taken) : null;
    if (found) return { ...item, ...found, w, weight };
    const middle = item.badge && [0.5, 0.42, 0.58].map(item.at).find(({ x, y }) => !taken.hits({ x: x - 7, y: y - 7, w: 14, h: 14 }));
    if (!middle) return null;
    taken.add({ x: middle.x - 7, y: middle.y - 7, w: 14, h: 14 });
    return { ...item, ...middle, text: "", angle: 0, w: 16, weight };
  }).filter(Boolean);

  // What must be said of a line that is too short for it stands as near to its middle as there is room.
  const BESIDE = [-60, -40, -20, 0, 20, 40, 60].flatMap((across) => [-40, -20, 0, 20, 40].map((down) => [across, down]))
    .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  const beside = ({ x, y }, w, taken) => {
    const box = ([across, down]) => ({ x: x + across - w / 2, y: y + down - 8, w, h: 16 });
    const [across, down] = BESIDE.find((each) => !taken.hits(box(each))) ?? BESIDE[0];
    return { x: x + across, y: y + down, angle: 0 };
  };

  const spotOnEdge = (item, w, taken) => {
    for (const t of [0.5, 0.42, 0.58, 0.34, 0.66]) {
      const [before, p, after] = [item.at(t - 0.04), item.at(t), item.at(t + 0.04)];
      let angle = Math.atan2(after.y - before.y, after.x - before.x);
      if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
      const boxes = trail(p.x, p.y, angle, w);
      if (boxes.some((box) => taken.hits(box))) continue;
      boxes.forEach(taken.add);
      return { ...p, angle };
    }
    return item.must ? beside(item.at(0.5), w, taken) : null;
  };

  const drawRelations = (ctx, placed) => {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const item of placed) {
      if (item.text) write(ctx, item);
      else Shapes.badgeOnCanvas(ctx, item.badge, item.x, item.y, 6.5, item.colour, Theme.token("ground"));
    }
  };
  const write = (ctx, item) => {
    const { x, y, angle, w } = item;
    ctx.save();
    ctx.font = font(item.weight, SMALL);
    ctx.translate(x, y);
    ctx.rotate(angle);
    ctx.fillStyle = Theme.token("ground");
    ctx.globalAlpha = 0.92;
    ctx.beginPath();
    ctx.roundRect(-w / 2, -7.5, w, 15, 7);
    ctx.fill();
    ctx.globalAlpha = item.faint ? 0.35 : 1;
    ctx.fillStyle = item.colour;
    ctx.fillText(item.text, item.badge ? 8 : 0, 0.5);
    if (item.badge) {
      ctx.translate(-w / 2 + 8, 0);
      ctx.rotate(-angle);
      Shapes.badgeOnCanvas(ctx, item.badge, 0, 0, 6, item.colour, Theme.token("ground"));
    }
    ctx.restore();
  };

  return { placeNames, drawNames, placeRelations, drawRelations, FONT, SIZE, SMALL, LINE };
})();
