// The relations shown as files that other programs read: CSV, GraphML, GEXF.
const GraphFiles = (() => {
  const { nodes, edges } = Data;
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
    return `\u{FEFF}${rows.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
  };

  // One list of attributes for both XML formats: what a node and an edge say beside their ends.
  const NODE = { label: "string", type: "string", country: "string" };
  const EDGE = { relation: "string", stance: "string", confidence: "double", sources: "integer", sentence: "string" };
  const ofNode = (n) => ({ label: nodes.label[n], type: nodes.type[n], country: nodes.country[n] });
  const ofEdge = (e) => ({ relation: Data.relationOf(e).id, stance: Data.stances[edges.stance[e]].id, confidence: Data.confidence[e].toFixed(3), sources: Data.sourcesOf[e].length, sentence: Data.sentenceOf(e) });
  const said = (values, one) => Object.entries(values).filter(([, value]) => value !== null).map(one).join("");
  const { escape } = Xml;

  const graphml = () => {
    const shown = Filters.current();
    const key = (on, types) => Object.entries(types).map(([id, type]) => `<key id="${id}" for="${on}" attr.name="${id}" attr.type="${type === "integer" ? "int" : type}"/>`);
    const data = ([id, value]) => `<data key="${id}">${escape(value)}</data>`;
    const node = (n) => `<node id="${escape(nodes.id[n])}">${said(ofNode(n), data)}</node>`;
    const edge = (e) => `<edge id="e${e}" source="${escape(nodes.id[edges.subject[e]])}" target="${escape(nodes.id[edges.object[e]])}">${said(ofEdge(e), data)}</edge>`;
    return ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...key("node", NODE), ...key("edge", EDGE),
      '<graph edgedefault="directed">', ...shown.nodes.map(node), ...shown.edges.map(edge), "</graph></graphml>", ""].join("\n");
  };

  const gexf = () => {
    const shown = Filters.current();
    const attributes = (on, types) => `<attributes class="${on}">${Object.entries(types).filter(([id]) => id !== "label").map(([id, type]) => `<attribute id="${id}" title="${id}" type="${type}"/>`).join("")}</attributes>`;
    const value = ([id, text]) => `<attvalue for="${id}" value="${escape(text)}"/>`;
    const place = (n) => `<viz:position x="${nodes.x[n]}" y="${-nodes.y[n]}" z="0"/>`;
    const node = (n) => { const { label, ...rest } = ofNode(n); return `<node id="${escape(nodes.id[n])}" label="${escape(label)}"><attvalues>${said(rest, value)}</attvalues>${place(n)}</node>`; };
    const edge = (e) => `<edge id="${e}" source="${escape(nodes.id[edges.subject[e]])}" target="${escape(nodes.id[edges.object[e]])}" label="${escape(Data.relationOf(e).id)}" weight="${Math.max(1, Data.sourcesOf[e].length)}"><attvalues>${said(ofEdge(e), value)}</attvalues></edge>`;
    return ['<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><graph mode="static" defaultedgetype="directed">',
      attributes("node", NODE), attributes("edge", EDGE), "<nodes>", ...shown.nodes.map(node), "</nodes><edges>", ...shown.edges.map(edge), "</edges></graph></gexf>", ""].join("\n");
  };

  return { csv, graphml, gexf };
})();
