// The opening picture of a large graph: its communities as one shape each, named by their best connected member.
const Overview = (() => {
  const MOST = 60;

  const applies = (state, shown) =>
    shown.nodes.length > Data.overviewAbove && state.focus === null && !state.path && state.community === null;

  const group = (nodes) => {
    const members = new Map();
    for (const n of nodes) {
      const community = Data.nodes.community[n];
      if (!members.has(community)) members.set(community, []);
      members.get(community).push(n);
    }
    return [...members.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  };
  const leader = (members) => members.reduce((best, n) => (Data.nodes.rank[n] > Data.nodes.rank[best] ? n : best), members[0]);
  const middle = (members, axis) => members.reduce((sum, n) => sum + Data.nodes[axis][n], 0) / members.length;

  // How many relations tie two communities, of those that are drawn.
  const ties = (edges, of) => {
    const counts = new Map();
    for (const e of edges) {
      const [a, b] = [of.get(Data.nodes.community[Data.edges.subject[e]]), of.get(Data.nodes.community[Data.edges.object[e]])];
      if (a === undefined || b === undefined || a === b) continue;
      const key = [a, b].sort((x, y) => x - y).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };

  // A look at the whole: nodes are the communities' leaders, sizes and ties those of their communities.
  const current = (shown) => {
    const groups = group(shown.nodes);
    const drawn = groups.slice(0, MOST);
    const leaders = drawn.map(leader);
    const of = new Map(leaders.map((n) => [Data.nodes.community[n], n]));
    const most = drawn[0].length;
    const look = new Map(leaders.map((n, i) => [n, { size: drawn[i].length, share: Math.sqrt(drawn[i].length / most) }]));
    const places = new Map(leaders.map((n, i) => [n, { x: middle(drawn[i], "x"), y: middle(drawn[i], "y") }]));
    return { nodes: leaders, look, places, ties: ties(shown.edges, of), left: groups.length - drawn.length };
  };

  return { applies, current };
})();
