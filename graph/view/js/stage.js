// What is drawn at the moment, and how it lies on the canvas: shared by the modules that draw, changed by Picture alone.
const Stage = {
  host: Dom.byId("graph"),
  // vis-network's object: null until the first picture is there, which is drawn without it.
  network: null,
  // Where nodes stand, and which point is in the middle at which scale until vis-network keeps that.
  places: new Map(), view: { position: { x: 0, y: 0 }, scale: 1 },
  // The nodes and lines on the canvas, the overview where it is one, what the selection lights up, what is pointed at.
  nodes: [], lines: [], drawn: new Set(), overview: null, near: null, hover: { node: null, line: null },
  // By what the layout is stretched along x and y, so that it fills a canvas of another shape.
  stretch: { x: 1, y: 1 },
  // Lines and shapes grow as much as the whole shrinks when it is fitted into a small canvas.
  relief: 1,
  FEW: 150,
  // As on phones, where the line that counts stands above the tools: the same limit as in small.css.
  narrow: () => window.innerWidth <= 820,
  few: () => Stage.nodes.length <= Stage.FEW && !Stage.overview,
  isFaint: (kind, item) => Stage.near !== null && !Stage.near[kind].has(item),

  scale: () => (Stage.network ? Stage.network.getScale() : Stage.view.scale),
  // A node that is being dragged stands where vis-network has it.
  place: (n) => Stage.network?.body.nodes[n] ?? Stage.places.get(n),
  // From the picture's own measure to pixels of the canvas.
  onScreen: ({ x, y }) => {
    if (Stage.network) return Stage.network.canvasToDOM({ x, y });
    const { position, scale } = Stage.view;
    return { x: (x - position.x) * scale + Stage.host.clientWidth / 2, y: (y - position.y) * scale + Stage.host.clientHeight / 2 };
  },
};
