// Which nodes and edges the reader's choices leave, and how many each further choice would leave.
const Filters = (() => {
  // The nodes within some steps of one, over edges that pass.
  const reach = (start, hops, edgeOk, nodeOk) => {
    const distance = new Map([[start, 0]]);
    let frontier = [start];
    for (let step = 1; step <= hops && frontier.length; step += 1) {
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

  // All nodes on a shortest way between two, or on one that is so many steps longer, with their distance from the
  // first; null where there is no way.
  const between = ([from, to], detour, edgeOk, nodeOk) => {
    const there = reach(from, Data.nodeCount, edgeOk, nodeOk);
    if (!there.has(to)) return null;
    const length = there.get(to) + detour;
    const back = reach(to, length, edgeOk, nodeOk);
    return new Map([...there].filter(([n, d]) => back.has(n) && d + back.get(n) <= length));
  };

  const judge = (state) => {
    const off = Object.fromEntries(Object.entries(state.off).filter(([, values]) => values.length).map(([facet, values]) => [facet, new Set(values)]));
    const failing = (facets, i) => facets.filter((facet) => off[facet] && Facts.FACETS[facet].values[i].every((value) => off[facet].has(value)));
    const hidden = new Set(state.hidden);
    const pinned = new Set(state.pinned);
    const nodeFails = Data.range(0, Data.nodeCount).map((n) => (hidden.has(n) ? ["hidden"] : pinned.has(n) ? [] : failing(Facts.NODE, n)));
    const edgeFails = Data.range(0, Data.edgeCount).map((e) => {
      const fails = failing(Facts.EDGE, e);
      return Data.confidence[e] < state.confidence ? [...fails, "confidence"] : fails;
    });
    return { nodeFails, edgeFails };
  };

  const bump = (counts, facet, i) => {
    if (!(facet in Facts.FACETS)) return;
    for (const value of Facts.FACETS[facet].values[i]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
  };

  // A value's count is what would be shown if it were on and everything else stayed as it is.
  const countEdges = (counts, { nodeFails, edgeFails }, inside) => {
    for (let e = 0; e < Data.edgeCount; e += 1) {
      const [s, o] = [Data.edges.subject[e], Data.edges.object[e]];
      if (edgeFails[e].length > 1 || nodeFails[s].length || nodeFails[o].length || !inside(s) || !inside(o)) continue;
      for (const facet of edgeFails[e].length ? edgeFails[e] : Facts.EDGE) bump(counts, facet, e);
    }
  };
  const countNodes = (counts, { nodeFails, edgeFails }, inside) => {
    for (let n = 0; n < Data.nodeCount; n += 1) {
      if (nodeFails[n].length > 1 || nodeFails[n][0] === "hidden" || !inside(n)) continue;
      const tied = Data.edgesOf[n].some((e) => !edgeFails[e].length && !nodeFails[Data.other(e, n)].length);
      if (!tied && Data.edgesOf[n].length) continue;
      for (const facet of nodeFails[n].length ? nodeFails[n] : Facts.NODE) bump(counts, facet, n);
    }
  };

  const count = (verdict, inside) => {
    const counts = Object.fromEntries(Object.keys(Facts.FACETS).map((facet) => [facet, new Map()]));
    countEdges(counts, verdict, inside);
    countNodes(counts, verdict, inside);
    return counts;
  };

  const chosen = (state, edgeOk, nodeOk) => {
    if (state.path) return between(state.path, state.detour, edgeOk, nodeOk);
    return state.focus === null ? null : reach(state.focus, state.hops, edgeOk, nodeOk);
  };

  const compute = (state) => {
    const verdict = judge(state);
    const nodeOk = verdict.nodeFails.map((fails) => !fails.length);
    const edgeOk = verdict.edgeFails.map((fails, e) => !fails.length && nodeOk[Data.edges.subject[e]] && nodeOk[Data.edges.object[e]]);
    const found = chosen(state, edgeOk, nodeOk);
    const unreachable = Boolean(state.path) && found === null;
    const distance = unreachable ? new Map(state.path.map((n, i) => [n, i])) : found;
    const pinned = new Set(state.pinned);
    const inside = (n) => distance === null || distance.has(n) || pinned.has(n);
    const edges = Data.range(0, Data.edgeCount).filter((e) => edgeOk[e] && inside(Data.edges.subject[e]) && inside(Data.edges.object[e]));
    const tied = new Set(edges.flatMap((e) => [Data.edges.subject[e], Data.edges.object[e]]));
    // A node all of whose edges are filtered away goes too, unless it was asked for or never had any.
    const asked = new Set([state.focus, ...(state.path ?? []), ...pinned]);
    const nodes = Data.range(0, Data.nodeCount).filter((n) =>
      nodeOk[n] && inside(n) && (tied.has(n) || asked.has(n) || !Data.edgesOf[n].length));
    return { nodes, edges, counts: () => count(verdict, inside), distance, unreachable, nodeSet: new Set(nodes), edgeSet: new Set(edges) };
  };

  let last = null;
  const current = () => {
    const { off, confidence, hidden, pinned, focus, hops, path, detour } = State.get();
    const key = JSON.stringify([off, confidence, hidden, pinned, focus, hops, path, detour]);
    if (last?.key !== key) last = { key, ...compute(State.get()) };
    return last;
  };

  return { current };
})();
