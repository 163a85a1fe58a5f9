// Numbers of an entity as small bar charts: one for every measure that has several periods.
const Charts = (() => {
  const [WIDTH, HEIGHT, FOOT, HEAD] = [312, 96, 16, 14];
  const { numbers } = Data;
  const details = (i) => numbers.details[i].filter(([key]) => key !== "forecast" && key !== "approximate").map(([key, value]) => `${key} ${value}`).join(", ");
  const title = (i) => [numbers.measures[i], details(i)].filter(Boolean).join(", ");

  // Numbers that can stand in one chart: same measure, unit and scope; each period once, the surest number of it.
  const series = (list) => {
    const found = new Map();
    for (const i of list) {
      const key = JSON.stringify([title(i), numbers.unit[i]]);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(i);
    }
    return [...found.values()];
  };
  const byPeriod = (list) => {
    const best = new Map();
    for (const i of list) {
      const period = numbers.period[i];
      if (period && (!best.has(period) || numbers.confidence[i] > numbers.confidence[best.get(period)])) best.set(period, i);
    }
    return [...best.values()].sort((a, b) => numbers.period[a].localeCompare(numbers.period[b], "en"));
  };

  const short = (value) => new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 }).format(value);
  const label = (x, y, text, kind) => Dom.svg("text", { x, y, "text-anchor": "middle", class: kind, text });
  const bar = (i, at, step, scale, zero) => {
    const value = numbers.value[i];
    const top = value >= 0 ? zero - value * scale : zero;
    const x = at * step + step * 0.18;
    const middle = at * step + step / 2;
    return Dom.svg("g", {},
      Dom.svg("rect", { x, y: top, width: step * 0.64, height: Math.max(1, Math.abs(value) * scale), rx: 2, class: numbers.forecast[i] ? "bar forecast" : "bar" },
        Dom.svg("title", { text: `${numbers.period[i]}: ${numbers.printed[i]}` })),
      label(middle, Math.max(10, top - 3), short(value), "value"), label(middle, HEIGHT - 4, numbers.period[i], "period"));
  };

  // Null where there are not two periods to compare.
  const chart = (list) => {
    const shown = byPeriod(list).slice(-8);
    if (shown.length < 2) return null;
    const values = shown.map((i) => numbers.value[i]);
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const scale = (HEIGHT - FOOT - HEAD) / (high - low || 1);
    const zero = HEAD + high * scale;
    const said = shown.map((i) => `${numbers.period[i]} ${numbers.printed[i]}${numbers.forecast[i] ? " (forecast)" : ""}`).join(", ");
    const step = Math.min(72, WIDTH / shown.length);
    return Dom.el("figure", { class: "chart" },
      Dom.el("figcaption", { text: `${title(list[0])}, ${numbers.unit[list[0]]}` }),
      Dom.svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${title(list[0])}: ${said}` },
        Dom.svg("path", { class: "zero", d: `M0 ${zero}H${step * shown.length}` }), shown.map((i, at) => bar(i, at, step, scale, zero))));
  };

  return { series, chart };
})();
