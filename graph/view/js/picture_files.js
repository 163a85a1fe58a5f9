// The picture as a file: PNG as it stands on the screen, SVG with the same lines, shapes and names.
const Xml = {
  // XML 1.0 has no place for most control characters or for lone surrogates, escaped or not.
  escape: (text) => String(text).toWellFormed().replace(/[^\t\n\r\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`),
};
const PictureFiles = (() => {
  const png = () => {
    const canvas = Picture.canvas();
    const copy = Dom.el("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const ctx = copy.getContext("2d");
    ctx.fillStyle = Theme.token("ground");
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(canvas, 0, 0);
    return new Promise((done) => { copy.toBlob(done, "image/png"); });
  };

  const outline = (points) => points.map(Stage.onScreen).map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const line = (each, scale) => {
    const look = Looks.lineLook(each);
    const head = Strokes.arrow(each, look);
    const [until, steps] = [head?.tail ?? 1, each.bend || each.from === each.to ? 16 : 1];
    const d = outline(Data.range(0, steps + 1).map((i) => Strokes.point(each, (until * i) / steps)));
    const width = Strokes.width(look) * scale;
    const path = (more) => `<path d="${d}" fill="none" ${more}/>`;
    return [
      look.fresh ? path(`stroke="${Theme.token("fresh-soft")}" stroke-width="${(width + look.fresh * scale).toFixed(2)}"`) : "",
      path(`stroke="${look.colour}" stroke-opacity="${look.opacity}" stroke-width="${width.toFixed(2)}" stroke-dasharray="${look.dash.map((x) => (x * scale).toFixed(1)).join(" ") || "none"}"`),
      head ? `<path d="${outline(head.points)}Z" fill="${look.colour}" fill-opacity="${look.opacity}"/>` : "",
    ].join("");
  };
  const placed = (x, y, radius) => `transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${radius.toFixed(2)})"`;
  const shape = ({ id, x, y, radius }) => {
    const kind = Data.kinds[Data.nodes.kind[id]];
    const disc = Stage.overview?.discs.has(id);
    const around = disc ? `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(2)}" fill="${Theme.token("disc")}" stroke="${Theme.token("muted")}" stroke-width="1.2"/>` : "";
    const size = disc ? radius * Looks.INSIDE : radius;
    return `${around}<path ${placed(x, y, size)} d="${Shapes.PATHS[kind.shape]}" fill="${Theme.colour(kind)}" fill-rule="evenodd" stroke="${Theme.token("outline")}" stroke-width="${(1.3 / size).toFixed(3)}"><title>${Xml.escape(Data.nodes.label[id])}</title></path>`;
  };
  const badge = (x, y, { badge: id, colour }) => {
    const ground = Theme.token("ground");
    const ink = id === "planned" ? `fill="${colour}"` : `fill="none" stroke="${colour}" stroke-width=".22" stroke-linecap="round"`;
    return `<g ${placed(x, y, 6)}><path d="${Shapes.PATHS.circle}" fill="${ground}" stroke="${colour}" stroke-width=".22"/><path d="${Shapes.BADGES[id]}" ${ink}/></g>`;
  };
  const text = (x, y, content, { size = Labels.SIZE, colour = Theme.token("ink"), weight = 500, turn = 0 } = {}) =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="middle" dominant-baseline="central" paint-order="stroke" stroke="${Theme.token("ground")}" stroke-width="3.5" stroke-linejoin="round"${turn ? ` transform="rotate(${turn.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})"` : ""}>${Xml.escape(content)}</text>`;
  // The name of a relation along its line, after its badge.
  const word = (each) => {
    const { x, y, angle, w, colour, weight } = each;
    const along = (by) => [x + by * Math.cos(angle), y + by * Math.sin(angle)];
    if (!each.text) return badge(x, y, each);
    const turn = (angle * 180) / Math.PI;
    const plate = `<rect transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})" x="${(-w / 2).toFixed(1)}" y="-7.5" width="${w.toFixed(1)}" height="15" rx="7" fill="${Theme.token("ground")}" fill-opacity=".92"/>`;
    const written = plate + text(...along(each.badge ? 8 : 0), each.text, { size: Labels.SMALL, colour, weight, turn });
    return each.badge ? written + badge(...along(8 - w / 2), each) : written;
  };

  const svg = () => {
    const { clientWidth: w, clientHeight: h } = Stage.host;
    const { placed: named, relations, scale } = Captions.compose(Dom.el("canvas").getContext("2d"));
    const at = (n) => ({ id: n, ...Stage.onScreen(Stage.place(n)), radius: Looks.radius(n) * scale });
    const names = named.flatMap((p) => p.lines.map((row, i) => text(p.x + p.w / 2, p.y + Labels.LINE * (i + 0.5), row, { weight: p.bold ? 650 : 500 })));
    const body = [...Stage.lines.map((each) => line(each, scale)), ...relations.map(word), ...Stage.nodes.map((n) => shape(at(n))), ...names];
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${Xml.escape(Labels.FONT)}"><rect width="100%" height="100%" fill="${Theme.token("ground")}"/>`;
    return `${head}${body.join("\n")}</svg>\n`;
  };

  return { png, svg };
})();
