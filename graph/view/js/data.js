// What the page carries, unpacked, and what can be looked up in it. Nothing here changes after loading.
const unpacked = async (id) => {
  const packed = atob(Dom.byId(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
};
const columns = await unpacked("data");
const Data = (() => {
  const { drawing, claims, numbers, sentences, relations, families, kinds, stances } = columns;
  const nodes = { ...columns.nodes, ...drawing.nodes, type: columns.nodes.type.map((type) => columns.types[type]) };
  const edges = { ...columns.edges, subject: drawing.edges.from, object: drawing.edges.to };
  // A document is named by its source where it has no title, and linked where the source is an address.
  const documents = columns.documents.id.map((id, i) => {
    const own = Object.fromEntries(Object.entries(columns.documents).map(([key, column]) => [key, column[i]]));
    return { ...own, title: own.title || own.source, url: own.url || (/^https?:/.test(own.source) ? own.source : null) };
  });
  const nodeCount = nodes.id.length;
  const edgeCount = edges.subject.length;
  const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);
  const unique = (values) => [...new Set(values)];

  const familyNumber = new Map(families.map((family, i) => [family.id, i]));
  const nodeNumber = new Map(nodes.id.map((id, i) => [id, i]));
  const claimsOf = (edge) => range(edges.first[edge], edges.first[edge + 1]);
  const edgeKey = (e) =>
    [nodes.id[edges.subject[e]], relations[edges.relation[e]].id, nodes.id[edges.object[e]], stances[edges.stance[e]].id].join("~");
  const sourceOf = (d) => documents[d].publisher || documents[d].source || documents[d].id;

  const edgesOf = range(0, nodeCount).map(() => []);
  const numbersOf = range(0, nodeCount).map(() => []);
  const documentsOf = [];
  const sourcesOf = [];
  const confidence = new Float32Array(edgeCount);
  for (let e = 0; e < edgeCount; e += 1) {
    edgesOf[edges.subject[e]].push(e);
    if (edges.object[e] !== edges.subject[e]) edgesOf[edges.object[e]].push(e);
    const own = claimsOf(e);
    documentsOf.push(unique(own.flatMap((c) => claims.sentences[c].map((s) => sentences.document[s]))));
    sourcesOf.push(unique(documentsOf[e].map(sourceOf)));
    confidence[e] = Math.max(...own.map((c) => claims.confidence[c]));
  }
  numbers.about.forEach((node, i) => numbersOf[node].push(i));
  let edgeNumber = null;
  const edgeOf = (key) => {
    edgeNumber ??= new Map(range(0, edgeCount).map((e) => [edgeKey(e), e]));
    return edgeNumber.get(key);
  };

  const relationOf = (e) => relations[edges.relation[e]];
  const familyOf = (e) => familyNumber.get(relationOf(e).family);
  const other = (e, node) => (edges.subject[e] === node ? edges.object[e] : edges.subject[e]);
  const phrase = (e) => stances[edges.stance[e]].prefix + relationOf(e).label;
  const sentenceOf = (e) => sentences.text[claims.sentences[edges.first[e]][0]];
  const isFact = (e) => stances[edges.stance[e]].id === "fact";
  // When a claim speaks of, else when its document came out; empty where neither is known.
  const timeOf = (c) => claims.time[c] || documents[sentences.document[claims.sentences[c][0]]].date || "";
  const between = (a, b) => edgesOf[a].filter((e) => other(e, a) === b);
  const namesOf = (n) => [nodes.label[n], ...nodes.names[n]];

  return {
    ...columns, nodes, edges, documents, drawing, nodeCount, edgeCount, nodeNumber, edgeOf, edgesOf, numbersOf, documentsOf, sourcesOf,
    confidence, claimsOf, edgeKey, sourceOf, relationOf, familyOf, other, between, phrase, sentenceOf, namesOf, isFact, timeOf, range, unique,
  };
})();
