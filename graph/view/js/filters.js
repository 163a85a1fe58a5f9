// Which nodes and edges the reader's choices leave, and how many each further choice would leave.
const Filters = (() => {
  const NONE = "none";
  const country = (n) => Data.nodes.country[n] ?? NONE;
  const kind = (n) => Data.kinds[Data.nodes.kind[n]].id;
  const documentId = (d) => Data.documents[d].id;
  const EDGE_FACETS = {
    family: (e) => [Data.relationOf(e).family],
    stance: (e) => [Data.stances[Data.edges.stance[e]].id],
    document: (e) => Data.documentsOf[e].map(documentId),
    novelty: (e) => [Data.edges.new[e] ? "new" : "known"],
  };
  const NODE_FACETS = { kind, country };

  const passes = (values, off) => values.some((value) => !off.has(value));

  // The nodes within some steps of one, over edges that pass.
  const reach = (start, hops, edgeOk, nodeOk) => {
    const distance = new Map([[start, 0]]);
    let frontier = [start];
    for (let step = 1; step <= hops; step += 1) {
      const next = [];
      for (const node of frontier) {
        for (const e of Data.edgesOf[node]) {
          const other = Data.other(e, node);
          if (edgeOk[e] && nodeOk[other] && !distance.has(other)) { distance.set(other, step); next.push(other); }
        }
      }
      frontier = next;
    }
    return distance;
  };

  // All nodes that lie on a shortest way between two, with their distance from the first; null where there is none.
  const between = ([from, to], edgeOk, nodeOk) => {
    const there = reach(from, Data.nodeCount, edgeOk, nodeOk);
    if (!there.has(to)) return null;
    const back = reach(to, there.get(to), edgeOk, nodeOk);
    const length = there.get(to);
    return new Map([...there].filter(([n, d]) => back.has(n) && d + back.get(n) === length));
  };

  const chosen = (state, edgeOk, nodeOk) => {
    if (state.path) return between(state.path, edgeOk, nodeOk) ?? new Map(state.path.map((n, i) => [n, i]));
    if (state.focus !== null) return reach(state.focus, state.hops, edgeOk, nodeOk);
    if (state.community !== null) {
      return new Map(Data.range(0, Data.nodeCount).filter((n) => Data.nodes.community[n] === state.community).map((n) => [n, 0]));
    }
    return null;
  };

  const judge = (state) => {
    const off = Object.fromEntries(Object.entries(state.off).map(([facet, values]) => [facet, new Set(values)]));
    const hidden = new Set(state.hidden);
    const nodeFails = Data.range(0, Data.nodeCount).map((n) =>
      hidden.has(n) ? ["hidden"] : Object.keys(NODE_FACETS).filter((facet) => off[facet].has(NODE_FACETS[facet](n))));
    const edgeFails = Data.range(0, Data.edgeCount).map((e) => {
      const fails = Object.keys(EDGE_FACETS).filter((facet) => !passes(EDGE_FACETS[facet](e), off[facet]));
      return Data.confidence[e] < state.confidence ? [...fails, "confidence"] : fails;
    });
    return { nodeFails, edgeFails };
  };

  const bump = (counts, facet, value) => counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);

  // A value's count is what would be shown if it were on and everything else stayed as it is.
  const countEdges = (counts, { nodeFails, edgeFails }, inside) => {
    for (let e = 0; e < Data.edgeCount; e += 1) {
      const [s, o] = [Data.edges.subject[e], Data.edges.object[e]];
      if (edgeFails[e].length > 1 || nodeFails[s].length || nodeFails[o].length || !inside(s) || !inside(o)) continue;
      for (const facet of edgeFails[e].length ? edgeFails[e] : Object.keys(EDGE_FACETS)) {
        if (facet in EDGE_FACETS) for (const value of EDGE_FACETS[facet](e)) bump(counts, facet, value);
      }
    }
  };
  const countNodes = (counts, { nodeFails, edgeFails }, inside) => {
    for (let n = 0; n < Data.nodeCount; n += 1) {
      if (nodeFails[n].length > 1 || nodeFails[n][0] === "hidden" || !inside(n)) continue;
      const tied = Data.edgesOf[n].some((e) => !edgeFails[e].length && !nodeFails[Data.other(e, n)].length);
      if (!tied && Data.edgesOf[n].length) continue;
      for (const facet of nodeFails[n].length ? nodeFails[n] : Object.keys(NODE_FACETS)) bump(counts, facet, NODE_FACETS[facet](n));
    }
  };

  const compute = (state) => {
    const verdict = judge(state);
    const nodeOk = verdict.nodeFails.map((fails) => !fails.length);
    const edgeOk = verdict.edgeFails.map((fails, e) => !fails.length && nodeOk[Data.edges.subject[e]] && nodeOk[Data.edges.object[e]]);
    const distance = chosen(state, edgeOk, nodeOk);
    const inside = (n) => distance === null || distance.has(n);
    const edges = Data.range(0, Data.edgeCount).filter((e) => edgeOk[e] && inside(Data.edges.subject[e]) && inside(Data.edges.object[e]));
    const tied = new Set(edges.flatMap((e) => [Data.edges.subject[e], Data.edges.object[e]]));
    // A node all of whose edges are filtered away goes too, unless it was asked for or never had any.
    const asked = new Set([state.focus, ...(state.path ?? [])]);
    const nodes = Data.range(0, Data.nodeCount).filter((n) =>
      nodeOk[n] && inside(n) && (tied.has(n) || asked.has(n) || !Data.edgesOf[n].length));
    const counts = Object.fromEntries(Object.keys(state.off).map((facet) => [facet, new Map()]));
    countEdges(counts, verdict, inside);
    countNodes(counts, verdict, inside);
    const unreachable = Boolean(state.path) && !between(state.path, edgeOk, nodeOk);
    return { nodes, edges, counts, distance, unreachable, nodeSet: new Set(nodes), edgeSet: new Set(edges) };
  };

  let last = null;
  const current = () => {
    const { off, confidence, hidden, focus, hops, path, community } = State.get();
    const key = JSON.stringify([off, confidence, hidden, focus, hops, path, community]);
    if (last?.key !== key) last = { key, ...compute(State.get()) };
    return last;
  };

  const valuesOf = (facet, item) => (facet in NODE_FACETS ? [NODE_FACETS[facet](item)] : EDGE_FACETS[facet](item));
  const isNodeFacet = (facet) => facet in NODE_FACETS;
  return { current, valuesOf, isNodeFacet, NONE };
})();
