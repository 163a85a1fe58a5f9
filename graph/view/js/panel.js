// The right panel: what the graph holds as a whole, or the page on what is selected.
const Panel = (() => {
  const host = Dom.byId("panel");
  const LISTED = 12;
  const { section, rows } = Parts;

  const connected = Data.range(0, Data.nodeCount).filter((n) => Data.edgesOf[n].length)
    .sort((a, b) => Data.edgesOf[b].length - Data.edgesOf[a].length || a - b).slice(0, 8);
  const dated = [...Data.documents].sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "") || a.title.localeCompare(b.title, "en"));
  const fresh = Data.compared ? Data.range(0, Data.edgeCount).filter((e) => Data.edges.new[e]) : [];
  const latest = fresh.length ? fresh : Data.range(0, Data.edgeCount).map((e) => [Data.timeOf(Data.edges.first[e]), e])
    .filter(([time]) => time).sort((a, b) => b[0].localeCompare(a[0], "en") || a[1] - b[1]).slice(0, 6).map(([, e]) => e);

  const listed = (items, one) => [...items.slice(0, LISTED).map(one), items.length > LISTED ? Dom.el("li", { class: "where", text: `and ${(items.length - LISTED).toLocaleString("en")} more` }) : null];
  const figures = [["entity", "entities", Data.nodeCount], ["relation", "relations", Data.edgeCount], ["sentence", "sentences", Data.sentences.text.length], ["document", "documents", Data.documents.length]];
  const group = ({ community, leader, size, open }) => Dom.el("li", {},
    Dom.button([Parts.swatch(leader), Dom.el("span", { text: Overview.name(community) })], () => State.change({ open: open ? State.get().open.filter((n) => Data.nodes.community[n] !== community) : [...State.get().open, leader] }),
      { class: "entity", "aria-expanded": String(open) }), Dom.el("span", { class: "count", text: size.toLocaleString("en") }));

  const whole = () => [
    Dom.el("h2", { class: "kicker", text: "What is in this graph" }),
    Dom.el("dl", { class: "figures" }, figures.map(([one, many, count]) => Dom.el("div", {}, Dom.el("dd", { text: count.toLocaleString("en") }), Dom.el("dt", { text: count === 1 ? one : many })))),
    Dom.el("p", { class: "hint", text: "Choose a line to read the sentences behind it, or a shape to see what is known of it." }),
    Stage.overview ? section("Groups by size", rows(listed(Stage.overview.groups, group))) : null,
    section("Best connected", rows(connected.map((n) => Dom.el("li", {}, Parts.entity(n), Dom.el("span", { class: "count", text: Data.edgesOf[n].length }))))),
    latest.length ? section(fresh.length ? `New since the last build (${fresh.length.toLocaleString("en")})` : "Latest", rows(listed(latest, Parts.edgeRow))) : null,
    section("Documents", Dom.el("ul", { class: "documents" }, listed(dated, (d) =>
      Dom.el("li", {}, Dom.link(d.url, d.title), Dom.el("span", { class: "where", text: [d.publisher, d.date].filter(Boolean).join(" · ") }))))),
    section("Mind", Dom.el("p", { class: "hint", text: "A confidence says how sure the reading is, not whether the text is right. Sources count publishers, whoever copied from whom. What no document says is missing here." })),
  ];

  const content = (state, shown) => {
    const { selected, path } = state;
    if (selected?.edge !== undefined) return AboutRelation.edge(selected.edge);
    if (selected?.pair) return AboutRelation.pair(selected.pair);
    if (selected?.node !== undefined) return AboutEntity.page(selected.node);
    return path ? AboutRelation.path(state, shown) : whole();
  };

  let last = null;
  const render = (state, shown) => {
    const key = JSON.stringify([state.selected, state.path]);
    host.replaceChildren(...content(state, shown).filter(Boolean));
    if (key !== last) host.scrollTop = 0;
    last = key;
  };

  return { render };
})();
