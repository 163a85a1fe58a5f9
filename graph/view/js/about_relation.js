// The panel's pages on an edge with its sentences, on all edges of a pair, and on a path.
const AboutRelation = (() => {
  const { edges } = Data;
  const { label, section, rows, back } = Parts;

  // Edges between the same two: said otherwise where the relation is the same and the stance is not.
  const edge = (e) => {
    const own = Data.claimsOf(e);
    const siblings = Data.between(edges.subject[e], edges.object[e]).filter((other) => other !== e);
    const isContrary = (other) => edges.relation[other] === edges.relation[e] && edges.subject[other] === edges.subject[e];
    const [contrary, others] = [siblings.filter(isContrary), siblings.filter((other) => !isContrary(other))];
    return [
      back(), Dom.el("div", { role: "heading", "aria-level": 2 }, Parts.triple(e)),
      Dom.el("p", { class: "tags" }, Parts.stancePill(e), Parts.newPill(e), Evidence.meter(Data.confidence[e])),
      Dom.el("p", { class: "reported", text: Parts.sources(e) }),
      contrary.length ? section("Also said otherwise", rows(contrary.map(Parts.edgeRow))) : null,
      section(own.length === 1 ? "The sentence behind it" : `${own.length} statements behind it`, ...own.map((c) => Evidence.ofClaim(c, e))),
      others.length ? section("Also between the two", rows(others.map(Parts.edgeRow))) : null,
    ];
  };

  const step = (e) => Dom.el("article", { class: "step" }, Parts.triple(e), Dom.el("blockquote", { text: Data.sentenceOf(e) }),
    Dom.el("p", { class: "terms" }, Parts.stance(e).badge ? Parts.stancePill(e) : null, Dom.button(Parts.sources(e), () => Parts.select({ edge: e }), { class: "quiet" })));

  const pair = ([a, b]) => {
    const all = Data.between(a, b);
    const seen = all.filter((e) => Filters.current().edgeSet.has(e));
    return [
      back(),
      Dom.el("p", { class: "kicker", text: seen.length === all.length ? Dom.plural(all.length, "relation") : `${seen.length} of ${Dom.plural(all.length, "relation")} shown` }),
      Dom.el("h2", { class: "title", text: `${label(a)} and ${label(b)}` }),
      Dom.el("div", { class: "actions" }, Dom.button("Path", () => State.change({ path: [a, b], detour: 0, selected: null }))),
      ...seen.map(step),
    ];
  };

  const path = (state, shown) => {
    const [from, to] = state.path;
    if (shown.unreachable) return [back(), Dom.el("p", { class: "hint", text: `No way leads from ${label(from)} to ${label(to)} over what is shown.` })];
    const at = (e) => Math.min(shown.distance.get(edges.subject[e]) ?? Infinity, shown.distance.get(edges.object[e]) ?? Infinity);
    const steps = shown.edges.map((e) => [at(e), e]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const length = shown.distance.get(to);
    return [
      Dom.el("p", { class: "kicker", text: `Shortest ${shown.nodes.length > length + 1 ? "ways" : "way"}, ${Dom.plural(length, "step")}` }),
      Dom.el("h2", { class: "title", text: `${label(from)} to ${label(to)}` }),
      Dom.el("div", { class: "actions" }, Dom.button("One step longer too", () => State.change({ detour: 1 - state.detour }), { "aria-pressed": String(state.detour === 1) })),
      ...steps.map(([, e]) => step(e)),
    ];
  };

  return { edge, pair, path };
})();
