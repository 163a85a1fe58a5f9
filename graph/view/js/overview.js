// The opening picture of a large graph: its communities as one disc each, named by their leading members, which open
// in place.
const Overview = (() => {
  // Discs at most, and pixels of the canvas that each needs with its name.
  const MOST = 40;
  const LEAST = 12;
  const ROOM = 12_000;
  const LEADERS = 3;
  // Ties drawn a disc on average: more are a thicket, and the strongest say enough.
  const TIES = 2;
  const community = (n) => Data.nodes.community[n];
  const communities = new Map();
  for (let n = 0; n < Data.nodeCount; n += 1) {
    if (!communities.has(community(n))) communities.set(community(n), []);
    communities.get(community(n)).push(n);
  }
  const leading = (members) => [...members].sort((a, b) => Data.nodes.rank[b] - Data.nodes.rank[a] || a - b);

  const title = (c, count) => leading(communities.get(c)).slice(0, count).map((n) => Data.nodes.label[n]).join(", ");
  const name = (c) => title(c, LEADERS);

  const applies = (state, shown) => shown.nodes.length > Data.overviewAbove && state.focus === null && !state.path;

  const grouped = (nodes) => {
    const members = new Map();
    for (const n of nodes) {
      if (!members.has(community(n))) members.set(community(n), []);
      members.get(community(n)).push(n);
    }
    return [...members].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  };
  const leader = (members) => members.reduce((best, n) => (Data.nodes.rank[n] > Data.nodes.rank[best] ? n : best), members[0]);
  const middle = (members, axis) => members.reduce((sum, n) => sum + Data.nodes[axis][n], 0) / members.length;

  // Edges inside what is open stay themselves; all others are counted as ties between what stands for their ends.
  const parted = (edges, standIn, isOpen) => {
    const own = [];
    const ties = new Map();
    for (const e of edges) {
      const [s, o] = [Data.edges.subject[e], Data.edges.object[e]];
      const [a, b] = [standIn(s), standIn(o)];
      if (a === undefined || b === undefined || a === b) continue;
      if (isOpen(s) && isOpen(o)) own.push(e);
      else { const key = a < b ? `${a},${b}` : `${b},${a}`; ties.set(key, (ties.get(key) ?? 0) + 1); }
    }
    return { own, ties };
  };
  // The strongest ties, and of each disc its strongest, so that none seems to stand alone.
  const strongest = (ties, discs) => {
    const sorted = [...ties].map(([pair, count]) => [pair.split(",").map(Number), count, pair]).sort((a, b) => b[1] - a[1] || a[2].localeCompare(b[2], "en"));
    const tied = new Set();
    const kept = new Map();
    for (const [[a, b], count, pair] of sorted) {
      if (kept.size < TIES * discs.size || !tied.has(a) || !tied.has(b)) { kept.set(pair, count); tied.add(a); tied.add(b); }
    }
    return kept;
  };

  const most = () => {
    const { width, height } = Fitting.room();
    return Math.min(MOST, Math.max(LEAST, Math.floor((width * height) / ROOM)));
  };

  // A look at the whole: the largest communities as their leaders, the members of those that are open.
  const current = (shown, opened) => {
    const open = new Set(opened.map(community));
    const groups = grouped(shown.nodes);
    const limit = most();
    const drawn = groups.filter(([c], i) => i < limit || open.has(c));
    const closed = drawn.filter(([c]) => !open.has(c));
    const share = (members) => Math.sqrt(members.length / groups[0][1].length);
    const discs = new Map(closed.map(([c, members]) => [leader(members), { community: c, size: members.length, share: share(members) }]));
    const of = new Map([...discs].map(([n, disc]) => [disc.community, n]));
    const members = drawn.filter(([c]) => open.has(c)).flatMap(([, list]) => list);
    const { own, ties } = parted(shown.edges, (n) => (open.has(community(n)) ? n : of.get(community(n))), (n) => open.has(community(n)));
    const middles = drawn.map(([c, list]) => ({ community: c, x: middle(list, "x"), y: middle(list, "y"), share: share(list) }));
    const places = new Map(middles.filter(({ community: c }) => !open.has(c)).map(({ community: c, x, y }) => [of.get(c), { x, y }]));
    for (const n of members) places.set(n, { x: Data.nodes.x[n], y: Data.nodes.y[n] });
    const latest = opened.length ? members.filter((n) => community(n) === community(opened.at(-1))) : [];
    return {
      nodes: [...discs.keys(), ...members].sort((a, b) => a - b), edges: own, ties: strongest(ties, discs), tieCount: ties.size, discs, middles, places, members, latest,
      groups: groups.map(([c, list]) => ({ community: c, leader: leader(list), size: list.length, open: open.has(c) })), left: groups.length - drawn.length,
    };
  };

  return { applies, current, name, title };
})();
