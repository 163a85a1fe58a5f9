// What is shown, as files: PNG and SVG of the picture, CSV and GraphML of the relations.
const Exports = (() => {
  const { nodes, edges } = Data;
  const name = (Data.title.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() || "graph").slice(0, 60);
  const save = (blob, extension) => {
    const address = URL.createObjectURL(blob);
    Dom.el("a", { href: address, download: `${name}.${extension}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  // XML 1.0 has no place for most control characters or for lone surrogates, escaped or not.
  const escape = (text) => String(text).toWellFormed().replace(/[^\t\n\r\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);

  const png = () => {
    const canvas = Picture.canvas();
    const copy = Dom.el("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const ctx = copy.getContext("2d");
    ctx.fillStyle = Theme.token("ground");
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(canvas, 0, 0);
    copy.toBlob((blob) => save(blob, "png"), "image/png");
  };

  const line = (network, e, scale) => {
    const { edgeLook } = Picture.drawing();
    const look = edgeLook(e);
    const points = Data.range(0, 17).map((i) => network.canvasToDOM(network.body.edges[e].edgeType.getPoint(i / 16)));
    const d = points.map((p, i) => `${i ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
    const dash = look.dashes ? ` stroke-dasharray="${look.dashes.map((x) => (x * scale).toFixed(1)).join(" ")}"` : "";
    return `<path d="${d}" fill="none" stroke="${look.color.color}" stroke-opacity="${look.color.opacity}" stroke-width="${(look.width * scale).toFixed(2)}"${dash}${look.arrows.to.enabled ? arrow(points.at(-4), points.at(-1), e, scale) : "/>"}`;
  };
  const arrow = (from, to, e, scale) => {
    const r = Picture.drawing().radius(edges.object[e]) * scale + 2;
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const tip = { x: to.x - r * Math.cos(angle), y: to.y - r * Math.sin(angle) };
    const wing = (turn) => `${(tip.x - 8 * Math.cos(angle + turn)).toFixed(1)} ${(tip.y - 8 * Math.sin(angle + turn)).toFixed(1)}`;
    return `/><path d="M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${wing(0.4)}L${wing(-0.4)}Z" fill="${Theme.colour(Data.families[Data.familyOf(e)])}"/>`;
  };
  const shape = ({ id, x, y, radius }) => {
    const kind = Data.kinds[nodes.kind[id]];
    return `<path transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${radius.toFixed(2)})" d="${Shapes.PATHS[kind.shape]}" fill="${Theme.colour(kind)}" fill-rule="evenodd" stroke="${Theme.token("outline")}" stroke-width="${(1.3 / radius).toFixed(3)}"><title>${escape(nodes.label[id])}</title></path>`;
  };
  const text = (x, y, content, { size = Labels.SIZE, colour = Theme.token("ink"), weight = 500 } = {}) =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="middle" dominant-baseline="central" paint-order="stroke" stroke="${Theme.token("ground")}" stroke-width="3.5" stroke-linejoin="round">${escape(content)}</text>`;

  const svg = () => {
    const { network, shown, radius } = Picture.drawing();
    const { clientWidth: w, clientHeight: h } = Picture.host;
    const { placed, relations, scale } = Picture.compose(Dom.el("canvas").getContext("2d"));
    const at = (n) => ({ id: n, ...network.canvasToDOM(network.getPosition(n)), radius: radius(n) * scale });
    const names = placed.flatMap((p) => p.lines.map((row, i) => text(p.x + p.w / 2, p.y + Labels.LINE * (i + 0.5), row, { weight: p.bold ? 650 : 500 })));
    const verbs = relations.filter((r) => r.text && r.length > r.text.length * 6).map((r) => text(r.at(0.5).x, r.at(0.5).y, r.text, { size: 10.5, colour: r.colour, weight: 450 }));
    const body = [...shown.edges.map((e) => line(network, e, scale)), ...verbs, ...shown.nodes.map((n) => shape(at(n))), ...names];
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${escape(Labels.FONT)}"><rect width="100%" height="100%" fill="${Theme.token("ground")}"/>`;
    save(new Blob([`${head}${body.join("\n")}</svg>\n`], { type: "image/svg+xml" }), "svg");
  };

  // A cell that a spreadsheet would run as a formula is kept as text.
  const csvCell = (value) => {
    const plain = String(value ?? "");
    const guarded = typeof value === "string" && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
    return `"${guarded.replaceAll('"', '""')}"`;
  };
  const csv = () => {
    const row = (e) => {
      const d = Data.documentsOf[e].map((i) => Data.documents[i]);
      return [nodes.id[edges.subject[e]], nodes.label[edges.subject[e]], Data.relationOf(e).id, nodes.id[edges.object[e]], nodes.label[edges.object[e]],
        Data.stances[edges.stance[e]].id, Math.round(Data.confidence[e] * 1000) / 1000, Data.sourcesOf[e].length,
        d.map((x) => x.title).join(" | "), d.map((x) => x.date).filter(Boolean).join(" | "), d.map((x) => x.url).filter(Boolean).join(" | "), Data.sentenceOf(e)];
    };
    const head = ["subject", "subject label", "relation", "object", "object label", "stance", "confidence", "sources", "documents", "dates", "addresses", "sentence"];
    const rows = [head, ...Filters.current().edges.map(row)];
    save(new Blob(["\u{FEFF}", rows.map((cells) => cells.map(csvCell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }), "csv");
  };

  const graphml = () => {
    const { nodes: ns, edges: es } = Filters.current();
    const KEYS = { label: "node", type: "node", country: "node", relation: "edge", stance: "edge", confidence: "edge", sources: "edge", sentence: "edge" };
    const keys = Object.entries(KEYS).map(([id, on]) => `<key id="${id}" for="${on}" attr.name="${id}" attr.type="${id === "confidence" ? "double" : id === "sources" ? "int" : "string"}"/>`);
    const data = (values) => Object.entries(values).filter(([, v]) => v !== null).map(([key, v]) => `<data key="${key}">${escape(v)}</data>`).join("");
    const node = (n) => `<node id="${escape(nodes.id[n])}">${data({ label: nodes.label[n], type: nodes.type[n], country: nodes.country[n] })}</node>`;
    const edge = (e) => `<edge id="e${e}" source="${escape(nodes.id[edges.subject[e]])}" target="${escape(nodes.id[edges.object[e]])}">${data({
      relation: Data.relationOf(e).id, stance: Data.stances[edges.stance[e]].id, confidence: Data.confidence[e].toFixed(3), sources: Data.sourcesOf[e].length, sentence: Data.sentenceOf(e) })}</edge>`;
    const text = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...keys, '<graph edgedefault="directed">', ...ns.map(node), ...es.map(edge), "</graph></graphml>", ""];
    save(new Blob([text.join("\n")], { type: "application/xml" }), "graphml");
  };

  const KINDS = [["PNG image", png, "picture"], ["SVG drawing", svg, "picture"], ["CSV table", csv, ""], ["GraphML graph", graphml, ""]];
  const menu = () => {
    const button = Dom.byId("export");
    const list = Dom.byId("export-menu");
    const show = (open) => { list.hidden = !open; button.setAttribute("aria-expanded", String(open)); if (open) list.firstElementChild.focus(); };
    list.append(...KINDS.map(([label, run, needs]) => Dom.button(label, () => {
      show(false);
      button.focus();
      if (needs === "picture") State.change({ view: "graph" });
      run();
    }, { role: "menuitem" })));
    button.addEventListener("click", () => show(list.hidden));
    list.addEventListener("keydown", (event) => {
      const items = [...list.children];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus(); }
      if (event.key === "Escape") { event.stopPropagation(); show(false); button.focus(); }
    });
    document.addEventListener("click", (event) => { if (!list.hidden && !list.parentElement.contains(event.target)) show(false); });
  };

  return { menu };
})();
