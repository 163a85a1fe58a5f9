// What can be filtered by: for every facet, whether nodes or edges have it, and the values that each of them has.
const Facts = (() => {
  const NONE = "none";
  const documentId = (d) => Data.documents[d].id;
  const years = (e) => Data.unique(Data.claimsOf(e).map((c) => Data.timeOf(c).slice(0, 4) || NONE));

  // Worked out when they are first asked for: a page that nobody filters needs few of them.
  const facet = (on, of) => {
    let known = null;
    const work = () => Data.range(0, on === "node" ? Data.nodeCount : Data.edgeCount).map(of);
    return { on, get values() { known ??= work(); return known; } };
  };
  const FACETS = {
    kind: facet("node", (n) => [Data.kinds[Data.nodes.kind[n]].id]),
    country: facet("node", (n) => [Data.nodes.country[n] ?? NONE]),
    business: facet("node", (n) => (Data.nodes.business[n].length ? Data.nodes.business[n] : [NONE])),
    family: facet("edge", (e) => [Data.relationOf(e).family]),
    stance: facet("edge", (e) => [Data.stances[Data.edges.stance[e]].id]),
    year: facet("edge", years),
    publisher: facet("edge", (e) => Data.sourcesOf[e]),
    document: facet("edge", (e) => Data.documentsOf[e].map(documentId)),
    novelty: facet("edge", (e) => [Data.edges.new[e] ? "new" : "known"]),
  };
  const ON = (on) => Object.keys(FACETS).filter((id) => FACETS[id].on === on);

  return { FACETS, NODE: ON("node"), EDGE: ON("edge"), NONE, values: (id) => Data.unique(FACETS[id].values.flat()) };
})();
