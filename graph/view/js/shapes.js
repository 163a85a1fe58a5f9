// Shapes of node kinds and badges of stances, on the canvas and as elements; all are paths of radius 1.
const Shapes = (() => {
  const PATHS = Data.shapes;
  const BADGES = {
    planned: "M-.4-.45L.45 0L-.4 .45Z",
    forecast: "M-.5 .35L-.1-.1L.15 .15L.5-.4",
    possible: "M-.3-.2A.3 .3 0 1 1 .1 .08Q0 .14 0 .3M0 .52V.6",
    denied: "M-.55 .55L.55-.55",
    negated: "M-.42-.42L.42 .42M.42-.42L-.42 .42",
  };
  const cache = new Map();
  const path = (d) => {
    if (!cache.has(d)) cache.set(d, new Path2D(d));
    return cache.get(d);
  };

  const onCanvas = (ctx, shape, x, y, radius, { fill, stroke, width }) => {
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(radius, radius);
    ctx.fillStyle = fill;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width / radius;
    ctx.lineJoin = "round";
    ctx.fill(path(PATHS[shape]), "evenodd");
    ctx.stroke(path(PATHS[shape]));
    ctx.restore();
  };

  const badgeOnCanvas = (ctx, badge, x, y, radius, colour, ground) => {
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(radius, radius);
    ctx.lineWidth = 1.4 / radius;
    ctx.strokeStyle = colour;
    ctx.fillStyle = ground;
    ctx.fill(path(PATHS.circle));
    ctx.stroke(path(PATHS.circle));
    ctx.lineCap = "round";
    ctx.fillStyle = colour;
    if (badge === "planned") ctx.fill(path(BADGES[badge]));
    else ctx.stroke(path(BADGES[badge]));
    ctx.restore();
  };

  // Colours are set through the object model: the page's policy forbids style attributes.
  const coloured = (element, property, variable) => {
    element.style.setProperty(property, `var(${variable})`);
    return element;
  };
  const swatch = (kind) =>
    Dom.svg("svg", { class: "swatch", viewBox: "-1.4 -1.4 2.8 2.8", "aria-hidden": "true" },
      coloured(Dom.svg("path", { d: PATHS[kind.shape], "fill-rule": "evenodd" }), "fill", `--kind-${kind.id}`));

  const line = (number) =>
    Dom.svg("svg", { class: "line", viewBox: "0 0 26 8", "aria-hidden": "true" },
      coloured(Dom.svg("path", { d: "M1 4H25", "stroke-dasharray": Data.families[number].dash.join(" ") || "none" }),
        "stroke", `--family-${number}`));

  const badge = (stance) =>
    Dom.svg("svg", { class: `badge stance-${stance.id}`, viewBox: "-1.25 -1.25 2.5 2.5", "aria-hidden": "true" },
      Dom.svg("path", { class: "disc", d: PATHS.circle }),
      stance.badge ? Dom.svg("path", { class: stance.badge === "planned" ? "solid" : "stroke", d: BADGES[stance.badge] })
        : Dom.svg("path", { class: "stroke", d: "M-.45 .05L-.1 .4L.5-.4" }));

  return { PATHS, BADGES, onCanvas, badgeOnCanvas, swatch, line, badge };
})();
