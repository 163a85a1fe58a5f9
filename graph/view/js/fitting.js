// How what is laid out is fitted to the canvas: stretched to its shape, and the discs of an overview moved off each other.
const Fitting = (() => {
  const { host } = Stage;
  const MOST = 2;
  // Kept free: for names at the sides, for the chips above, for the line that counts below.
  const margins = () => {
    const low = host.clientHeight < 400;
    return { side: host.clientWidth < 500 ? 46 : 68, top: low ? 32 : 64, bottom: Stage.narrow() ? 132 : low ? 64 : 98 };
  };
  const room = () => {
    const { side, top, bottom } = margins();
    return { width: Math.max(80, host.clientWidth - 2 * side), height: Math.max(80, host.clientHeight - top - bottom) };
  };
  const span = (points, axis) => points.reduce(([low, high], p) => [Math.min(low, p[axis]), Math.max(high, p[axis])], [Infinity, -Infinity]);
  const extent = (points, axis) => { const [low, high] = span(points, axis); return Math.max(1, high - low); };

  // Factors of x and y that bring points nearer to the shape of the canvas; one of them is 1.
  const stretch = (points) => {
    if (points.length < 3) return { x: 1, y: 1 };
    const { width, height } = room();
    const lacking = (height / width) * (extent(points, "x") / extent(points, "y"));
    const within = (factor) => Math.min(MOST, Math.max(1, factor));
    return { x: within(1 / lacking), y: within(lacking) };
  };

  // What shows all of the points; a small graph is never blown up.
  const scale = (points) => {
    const { width, height } = room();
    return Math.min(1.25, width / extent(points, "x"), height / extent(points, "y"));
  };

  // The middle of the canvas when the points lie in the middle of the room.
  const centre = (points, by) => {
    const { top, bottom } = margins();
    const [[left, right], [high, low]] = [span(points, "x"), span(points, "y")];
    return { x: (left + right) / 2, y: (high + low) / 2 + (bottom - top) / 2 / by };
  };

  // Room that a name of two lines takes under its disc.
  const NAME = { width: 112, height: 36 };
  const ROUNDS = 120;
  // Half of what two lack, along the axis on which they lack less; null where they are apart.
  const halves = (need, dx, dy) => {
    const [across, down] = [need.x - Math.abs(dx), need.y - Math.abs(dy)];
    if (across <= 0 || down <= 0) return null;
    return across < down ? { x: (across / 2) * (dx < 0 ? -1 : 1), y: 0 } : { x: 0, y: (down / 2) * (dy < 0 ? -1 : 1) };
  };
  const settle = (discs, need) => {
    const bounds = { x: span(discs, "x"), y: span(discs, "y") };
    const held = (value, [low, high]) => Math.min(high, Math.max(low, value));
    for (let round = 0; round < ROUNDS; round += 1) {
      let still = true;
      discs.forEach((a, i) => discs.slice(i + 1).forEach((b) => {
        const push = halves(need(a, b), a.x - b.x, a.y - b.y);
        if (!push) return;
        still = false;
        for (const axis of ["x", "y"]) {
          a[axis] = held(a[axis] + push[axis], bounds[axis]);
          b[axis] = held(b[axis] - push[axis], bounds[axis]);
        }
      }));
      if (still) return;
    }
  };
  // How far discs move, in the picture's own measure, so that their names find room under them; where it is too narrow for
  // that the discs at least keep clear of each other. discs: {x, y, radius in pixels}; none leaves the frame of them all.
  const apart = (discs) => {
    const by = scale(discs);
    const moved = discs.map(({ x, y, radius }) => ({ x: x * by, y: y * by, radius }));
    settle(moved, (a, b) => ({ x: Math.max(NAME.width, a.radius + b.radius) + 6, y: a.radius + b.radius + NAME.height }));
    settle(moved, (a, b) => ({ x: a.radius + b.radius + 4, y: a.radius + b.radius + 4 }));
    return moved.map(({ x, y }, i) => ({ x: x / by - discs[i].x, y: y / by - discs[i].y }));
  };

  // Pixels of a disc's radius, by its share of the largest.
  const disc = (share) => (7 + 17 * share) * Math.min(1, host.clientWidth / 640);

  return { room, scale, centre, stretch, disc, apart };
})();
