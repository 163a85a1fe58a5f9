// Pieces that the panel's pages are made of.
const Parts = (() => {
  const { nodes, edges, stances, kinds } = Data;
  const label = (n) => nodes.label[n];
  const swatch = (n) => Shapes.swatch(kinds[nodes.kind[n]]);
  const select = (selected) => State.change({ selected });
  const entity = (n) => Dom.button([swatch(n), Dom.el("span", { text: label(n) })], () => select({ node: n }), { class: "entity" });
  const stance = (e) => stances[edges.stance[e]];
  const stancePill = (e) => Dom.el("span", { class: `pill stance-${stance(e).id}` }, Shapes.badge(stance(e)), stance(e).label);
  const stanceMark = (e) => (stance(e).badge ? Dom.el("span", { class: "stance", title: stance(e).label }, Shapes.badge(stance(e)), Dom.el("span", { class: "unseen-text", text: stance(e).label })) : null);
  const newPill = (e) => (Data.compared && edges.new[e] ? Dom.el("span", { class: "pill new", text: "New" }) : null);
  const section = (title, ...content) => Dom.el("section", {}, Dom.el("h3", { text: title }), ...content);
  const rows = (items) => Dom.el("ul", { class: "rows" }, items);
  const back = () => Dom.button("← Overview", () => select(null), { class: "back quiet" });
  const sources = (e) => `Reported by ${Dom.plural(Data.sourcesOf[e].length, "source")} in ${Dom.plural(Data.documentsOf[e].length, "document")}`;
  const said = (e) => `${label(edges.subject[e])} ${Data.phrase(e)} ${label(edges.object[e])}`;
  const triple = (e) => Dom.el("div", { class: "triple" }, entity(edges.subject[e]),
    Dom.el("span", { class: "verb" }, Shapes.line(Data.familyOf(e)), Data.relationOf(e).label), entity(edges.object[e]));
  const edgeRow = (e) => Dom.el("li", { class: Filters.current().edgeSet.has(e) ? "" : "unseen" },
    Dom.button([Shapes.line(Data.familyOf(e)), Dom.el("span", { text: said(e) })], () => select({ edge: e }), { class: "fact" }), stanceMark(e));

  return { label, swatch, select, entity, stance, stancePill, stanceMark, newPill, section, rows, back, sources, said, triple, edgeRow };
})();
