// The panel's page on an entity: names, ids, what can be done with it, numbers, facts by relation.
const AboutEntity = (() => {
  const { nodes, edges, numbers } = Data;
  const { label, section } = Parts;
  const without = (list, n) => list.filter((other) => other !== n);

  const toggle = (text, pressed, patch) => Dom.button(text, () => State.change(patch), { "aria-pressed": String(pressed) });
  const actions = (n) => {
    const { focus, hops, hidden, pinned } = State.get();
    const around = (text, steps) => toggle(text, focus === n && hops === steps, { focus: n, hops: steps, path: null });
    const isPinned = pinned.includes(n);
    return Dom.el("div", { class: "actions" }, around("Focus", 1), around("2 steps", 2),
      Dom.button("Path to…", () => Search.pickPathEnd(n)),
      toggle(isPinned ? "Unpin" : "Pin", isPinned, { pinned: isPinned ? without(pinned, n) : [...pinned, n] }),
      Dom.button("Hide", () => State.change({ hidden: [...hidden, n].sort((a, b) => a - b), pinned: without(pinned, n), selected: null, focus: focus === n ? null : focus, path: null })));
  };

  const counted = (e) => Dom.plural(Data.documentsOf[e].length, "document");
  const factRow = (e, n) => Dom.el("li", { class: Filters.current().edgeSet.has(e) ? "" : "unseen" },
    Parts.entity(Data.other(e, n)), Parts.stanceMark(e),
    Dom.button(counted(e), () => Parts.select({ edge: e }), { class: "quiet", "aria-label": `${counted(e)}: ${Parts.said(e)}` }));
  const facts = (n) => {
    const groups = new Map();
    for (const e of Data.edgesOf[n]) {
      const { label: forward, inverse, symmetric } = Data.relationOf(e);
      const title = symmetric || edges.subject[e] === n ? forward : inverse;
      const key = `${Data.familyOf(e)}~${title}`;
      if (!groups.has(key)) groups.set(key, { family: Data.familyOf(e), title, edges: [] });
      groups.get(key).edges.push(e);
    }
    return [...groups.values()].sort((a, b) => a.family - b.family || a.title.localeCompare(b.title, "en")).map((group) =>
      Dom.el("section", { class: "relation" }, Dom.el("h4", {}, Shapes.line(group.family), group.title, Dom.el("span", { class: "count", text: group.edges.length })),
        Parts.rows(group.edges.map((e) => factRow(e, n)))));
  };

  const number = (i) => Dom.el("details", { class: "number" },
    Dom.el("summary", {}, Dom.el("span", { class: "metric", text: numbers.measures[i] }), Dom.el("b", { text: numbers.printed[i] }), Dom.el("span", { class: "where", text: [numbers.period[i], numbers.forecast[i] ? "forecast" : null].filter(Boolean).join(", ") })),
    Evidence.ofNumber(i));
  const measured = (n) => Charts.series(Data.numbersOf[n]).flatMap((list) => [Charts.chart(list), ...list.map(number)]);

  const ids = (n) => Dom.el("p", { class: "ids" }, [["id", nodes.id[n]], ...nodes.known[n]].map(([register, key]) =>
    Dom.el("span", { class: "fact-chip" }, Dom.el("b", { text: register }), " ",
      register === "Wikidata" ? Dom.link(`https://www.wikidata.org/wiki/${encodeURIComponent(key)}`, key) : key)));

  const page = (n) => {
    const home = nodes.country[n] === label(n) ? null : nodes.country[n];
    const tags = [nodes.type[n], home, ...nodes.business[n]].filter(Boolean);
    return [
      Parts.back(),
      Dom.el("h2", { class: "title" }, Parts.swatch(n), label(n)),
      Dom.el("p", { class: "tags" }, tags.map((tag) => Dom.el("span", { class: "tag", text: tag })), Data.compared && nodes.new[n] ? Dom.el("span", { class: "pill new", text: "New" }) : null),
      nodes.names[n].length ? Dom.el("p", { class: "names" }, "Also ", nodes.names[n].join(" · ")) : null,
      ids(n), actions(n),
      Data.numbersOf[n].length ? section("Numbers", ...measured(n)) : null,
      Data.edgesOf[n].length ? section("Relations", ...facts(n)) : Dom.el("p", { class: "hint", text: "No relation of it is known, only numbers." }),
    ];
  };

  return { page };
})();
