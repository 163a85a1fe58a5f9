// The selection as Turtle, in the graph's own words: plain triples for facts, and every statement with its evidence.
const Turtle = (() => {
  const { nodes, edges, claims, numbers } = Data;
  const PLAIN = /[\p{L}\p{N}\p{M}._~-]/u;
  const bytes = new TextEncoder();
  const percent = (c) => [...bytes.encode(c)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  const iri = (folder, key) => `<${Data.base.entity}${folder}${[...key.toWellFormed()].map((c) => (PLAIN.test(c) ? c : percent(c))).join("")}>`;
  // Terms are written in full: an id of somebody's own graph need not be a name that Turtle can shorten.
  const term = (name) => `<${Data.base.term}${[...name.toWellFormed()].map((c) => (/[A-Za-z0-9_-]/.test(c) ? c : percent(c))).join("")}>`;
  const literal = (text) => `"${String(text).toWellFormed().replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t").replace(/[\u0000-\u001f\u007f]/g, (c) => `\\u${c.codePointAt(0).toString(16).padStart(4, "0")}`)}"`;
  const TIMES = [[/^\d{4}-\d{2}-\d{2}$/, "date"], [/^\d{4}-\d{2}$/, "gYearMonth"], [/^\d{4}$/, "gYear"]];
  const isDay = (text) => !/^\d{4}-\d{2}-\d{2}$/.test(text) || new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);
  const time = (text) => {
    const found = TIMES.find(([pattern]) => pattern.test(text));
    return literal(text) + (found && isDay(text) && !/-(00|1[3-9]|[2-9]\d)/.test(text.slice(4, 7)) ? `^^xsd:${found[1]}` : "");
  };
  const decimal = (value) => `"${value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 12 })}"^^xsd:decimal`;
  const entity = (n) => iri("", nodes.id[n]);
  const triples = (subject, pairs) => `${subject} ${pairs.filter(Boolean).map(([p, o]) => `${p} ${o}`).join(" ;\n  ")} .`;

  const modality = { fact: "asserted", negated: "asserted" };
  const documents = (list) => Data.unique(list.map((s) => Data.sentences.document[s]));
  const claim = (e, c) => {
    const stance = Data.stances[edges.stance[e]].id;
    return triples(iri("claim/", claims.id[c]), [["a", term("Claim")],
      ["rdf:subject", entity(edges.subject[e])], ["rdf:predicate", term(Data.relationOf(e).id)], ["rdf:object", entity(edges.object[e])],
      [term("polarity"), term(stance === "negated" ? "negated" : "affirmed")], [term("modality"), term(modality[stance] ?? stance)],
      [term("confidence"), decimal(claims.confidence[c])], claims.time[c] && [term("time"), time(claims.time[c])],
      ["prov:wasDerivedFrom", claims.sentences[c].map((s) => passage(s)).join(", ")]]);
  };
  const number = (i) => triples(iri("obs/", numbers.id[i]), [["a", term("Observation")], [term("about"), entity(numbers.about[i])], [term("metric"), term(numbers.metric[i])],
    [term("value"), decimal(numbers.value[i])], [term("printed"), literal(numbers.printed[i])], [term("confidence"), decimal(numbers.confidence[i])],
    numbers.period[i] && [term("period"), time(numbers.period[i])], ["prov:wasDerivedFrom", numbers.sentences[i].map((s) => passage(s)).join(", ")]]);
  const passage = (s) => `[ a ${term("Evidence")} ; oa:hasSource ${iri("doc/", Data.documents[Data.sentences.document[s]].id)} ; oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ${literal(Data.sentences.text[s])} ] ]`;
  const paper = (d) => {
    const { id, title, date, url } = Data.documents[d];
    return triples(iri("doc/", id), [["a", term("Document")], ["schema:headline", literal(title)], date && ["schema:datePublished", time(date)], Dom.safeUrl(url) && ["schema:url", literal(url)]]);
  };
  const facts = (e) => (Data.isFact(e) ? [triples(entity(edges.subject[e]), [[term(Data.relationOf(e).id), entity(edges.object[e])]])] : []);
  const named = (n) => triples(entity(n), [["rdfs:label", literal(nodes.label[n])], ...nodes.names[n].map((name) => ["skos:altLabel", literal(name)])]);

  const turtle = () => {
    const shown = Filters.current();
    const statements = shown.edges.flatMap((e) => Data.claimsOf(e).map((c) => [e, c]));
    const observed = shown.nodes.flatMap((n) => Data.numbersOf[n]);
    const used = documents([...statements.flatMap(([, c]) => claims.sentences[c]), ...observed.flatMap((i) => numbers.sentences[i])]);
    const head = Object.entries(Data.prefixes).map(([prefix, base]) => `@prefix ${prefix}: <${base}> .`);
    return [...head, "", ...shown.nodes.map(named), ...shown.edges.flatMap(facts), ...statements.map(([e, c]) => claim(e, c)), ...observed.map(number), ...used.map(paper), ""].join("\n");
  };

  return { turtle };
})();
