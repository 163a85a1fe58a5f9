// The right panel: the graph as a whole, an entity, an edge with its sentences, or the steps of a path.
const Panel = (() => {
  const host = Dom.byId("panel");
  const { nodes, edges, stances, kinds } = Data;
  const label = (n) => nodes.label[n];
  const swatch = (n) => Shapes.swatch(kinds[nodes.kind[n]]);
  const select = (selected) => State.change({ selected });
  const nodeLink = (n) => Dom.button([], () => select({ node: n }), { class: "entity" });
  const entity = (n) => {
    const button = nodeLink(n);
    button.append(swatch(n), Dom.el("span", { text: label(n) }));
    return button;
  };
  const stance = (e) => stances[edges.stance[e]];
  const stancePill = (e) => Dom.el("span", { class: `pill stance-${stance(e).id}` }, Shapes.badge(stance(e)), stance(e).label);
  const section = (title, ...content) => Dom.el("section", {}, Dom.el("h3", { text: title }), ...content);
  const sourcesText = (e) => `Reported by ${Dom.plural(Data.sourcesOf[e].length, "source")} in ${Dom.plural(Data.documentsOf[e].length, "document")}`;

  const top = () => Data.range(0, Data.nodeCount)
    .sort((a, b) => Data.edgesOf[b].length - Data.edgesOf[a].length || a - b).filter((n) => Data.edgesOf[n].length).slice(0, 8);
  const overview = () => {
    const dated = [...Data.documents].sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "") || a.title.localeCompare(b.title, "en"));
    return [
      Dom.el("p", { class: "kicker", text: "What is in this graph" }),
      Dom.el("dl", { class: "figures" },
        [["entity", "entities", Data.nodeCount], ["relation", "relations", Data.edgeCount], ["sentence", "sentences", Data.sentences.text.length], ["document", "documents", Data.documents.length]]
          .map(([one, many, count]) => Dom.el("div", {}, Dom.el("dd", { text: count.toLocaleString("en") }), Dom.el("dt", { text: count === 1 ? one : many })))),
      Dom.el("p", { class: "hint", text: "Choose a line to read the sentences behind it, or a shape to see what is known of it." }),
      section("Best connected", Dom.el("ul", { class: "rows" }, top().map((n) => Dom.el("li", {}, entity(n), Dom.el("span", { class: "count", text: Data.edgesOf[n].length }))))),
      section("Documents", Dom.el("ul", { class: "documents" }, dated.slice(0, 12).map((d) =>
        Dom.el("li", {}, Dom.link(d.url, d.title), Dom.el("span", { class: "where", text: [d.publisher, d.date].filter(Boolean).join(" · ") }))),
      dated.length > 12 ? Dom.el("li", { class: "where", text: `and ${dated.length - 12} more` }) : null)),
    ];
  };

  const actions = (n) => {
    const state = State.get();
    const focus = (hops) => Dom.button(hops === 1 ? "Focus" : "2 steps", () => State.change({ focus: n, hops, path: null }), { "aria-pressed": String(state.focus === n && state.hops === hops) });
    return Dom.el("div", { class: "actions" }, focus(1), focus(2),
      Dom.button("Path to…", () => Search.pickPathEnd(n)),
      Dom.button("Hide", () => State.change({ hidden: [...state.hidden, n].sort((a, b) => a - b), selected: null, focus: state.focus === n ? null : state.focus, path: null })));
  };

  const factRow = (e, n) => Dom.el("li", { class: Filters.current().edgeSet.has(e) ? "" : "unseen" },
    entity(Data.other(e, n)),
    stance(e).badge ? Dom.el("span", { class: "stance", title: stance(e).label }, Shapes.badge(stance(e))) : null,
    Dom.button(Dom.plural(Data.documentsOf[e].length, "document"), () => select({ edge: e }), { class: "quiet", "aria-label": `Sentences: ${label(edges.subject[e])} ${Data.phrase(e)} ${label(edges.object[e])}` }));

  const factsOf = (n) => {
    const groups = new Map();
    for (const e of Data.edgesOf[n]) {
      const { label: forward, inverse, symmetric } = Data.relationOf(e);
      const title = symmetric || edges.subject[e] === n ? forward : inverse;
      const key = `${Data.familyOf(e)}~${title}`;
      groups.set(key, { family: Data.familyOf(e), title, edges: [...(groups.get(key)?.edges ?? []), e] });
    }
    return [...groups.values()].sort((a, b) => a.family - b.family || a.title.localeCompare(b.title, "en")).map((group) =>
      Dom.el("section", { class: "relation" }, Dom.el("h4", {}, Shapes.line(group.family), group.title, Dom.el("span", { class: "count", text: group.edges.length })),
        Dom.el("ul", { class: "rows" }, group.edges.map((e) => factRow(e, n)))));
  };

  const numbersOf = (n) => Data.numbersOf[n].map((i) => {
    const { numbers } = Data;
    return Dom.el("details", { class: "number" },
      Dom.el("summary", {}, Dom.el("span", { class: "metric", text: numbers.metric[i] }), Dom.el("b", { text: numbers.printed[i] }), Dom.el("span", { class: "where", text: numbers.period[i] ?? "" })),
      Evidence.ofNumber(i));
  });

  const aboutNode = (n) => {
    const home = nodes.country[n] === label(n) ? null : nodes.country[n];
    const tags = [nodes.type[n], home, ...nodes.business[n]].filter(Boolean);
    return [
      back(),
      Dom.el("h2", { class: "title" }, swatch(n), label(n)),
      Dom.el("p", { class: "tags" }, tags.map((tag) => Dom.el("span", { class: "tag", text: tag }))),
      nodes.names[n].length ? Dom.el("p", { class: "names" }, "Also ", nodes.names[n].join(" · ")) : null,
      actions(n),
      Data.numbersOf[n].length ? section("Numbers", ...numbersOf(n)) : null,
      Data.edgesOf[n].length ? section("Relations", ...factsOf(n)) : Dom.el("p", { class: "hint", text: "No relation of it is known, only numbers." }),
    ];
  };

  const back = () => Dom.button("← Overview", () => select(null), { class: "back quiet" });
  const sentence = (e) => Dom.el("div", { class: "triple" }, entity(edges.subject[e]),
    Dom.el("span", { class: "verb" }, Shapes.line(Data.familyOf(e)), Data.relationOf(e).label), entity(edges.object[e]));

  // Edges between the same two: said otherwise where the relation is the same and the stance is not.
  const siblings = (e) => Data.edgesOf[edges.subject[e]].filter((other) => other !== e && Data.other(other, edges.subject[e]) === Data.other(e, edges.subject[e]));
  const siblingRow = (e) => Dom.el("li", {}, Dom.button(`${label(edges.subject[e])} ${Data.phrase(e)} ${label(edges.object[e])}`, () => select({ edge: e }), { class: "quiet" }));

  const aboutEdge = (e) => {
    const own = Data.claimsOf(e);
    const [contrary, others] = [[], []];
    for (const other of siblings(e)) (edges.relation[other] === edges.relation[e] ? contrary : others).push(other);
    return [
      back(), sentence(e),
      Dom.el("p", { class: "tags" }, stancePill(e), Data.compared && edges.new[e] ? Dom.el("span", { class: "pill new", text: "New" }) : null, Evidence.meter(Data.confidence[e])),
      Dom.el("p", { class: "reported", text: sourcesText(e) }),
      contrary.length ? section("Also said otherwise", Dom.el("ul", { class: "rows" }, contrary.map(siblingRow))) : null,
      section(own.length === 1 ? "The sentence behind it" : `${own.length} statements behind it`, ...own.map((c) => Evidence.ofClaim(c, e))),
      others.length ? section("Also between the two", Dom.el("ul", { class: "rows" }, others.map(siblingRow))) : null,
    ];
  };

  const aboutPath = (state, shown) => {
    if (shown.unreachable) return [back(), Dom.el("p", { class: "hint", text: `No way leads from ${label(state.path[0])} to ${label(state.path[1])} over what is shown.` })];
    const steps = shown.edges.map((e) => [Math.min(shown.distance.get(edges.subject[e]), shown.distance.get(edges.object[e])), e]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return [
      Dom.el("p", { class: "kicker", text: `Shortest way, ${Dom.plural(shown.distance.get(state.path[1]), "step")}` }),
      Dom.el("h2", { class: "title", text: `${label(state.path[0])} to ${label(state.path[1])}` }),
      ...steps.map(([, e]) => Dom.el("article", { class: "step" }, sentence(e), Dom.el("blockquote", { text: Data.sentenceOf(e) }),
        Dom.el("p", { class: "terms" }, stance(e).badge ? stancePill(e) : null, Dom.button(sourcesText(e), () => select({ edge: e }), { class: "quiet" })))),
    ];
  };

  let last = null;
  const content = (state, shown) => {
    if (state.selected?.edge !== undefined) return aboutEdge(state.selected.edge);
    if (state.selected?.node !== undefined) return aboutNode(state.selected.node);
    return state.path ? aboutPath(state, shown) : overview();
  };
  const render = (state, shown) => {
    const key = JSON.stringify([state.selected, state.path]);
    host.replaceChildren(...content(state, shown).filter(Boolean));
    if (key !== last) host.scrollTop = 0;
    last = key;
  };

  return { render };
})();
