// The same selection as a matrix: who is tied to whom, around the best connected; a cell holds all that ties a pair.
const Matrix = (() => {
  const host = Dom.byId("matrix");
  const STEP = 30;
  let size = STEP;
  const { nodes } = Data;

  const tied = (shown) => {
    const degree = new Map();
    for (const e of shown.edges) for (const n of [Data.edges.subject[e], Data.edges.object[e]]) degree.set(n, (degree.get(n) ?? 0) + 1);
    return degree;
  };
  // The best connected, and step by step who has most ties to those that are there: else most cells would be empty.
  const around = (shown, degree, count) => {
    const ties = new Map([...degree.keys()].map((n) => [n, 0]));
    const isBetter = (a, b) => ties.get(a) - ties.get(b) || degree.get(a) - degree.get(b) || b - a;
    const chosen = [];
    while (ties.size && chosen.length < count) {
      const best = [...ties.keys()].reduce((found, n) => (isBetter(n, found) > 0 ? n : found));
      ties.delete(best);
      chosen.push(best);
      for (const e of Data.edgesOf[best]) {
        const other = Data.other(e, best);
        if (shown.edgeSet.has(e) && ties.has(other)) ties.set(other, ties.get(other) + 1);
      }
    }
    return chosen;
  };
  // Neighbours in the matrix are neighbours in the graph: by community, the best connected community first.
  const ordered = (chosen) => {
    const first = new Map();
    chosen.forEach((n, i) => { if (!first.has(nodes.community[n])) first.set(nodes.community[n], i); });
    return [...chosen].sort((a, b) => first.get(nodes.community[a]) - first.get(nodes.community[b]) || chosen.indexOf(a) - chosen.indexOf(b));
  };

  const cell = (edges, a, b) => {
    if (!edges) return Dom.el("td", {});
    const family = Data.familyOf(Lines.chief({ edges }));
    const stance = edges.some(Data.isFact) ? "" : " doubtful";
    const selected = edges.length === 1 ? { edge: edges[0] } : { pair: [a, b] };
    const button = Dom.button(String(edges.length), () => Parts.select(selected), { class: `tie${stance}`, "aria-label": `${edges.length}: ${edges.map(Parts.said).join("; ")}`, title: edges.map(Parts.said).join("\n") });
    button.style.setProperty("--colour", `var(--family-${family})`);
    return Dom.el("td", {}, button);
  };

  const render = (shown) => {
    const degree = tied(shown);
    const chosen = ordered(around(shown, degree, size));
    const inside = new Set(chosen);
    const pairs = new Map();
    for (const e of shown.edges) {
      const [s, o] = [Data.edges.subject[e], Data.edges.object[e]];
      if (!inside.has(s) || !inside.has(o)) continue;
      if (!pairs.has(`${s},${o}`)) pairs.set(`${s},${o}`, []);
      pairs.get(`${s},${o}`).push(e);
    }
    const counted = [...pairs.values()].reduce((sum, edges) => sum + edges.length, 0);
    const head = Dom.el("tr", {}, Dom.el("td", { class: "corner" }, "from ↓ to →"), chosen.map((n) => Dom.el("th", { scope: "col" }, Dom.el("span", { text: nodes.label[n], title: nodes.label[n] }))));
    const row = (a) => Dom.el("tr", {}, Dom.el("th", { scope: "row" }, Parts.entity(a)), chosen.map((b) => cell(pairs.get(`${a},${b}`), a, b)));
    host.replaceChildren(
      Dom.el("p", { class: "where summary" }, `${chosen.length} of ${Dom.plural(shown.nodes.length, "entity", "entities")}, the best connected and those most tied to them, with ${counted.toLocaleString("en")} of ${Dom.plural(shown.edges.length, "relation")}. A row's entity is the subject; a hatched cell holds no plain fact. `,
        degree.size > size ? Dom.button(`Show ${Math.min(STEP, degree.size - size)} more`, () => { size += STEP; render(Filters.current()); }, { class: "more" }) : null),
      Dom.el("div", { class: "scroll" }, Dom.el("table", { class: "matrix" }, Dom.el("caption", { text: "Who is tied to whom" }), Dom.el("thead", {}, head), Dom.el("tbody", {}, chosen.map(row)))));
  };

  return { render };
})();
