// The shapes of node kinds, once, as paths of radius 1: the canvas, the legend and the SVG export draw the same ones.
const Shapes = (() => {
  const CIRCLE = "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0Z";
  const PATHS = {
    circle: CIRCLE,
    ring: `${CIRCLE}M-.52 0A.52 .52 0 1 0 .52 0A.52 .52 0 1 0-.52 0Z`,
    square: "M-.84-.84H.84V.84H-.84Z",
    rounded: "M-.5-.86H.5A.36 .36 0 0 1 .86-.5V.5A.36 .36 0 0 1 .5 .86H-.5A.36 .36 0 0 1-.86 .5V-.5A.36 .36 0 0 1-.5-.86Z",
    drop: "M0-1.05A.5 .5 0 0 1 .3-.14Q.95 .1 .92 .95H-.92Q-.95 .1-.3-.14A.5 .5 0 0 1 0-1.05Z",
    house: "M0-1.05L1-.2V.88H-1V-.2Z",
    diamond: "M0-1.15L1.15 0L0 1.15L-1.15 0Z",
    hexagon: "M1.05 0L.53 .92H-.53L-1.05 0L-.53-.92H.53Z",
    triangle: "M0-1.1L1.1 .85H-1.1Z",
    dot: "M-.7 0A.7 .7 0 1 1 .7 0A.7 .7 0 1 1-.7 0Z",
  };
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
    ctx.fill(path(CIRCLE));
    ctx.stroke(path(CIRCLE));
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
      Dom.svg("path", { class: "disc", d: CIRCLE }),
      stance.badge ? Dom.svg("path", { class: stance.badge === "planned" ? "solid" : "stroke", d: BADGES[stance.badge] })
        : Dom.svg("path", { class: "stroke", d: "M-.45 .05L-.1 .4L.5-.4" }));

  return { PATHS, BADGES, onCanvas, badgeOnCanvas, swatch, line, badge };
})();
