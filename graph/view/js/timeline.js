// The same selection in the order of time: bars of relations by family over months or years, and the list beneath.
const Timeline = (() => {
  const host = Dom.byId("timeline");
  const [HEIGHT, FOOT] = [130, 20];
  // As wide as it is shown, so that its texts keep their size.
  const breadth = () => Math.max(240, host.clientWidth - 32);
  const MONTHS_UP_TO = 48;
  const STEP = 300;
  let period = null;
  let limit = STEP;

  const events = (shown) => shown.edges.flatMap((e) => Data.claimsOf(e).map((c) => ({ e, c, time: Data.timeOf(c) })));
  const latestFirst = (a, b) => (a < b) - (a > b);
  // Texts such as "2024-Q3" are kept under their year.
  const month = (time) => (/^\d{4}-\d{2}/.test(time) ? time.slice(0, 7) : time.slice(0, 4));
  const next = (label) => {
    if (label.length === 4) return String(Number(label) + 1);
    const [year, number] = label.split("-").map(Number);
    return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  };
  const bins = (dated) => {
    const months = Data.unique(dated.map(({ time }) => month(time))).filter((label) => label.length === 7).sort();
    const years = Data.unique(dated.map(({ time }) => time.slice(0, 4))).sort();
    const [from, to] = [years[0], years.at(-1)];
    const fine = months.length > 0 && dated.every(({ time }) => month(time).length === 7) && (Number(to) - Number(from) + 1) * 12 <= MONTHS_UP_TO;
    const [first, last] = fine ? [months[0], months.at(-1)] : [from, to];
    // A year that is a slip of the pen must not stretch the axis: then only the years that occur are listed.
    if (!fine && Number(to) - Number(from) > 60) return { labels: years, of: (time) => time.slice(0, 4) };
    const labels = [first];
    while (labels.at(-1) < last) labels.push(next(labels.at(-1)));
    return { labels, of: fine ? month : (time) => time.slice(0, 4) };
  };

  const stack = (list, x, width, scale) => {
    let y = HEIGHT - FOOT;
    return Data.families.map((family, f) => {
      const count = list.filter(({ e }) => Data.familyOf(e) === f).length;
      if (!count) return null;
      y -= count * scale;
      const rect = Dom.svg("rect", { x, y, width, height: Math.max(0.5, count * scale - 0.6) });
      rect.style.setProperty("fill", `var(--family-${f})`);
      return rect;
    });
  };
  const chart = (dated) => {
    const { labels, of } = bins(dated);
    const by = new Map(labels.map((label) => [label, []]));
    for (const event of dated) by.get(of(event.time))?.push(event);
    const scale = (HEIGHT - FOOT - 16) / Math.max(1, ...[...by.values()].map((list) => list.length));
    const width = breadth();
    const step = width / labels.length;
    const every = Math.ceil(labels.length / (width / 64));
    const bar = (label, i) => {
      const list = by.get(label);
      const pick = () => { period = period === label ? null : label; limit = STEP; again(); };
      return Dom.svg("g", { class: `bin${period === label ? " chosen" : ""}`, role: "button", tabindex: list.length ? 0 : null, "data-bin": label,
        "aria-label": `${label}: ${Dom.plural(list.length, "statement")}`, "aria-pressed": String(period === label), onclick: pick,
        onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); pick(); } } },
      Dom.svg("rect", { class: "back", x: i * step, y: 0, width: step, height: HEIGHT }), stack(list, i * step + step * 0.14, step * 0.72, scale),
      i % every ? null : Dom.svg("text", { x: (i + 0.5) * step, y: HEIGHT - 5, "text-anchor": "middle", text: label }));
    };
    return { of, figure: Dom.svg("svg", { class: "bins", viewBox: `0 0 ${width} ${HEIGHT}`, role: "group", "aria-label": "Statements by time" }, labels.map(bar)) };
  };

  const row = ({ e, c, time }) => Dom.el("li", {},
    Dom.el("time", { text: time || "no date" }),
    Dom.button([Shapes.line(Data.familyOf(e)), Dom.el("span", { text: Parts.said(e) })], () => Parts.select({ edge: e }), { class: "fact" }), Parts.stanceMark(e), Parts.newPill(e),
    Dom.el("p", { class: "where", text: Data.sentences.text[Data.claims.sentences[c][0]] }));

  const again = () => {
    const focused = document.activeElement?.dataset?.bin;
    render(Filters.current());
    if (focused) [...host.querySelectorAll("[data-bin]")].find((bin) => bin.dataset.bin === focused)?.focus();
  };
  const render = (shown) => {
    const all = events(shown);
    const dated = all.filter(({ time }) => /^\d{4}/.test(time));
    const { of, figure } = dated.length ? chart(dated) : { of: null, figure: null };
    const listed = (period ? dated.filter(({ time }) => of(time) === period) : all).sort((a, b) => latestFirst(a.time, b.time) || a.e - b.e || a.c - b.c);
    const undated = all.length - dated.length;
    host.replaceChildren(...[figure,
      Dom.el("p", { class: "where summary" }, period ? Dom.button(`${period} ×`, () => { period = null; again(); }, { class: "chip", "aria-label": `Remove: ${period}` }) : null,
        ` ${Dom.plural(listed.length, "statement")} of ${all.length.toLocaleString("en")}${undated ? `, ${undated.toLocaleString("en")} without a date` : ""}. The time is what the sentence speaks of, else the date of its document.`),
      Dom.el("ol", { class: "events" }, listed.slice(0, limit).map(row)),
      listed.length > limit ? Dom.button(`Show ${Math.min(STEP, listed.length - limit)} more of ${listed.length.toLocaleString("en")}`, () => { limit += STEP; again(); }, { class: "more" }) : null].filter(Boolean));
  };

  return { render };
})();
