// Which lines are drawn: one an edge, or, where that would be a thicket, one a pair of entities.
const Lines = (() => {
  const BUNDLE_ABOVE = 1000;
  const key = (e) => {
    const [s, o] = [Data.edges.subject[e], Data.edges.object[e]];
    return s < o ? `${s},${o}` : `${o},${s}`;
  };
  const byPair = (edges) => {
    const pairs = new Map();
    for (const e of edges) {
      const pair = key(e);
      if (pairs.has(pair)) pairs.get(pair).push(e);
      else pairs.set(pair, [e]);
    }
    return pairs;
  };
  const line = (id, edges, bend) => ({ id, from: Data.edges.subject[edges[0]], to: Data.edges.object[edges[0]], edges, bend });

  // Parallel lines fan out; a single one is straight.
  const fanned = (pairs) => [...pairs.values()].flatMap((edges) => edges.map((e, i) => line(e, [e], (i - (edges.length - 1) / 2) * 0.32)));
  const bundled = (pairs) => [...pairs].map(([pair, edges]) => line(edges.length === 1 ? edges[0] : `pair ${pair}`, edges, 0));
  const ties = (overview) => [...overview.ties].map(([pair, count]) => {
    const [from, to] = pair.split(",").map(Number);
    return { id: `tie ${pair}`, from, to, edges: [], count, bend: 0 };
  });

  const of = (shown, overview) => {
    const pairs = byPair(shown.edges);
    const own = overview || shown.nodes.length > BUNDLE_ABOVE ? bundled(pairs) : fanned(pairs);
    return overview ? [...ties(overview), ...own] : own;
  };

  // What a bundle looks like is what most of its edges look like, the first of equals.
  const chief = ({ edges }) => {
    const counts = new Map();
    for (const e of edges) counts.set(Data.familyOf(e), (counts.get(Data.familyOf(e)) ?? 0) + 1);
    const most = Math.max(...counts.values());
    return edges.find((e) => counts.get(Data.familyOf(e)) === most);
  };
  const sources = ({ edges }) => (edges.length === 1 ? Data.sourcesOf[edges[0]] : Data.unique(edges.flatMap((e) => Data.sourcesOf[e]))).length;
  const text = (each) => (each.edges.length === 1 ? Data.phrase(each.edges[0]) : Dom.plural(each.edges.length, "relation"));

  return { of, chief, sources, text };
})();
