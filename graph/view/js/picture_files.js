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

  const line = (each, scale) => {
    const { network } = Stage;
    const look = Looks.lineLook(each);
    const points = Data.range(0, 17).map((i) => network.canvasToDOM(network.body.edges[each.id].edgeType.getPoint(i / 16)));
    const d = points.map((p, i) => `${i ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
    const dash = look.dashes ? ` stroke-dasharray="${look.dashes.map((x) => (x * scale).toFixed(1)).join(" ")}"` : "";
    return `<path d="${d}" fill="none" stroke="${look.color.color}" stroke-opacity="${look.color.opacity}" stroke-width="${(look.width * scale).toFixed(2)}"${dash}${look.arrows.to.enabled ? arrow(points.at(-4), points.at(-1), each, scale) : "/>"}`;
  };
  const arrow = (from, to, each, scale) => {
    const r = Looks.radius(each.to) * scale + 2;
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const tip = { x: to.x - r * Math.cos(angle), y: to.y - r * Math.sin(angle) };
    const wing = (turn) => `${(tip.x - 8 * Math.cos(angle + turn)).toFixed(1)} ${(tip.y - 8 * Math.sin(angle + turn)).toFixed(1)}`;
    return `/><path d="M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${wing(0.4)}L${wing(-0.4)}Z" fill="${Theme.colour(Data.families[Data.familyOf(Lines.chief(each))])}"/>`;
  };
  const shape = ({ id, x, y, radius }) => {
    const kind = Data.kinds[Data.nodes.kind[id]];
    return `<path transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${radius.toFixed(2)})" d="${Shapes.PATHS[kind.shape]}" fill="${Theme.colour(kind)}" fill-rule="evenodd" stroke="${Theme.token("outline")}" stroke-width="${(1.3 / radius).toFixed(3)}"><title>${Xml.escape(Data.nodes.label[id])}</title></path>`;
  };
  const text = (x, y, content, { size = Labels.SIZE, colour = Theme.token("ink"), weight = 500 } = {}) =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="middle" dominant-baseline="central" paint-order="stroke" stroke="${Theme.token("ground")}" stroke-width="3.5" stroke-linejoin="round">${Xml.escape(content)}</text>`;

  const svg = () => {
    const { clientWidth: w, clientHeight: h } = Stage.host;
    const { placed, verbs, scale } = Captions.compose(Dom.el("canvas").getContext("2d"));
    const at = (n) => ({ id: n, ...Stage.network.canvasToDOM(Stage.network.getPosition(n)), radius: Looks.radius(n) * scale });
    const names = placed.flatMap((p) => p.lines.map((row, i) => text(p.x + p.w / 2, p.y + Labels.LINE * (i + 0.5), row, { weight: p.bold ? 650 : 500 })));
    const words = verbs.filter((r) => r.text && r.length > r.text.length * 6).map((r) => text(r.at(0.5).x, r.at(0.5).y, r.text, { size: 10.5, colour: r.colour, weight: 450 }));
    const body = [...Stage.lines.map((each) => line(each, scale)), ...words, ...Stage.nodes.map((n) => shape(at(n))), ...names];
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${Xml.escape(Labels.FONT)}"><rect width="100%" height="100%" fill="${Theme.token("ground")}"/>`;
    return `${head}${body.join("\n")}</svg>\n`;
  };

  return { png, svg };
})();
