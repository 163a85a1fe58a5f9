// The choices that leave something out or change the arrangement, each removable by one click.
const Chips = (() => {
  const host = Dom.byId("chips");
  const label = (n) => Data.nodes.label[n];
  const chip = (text, patch) => Dom.button(`${text} ×`, () => (typeof patch === "function" ? patch() : State.change(patch)), { class: "chip", "aria-label": `Remove: ${text}` });

  const facets = (state) => Facets.FACETS.filter((f) => state.off[f.id].length).map((f) =>
    chip(`${f.title}: ${f.values.length - state.off[f.id].length} of ${f.values.length}`, () => State.all(f.id)));
  const arrangement = (state) => [
    state.focus !== null && chip(`${label(state.focus)}, ${Dom.plural(state.hops, "step")}`, { focus: null }),
    state.path && chip(`${label(state.path[0])} to ${label(state.path[1])}${state.detour ? ", one step longer" : ""}`, { path: null, detour: 0 }),
    ...state.open.map((n) => chip(`Open: ${Overview.name(Data.nodes.community[n])}`, { open: state.open.filter((m) => m !== n) })),
    state.confidence && chip(`Confidence ${Math.round(state.confidence * 100)} % and up`, { confidence: 0 }),
    state.hidden.length && chip(`${state.hidden.length} hidden`, { hidden: [] }),
    state.pinned.length && chip(`${state.pinned.length} pinned`, { pinned: [] }),
    Object.keys(state.moved).length && chip(`${Object.keys(state.moved).length} moved`, { moved: {} }),
  ].filter(Boolean);

  const render = (state) => {
    const chips = [...facets(state), ...arrangement(state)];
    host.replaceChildren(...chips, ...(chips.length ? [Dom.button("Reset", State.reset, { class: "chip plain" })] : []));
  };

  return { render };
})();
