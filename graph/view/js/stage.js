// What is drawn at the moment: shared by the modules that draw, changed by Picture alone.
const Stage = {
  host: Dom.byId("graph"), network: null,
  // The nodes and lines on the canvas, the overview where it is one, what the selection lights up, what is pointed at.
  nodes: [], lines: [], line: new Map(), drawn: new Set(), overview: null, near: null, hover: { node: null, line: null },
  // Lines and shapes grow as much as the whole shrinks when it is fitted into a small canvas.
  relief: 1,
  FEW: 150,
  few: () => Stage.nodes.length <= Stage.FEW && !Stage.overview,
  isFaint: (kind, item) => Stage.near !== null && !Stage.near[kind].has(item),
};
