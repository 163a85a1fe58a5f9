// The left panel: filter and legend in one, every choice with the number it would leave.
const Facets = (() => {
  const host = Dom.byId("facets");
  const SHOWN = 8;
  const NOT_KNOWN = { country: "No country", business: "Not known", year: "No date" };
  const open = new Set();
  const focusKey = () => document.activeElement?.dataset?.key ?? null;

  const used = (facet) => new Set(Facts.values(facet));
  const [usedKinds, usedStances] = [used("kind"), used("stance")];
  const isNone = (value) => value === Facts.NONE;
  const named = (facet, order) => {
    const values = Facts.values(facet).sort((a, b) => isNone(a) - isNone(b) || order(a, b));
    return values.length > 1 ? values.map((value) => ({ id: value, label: isNone(value) ? NOT_KNOWN[facet] : value })) : [];
  };
  const byName = (a, b) => a.localeCompare(b, "en");

  // Of the long ones those values come first that leave most; the legend and the years are always whole and in order.
  const FACETS = [
    { id: "kind", title: "Kinds", values: Data.kinds.filter((k) => usedKinds.has(k.id)).map((k) => ({ id: k.id, label: k.label, mark: () => Shapes.swatch(k) })) },
    { id: "family", title: "Relations", values: Data.families.map((f, i) => ({ id: f.id, label: f.label, mark: () => Shapes.line(i) })) },
    { id: "stance", title: "How it is said", values: Data.stances.filter((s) => usedStances.has(s.id)).map((s) => ({ id: s.id, label: s.label, mark: () => Shapes.badge(s) })) },
    { id: "novelty", title: "Since the last build", values: Data.compared ? [{ id: "new", label: "New" }, { id: "known", label: "Known before" }] : [] },
    { id: "year", title: "Years", bars: true, values: named("year", (a, b) => b.localeCompare(a, "en")) },
    { id: "country", title: "Countries", long: true, values: named("country", byName) },
    { id: "business", title: "Business models", long: true, values: named("business", byName) },
    { id: "publisher", title: "Sources", long: true, values: named("publisher", byName) },
    { id: "document", title: "Documents", long: true, values: Data.documents.map((d) => ({ id: d.id, label: d.title, hint: [d.publisher, d.date].filter(Boolean).join(", ") })) },
  ];

  const row = (facet, value, count, most, off) => {
    const key = `${facet.id}/${value.id}`;
    const box = Dom.el("input", { type: "checkbox", "data-key": key, "aria-description": String(count), onchange: () => State.toggle(facet.id, value.id) });
    box.checked = !off.has(value.id);
    const only = Dom.button("only", () => State.onlyThis(facet.id, value.id, facet.values.map((v) => v.id)), {
      class: "only", "data-key": `${key}/only`, "aria-label": `Only ${value.label}` });
    const item = Dom.el("li", { class: count ? "" : "empty", title: value.hint },
      Dom.el("label", {}, box, value.mark?.(), Dom.el("span", { class: "name", text: value.label })),
      facet.values.length > 1 ? only : null, Dom.el("span", { class: "count", text: count.toLocaleString("en") }));
    if (facet.bars) item.style.setProperty("--share", `${(100 * count) / most}%`);
    return item;
  };

  const section = (facet, counts, chosen) => {
    const off = new Set(chosen);
    const count = (value) => counts.get(value.id) ?? 0;
    const ranked = facet.long ? [...facet.values].sort((a, b) => count(b) - count(a)) : facet.values;
    const listed = (facet.long || facet.bars) && !open.has(facet.id) ? ranked.slice(0, SHOWN) : ranked;
    const more = (facet.long || facet.bars) && ranked.length > SHOWN && Dom.button(open.has(facet.id) ? "Fewer" : `All ${ranked.length}`, () => {
      if (!open.delete(facet.id)) open.add(facet.id);
      render(State.get(), Filters.current());
    }, { class: "more", "data-key": `${facet.id}/more`, "aria-label": open.has(facet.id) ? `Fewer of ${facet.title}` : `List all ${ranked.length} of ${facet.title}` });
    const most = Math.max(1, ...counts.values());
    return Dom.el("section", { class: `facet facet-${facet.id}${facet.bars ? " bars" : ""}` },
      Dom.el("h2", {}, facet.title, chosen.length ? Dom.button("all", () => State.all(facet.id), { class: "all", "data-key": `${facet.id}/all`, "aria-label": `All of ${facet.title}` }) : null),
      Dom.el("ul", {}, listed.map((value) => row(facet, value, count(value), most, off))), more);
  };

  const confidence = (state) => {
    const out = Dom.el("output", { text: state.confidence ? `at least ${Math.round(state.confidence * 100)} %` : "any" });
    const slider = Dom.el("input", { type: "range", min: 0, max: 100, step: 5, "data-key": "confidence", "aria-label": "Least confidence in percent",
      onchange: (event) => State.change({ confidence: Number(event.target.value) / 100 }),
      oninput: (event) => { out.textContent = Number(event.target.value) ? `at least ${event.target.value} %` : "any"; } });
    slider.value = String(Math.round(state.confidence * 100));
    return Dom.el("section", { class: "facet facet-confidence" }, Dom.el("h2", {}, "Confidence", out), slider);
  };

  const render = (state, shown) => {
    const key = focusKey();
    const top = host.scrollTop;
    const [early, late] = [FACETS.slice(0, 4), FACETS.slice(4)];
    const counts = shown.counts();
    const sections = (list) => list.filter((f) => f.values.length).map((f) => section(f, counts[f.id], state.off[f.id]));
    host.replaceChildren(...sections(early), confidence(state), ...sections(late));
    host.scrollTop = top;
    if (key) [...host.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key)?.focus({ preventScroll: true });
  };

  return { FACETS, render };
})();
