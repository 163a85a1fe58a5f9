// The left panel: filter and legend in one, every choice with the number it would leave.
const Facets = (() => {
  const host = Dom.byId("facets");
  const SHOWN = 8;
  const open = new Set();
  const focusKey = () => document.activeElement?.dataset?.key ?? null;

  const values = (items) => Data.unique(Data.range(0, items.count).flatMap(items.of));
  const countries = values({ count: Data.nodeCount, of: (n) => Filters.valuesOf("country", n) })
    .sort((a, b) => (a === Filters.NONE) - (b === Filters.NONE) || a.localeCompare(b, "en"));
  const used = (facet, count) => new Set(values({ count, of: (i) => Filters.valuesOf(facet, i) }));
  const [usedKinds, usedStances] = [used("kind", Data.nodeCount), used("stance", Data.edgeCount)];

  const FACETS = [
    { id: "kind", title: "Kinds", values: Data.kinds.filter((k) => usedKinds.has(k.id)).map((k) => ({ id: k.id, label: k.label, mark: () => Shapes.swatch(k) })) },
    { id: "family", title: "Relations", values: Data.families.map((f, i) => ({ id: f.id, label: f.label, mark: () => Shapes.line(i) })) },
    { id: "stance", title: "How it is said", values: Data.stances.filter((s) => usedStances.has(s.id)).map((s) => ({ id: s.id, label: s.label, mark: () => Shapes.badge(s) })) },
    { id: "novelty", title: "Since the last build", values: Data.compared ? [{ id: "new", label: "New" }, { id: "known", label: "Known before" }] : [] },
    { id: "country", title: "Countries", values: countries.length > 1 ? countries.map((c) => ({ id: c, label: c === Filters.NONE ? "No country" : c })) : [] },
    { id: "document", title: "Documents", values: Data.documents.map((d) => ({ id: d.id, label: d.title, hint: [d.publisher, d.date].filter(Boolean).join(", ") })) },
  ];

  const row = (facet, value, counts, off) => {
    const key = `${facet.id}/${value.id}`;
    const count = counts.get(value.id) ?? 0;
    const box = Dom.el("input", { type: "checkbox", "data-key": key, onchange: () => State.toggle(facet.id, value.id) });
    box.checked = !off.includes(value.id);
    const only = Dom.button("only", () => State.onlyThis(facet.id, value.id, facet.values.map((v) => v.id)), {
      class: "only", "data-key": `${key}/only`, "aria-label": `Only ${value.label}` });
    return Dom.el("li", { class: count ? "" : "empty", title: value.hint },
      Dom.el("label", {}, box, value.mark?.(), Dom.el("span", { class: "name", text: value.label })),
      facet.values.length > 1 ? only : null, Dom.el("span", { class: "count", text: count.toLocaleString("en") }));
  };

  const section = (facet, counts, off) => {
    // Countries and documents can be many: those that leave most come first. The others are the legend, always whole.
    const long = facet.id === "country" || facet.id === "document";
    const ranked = long ? [...facet.values].sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0)) : facet.values;
    const listed = !long || open.has(facet.id) ? ranked : ranked.slice(0, SHOWN);
    const more = long && ranked.length > SHOWN && Dom.button(open.has(facet.id) ? "Fewer" : `All ${ranked.length}`, () => {
      if (!open.delete(facet.id)) open.add(facet.id);
      render(State.get(), Filters.current());
    }, { class: "more", "data-key": `${facet.id}/more` });
    return Dom.el("section", { class: `facet facet-${facet.id}` },
      Dom.el("h2", {}, facet.title, off.length ? Dom.button("all", () => State.all(facet.id), { class: "all", "data-key": `${facet.id}/all`, "aria-label": `All of ${facet.title}` }) : null),
      Dom.el("ul", {}, listed.map((value) => row(facet, value, counts, off))), more);
  };

  const confidence = (state) => {
    const out = Dom.el("output", { text: state.confidence ? `at least ${Math.round(state.confidence * 100)} %` : "any" });
    const slider = Dom.el("input", { type: "range", min: 0, max: 100, step: 5, "data-key": "confidence", "aria-label": "Least confidence in percent",
      onchange: (event) => State.change({ confidence: Number(event.target.value) / 100 }),
      oninput: (event) => { out.textContent = Number(event.target.value) ? `at least ${event.target.value} %` : "any"; } });
    slider.value = String(Math.round(state.confidence * 100));
    return Dom.el("section", { class: "facet" }, Dom.el("h2", {}, "Confidence", out), slider);
  };

  const render = (state, shown) => {
    const key = focusKey();
    const top = host.scrollTop;
    const [early, late] = [FACETS.slice(0, 4), FACETS.slice(4)];
    const sections = (list) => list.filter((f) => f.values.length).map((f) => section(f, shown.counts[f.id], state.off[f.id]));
    host.replaceChildren(...sections(early), confidence(state), ...sections(late));
    host.scrollTop = top;
    if (key) [...host.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key)?.focus({ preventScroll: true });
  };

  // The choices that leave something out, each removable by one click.
  const chips = (state) => {
    const chip = (label, onclick) => Dom.button([label, " ×"].join(""), onclick, { class: "chip", "aria-label": `Remove: ${label}` });
    const label = (n) => Data.nodes.label[n];
    const list = FACETS.flatMap((f) => (state.off[f.id].length ? [chip(`${f.title}: ${f.values.length - state.off[f.id].length} of ${f.values.length}`, () => State.all(f.id))] : []));
    if (state.focus !== null) list.push(chip(`${label(state.focus)}, ${Dom.plural(state.hops, "step")}`, () => State.change({ focus: null })));
    if (state.path) list.push(chip(`${label(state.path[0])} to ${label(state.path[1])}`, () => State.change({ path: null })));
    if (state.community !== null) list.push(chip(`Group ${state.community + 1}`, () => State.change({ community: null })));
    if (state.confidence) list.push(chip(`Confidence ${Math.round(state.confidence * 100)} % and up`, () => State.change({ confidence: 0 })));
    if (state.hidden.length) list.push(chip(`${state.hidden.length} hidden`, () => State.change({ hidden: [] })));
    return list;
  };

  return { render, chips };
})();
