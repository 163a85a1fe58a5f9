// The same selection as rows: all that the picture shows, for reading, sorting, keyboards and screen readers.
const Table = (() => {
  const host = Dom.byId("table");
  // What is set out without a wait that is felt; the rest follows on request.
  const STEP = 400;
  const { nodes, edges, numbers } = Data;
  const label = (n) => nodes.label[n];
  const words = new Intl.Collator("en");
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : words.compare(a, b));
  const dates = (e) => Data.documentsOf[e].map((d) => Data.documents[d].date).filter(Boolean).sort();
  const open = (selected, text) => Dom.button(text, () => State.change({ selected }), { class: "cell" });

  const TABS = {
    relations: {
      title: "Relations", items: (shown) => shown.edges,
      columns: [
        { title: "Subject", value: (e) => label(edges.subject[e]), cell: (e) => open({ node: edges.subject[e] }, label(edges.subject[e])) },
        { title: "Relation", value: (e) => Data.relationOf(e).label, cell: (e) => open({ edge: e }, Data.phrase(e)) },
        { title: "Object", value: (e) => label(edges.object[e]), cell: (e) => open({ node: edges.object[e] }, label(edges.object[e])) },
        { title: "Sentence", value: (e) => Data.sentenceOf(e), wide: true },
        { title: "Latest", value: (e) => dates(e).at(-1) ?? "" },
        { title: "Sources", value: (e) => Data.sourcesOf[e].length },
        { title: "Confidence", value: (e) => Data.confidence[e], text: (e) => Evidence.percent(Data.confidence[e]) },
        { title: "Said as", value: (e) => Data.stances[edges.stance[e]].label },
      ],
    },
    entities: {
      title: "Entities", items: (shown) => shown.nodes,
      columns: [
        { title: "Name", value: label, cell: (n) => open({ node: n }, label(n)) },
        { title: "Type", value: (n) => nodes.type[n] },
        { title: "Country", value: (n) => nodes.country[n] ?? "" },
        { title: "Business model", value: (n) => nodes.business[n].join(", ") },
        { title: "Relations", value: (n) => Data.edgesOf[n].filter((e) => Filters.current().edgeSet.has(e)).length },
        { title: "Numbers", value: (n) => Data.numbersOf[n].length },
        { title: "Other names", value: (n) => nodes.names[n].join(" · "), wide: true },
      ],
    },
    numbers: {
      title: "Numbers", items: (shown) => shown.nodes.flatMap((n) => Data.numbersOf[n]),
      columns: [
        { title: "About", value: (i) => label(numbers.about[i]), cell: (i) => open({ node: numbers.about[i] }, label(numbers.about[i])) },
        { title: "Metric", value: (i) => numbers.measures[i] },
        { title: "As printed", value: (i) => numbers.printed[i] },
        { title: "Period", value: (i) => numbers.period[i] ?? "" },
        { title: "Sentence", value: (i) => Data.sentences.text[numbers.sentences[i][0]], wide: true },
        { title: "Value", value: (i) => numbers.value[i], text: (i) => numbers.value[i].toLocaleString("en") },
        { title: "Unit", value: (i) => numbers.unit[i] },
      ],
    },
  };

  let tab = "relations";
  let order = { column: null, down: false };
  let limit = STEP;
  const again = () => render(Filters.current());

  const sorted = (items) => {
    if (order.column === null) return items;
    const { value } = TABS[tab].columns[order.column];
    const way = order.down ? -1 : 1;
    // Each value is made once, not once a comparison.
    return items.map((item) => ({ item, key: value(item) })).sort((a, b) => way * compare(a.key, b.key) || a.item - b.item).map(({ item }) => item);
  };
  const sortBy = (column) => {
    order = { column, down: order.column === column && !order.down };
    again();
    host.querySelectorAll("thead button")[column].focus();
  };
  const head = ({ title }, i) => Dom.el("th", { scope: "col", "aria-sort": order.column === i ? (order.down ? "descending" : "ascending") : null },
    Dom.button(title, () => sortBy(i)));
  const cell = (column, item) => Dom.el("td", { class: column.wide ? "wide" : "" }, column.cell ? column.cell(item) : Dom.el("div", {}, (column.text ?? column.value)(item)));

  const tabs = (shown) => Dom.el("div", { class: "tabs", role: "group", "aria-label": "Table of" }, Object.entries(TABS).map(([id, { title, items }]) =>
    Dom.button(`${title} ${items(shown).length.toLocaleString("en")}`, () => { tab = id; order = { column: null, down: false }; limit = STEP; again(); }, { "aria-pressed": String(tab === id) })));

  const render = (shown) => {
    const { title, items, columns } = TABS[tab];
    const rows = sorted(items(shown));
    host.replaceChildren(tabs(shown), Dom.el("div", { class: "scroll" },
      Dom.el("table", {}, Dom.el("caption", { text: `${title} shown` }), Dom.el("thead", {}, Dom.el("tr", {}, columns.map(head))),
        Dom.el("tbody", {}, rows.slice(0, limit).map((item) => Dom.el("tr", {}, columns.map((column) => cell(column, item))))))),
    ...(rows.length > limit ? [Dom.button(`Show ${Math.min(STEP, rows.length - limit).toLocaleString("en")} more of ${rows.length.toLocaleString("en")}`, () => { limit += STEP; again(); }, { class: "more" })] : []));
  };

  return { render };
})();
