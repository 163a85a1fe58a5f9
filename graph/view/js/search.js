// Finding by any name: labels, aliases, native names, tickers, ids; accents and case do not matter.
const Search = (() => {
  const input = Dom.byId("search");
  const list = Dom.byId("found");
  const MOST = 10;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const index = Data.range(0, Data.nodeCount).map((n) => [...Data.namesOf(n), Data.nodes.id[n], ...Data.nodes.known[n].map(([, key]) => key)].map((name) => [name, fold(name)]));
  let results = [];
  let active = -1;
  let pathStart = null;

  const score = (folded, query) => {
    if (folded === query) return 4;
    if (folded.startsWith(query)) return 3;
    if (folded.split(/[\s(/-]+/).some((word) => word.startsWith(query))) return 2;
    return folded.includes(query) ? 1 : 0;
  };
  const match = (n, query) => {
    let best = null;
    index[n].forEach(([name, folded], i) => {
      const points = score(folded, query) * 2 + (i === 0 ? 1 : 0);
      if (points > 1 && (!best || points > best.points)) best = { n, name, points };
    });
    return best;
  };
  const lookup = (text) => {
    const query = fold(text.trim());
    if (!query) return [];
    return Data.range(0, Data.nodeCount).map((n) => match(n, query)).filter(Boolean)
      .sort((a, b) => b.points - a.points || Data.nodes.rank[b.n] - Data.nodes.rank[a.n] || a.n - b.n).slice(0, MOST);
  };

  const row = ({ n, name }, i) => Dom.el("li", { role: "option", id: `found-${i}`, "aria-selected": String(i === active), onmousedown: (event) => { event.preventDefault(); choose(i); } },
    Shapes.swatch(Data.kinds[Data.nodes.kind[n]]),
    Dom.el("span", { class: "name", text: Data.nodes.label[n] }),
    Dom.el("span", { class: "where", text: name === Data.nodes.label[n] || name === Data.nodes.id[n] ? Data.nodes.type[n] : name }));

  const show = () => {
    const nothing = input.value.trim() && !results.length;
    list.replaceChildren(...results.map(row), ...(nothing ? [Dom.el("li", { class: "nothing", text: "Nothing goes by that name." })] : []));
    list.hidden = !results.length && !nothing;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `found-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    results = [];
    active = -1;
    input.value = "";
    pathStart = null;
    input.placeholder = "Find an actor, product, policy";
    show();
  };

  // What is found is shown, whatever was hiding it.
  const reveal = (n) => {
    if (Filters.current().nodeSet.has(n)) State.change({ selected: { node: n } });
    else State.change({ selected: { node: n }, focus: n, hops: 1, path: null, hidden: State.get().hidden.filter((h) => h !== n) });
    if (Stage.drawn.has(n)) Picture.centre(n);
    else State.change({ focus: n, hops: 1, path: null });
  };
  const choose = (i) => {
    const { n } = results[i];
    const start = pathStart;
    close();
    input.blur();
    if (start === null) reveal(n);
    else if (start !== n) State.change({ path: [start, n], detour: 0, selected: null });
  };
  const pickPathEnd = (n) => {
    pathStart = n;
    input.value = "";
    input.placeholder = `Path from ${Data.nodes.label[n]} to …`;
    input.focus();
  };

  const keys = {
    ArrowDown: () => { active = Math.min(active + 1, results.length - 1); },
    ArrowUp: () => { active = Math.max(active - 1, 0); },
    Enter: () => { if (results.length) choose(Math.max(active, 0)); },
    Escape: () => { close(); input.blur(); },
  };
  input.addEventListener("input", () => { results = lookup(input.value); active = results.length ? 0 : -1; show(); });
  input.addEventListener("keydown", (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
    if (document.activeElement === input) show();
  });
  input.addEventListener("blur", () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); });

  return { focus: () => { input.focus(); input.select(); }, pickPathEnd, lookup };
})();
