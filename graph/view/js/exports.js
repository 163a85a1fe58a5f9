// The menu of files: what is shown, in the formats of PictureFiles, GraphFiles and Turtle; and the link to it.
const Exports = (() => {
  const name = (Data.title.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() || "graph").slice(0, 60);
  const save = (blob, extension) => {
    const address = URL.createObjectURL(blob);
    Dom.el("a", { href: address, download: `${name}.${extension}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  const link = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      Dom.byId("status").textContent = "The link is copied: it opens this view of this file.";
    } catch {
      Dom.byId("status").textContent = "Copying is not allowed here: the address bar holds the link.";
    }
  };
  const KINDS = [
    ["PNG image", "png", "image/png", PictureFiles.png], ["SVG drawing", "svg", "image/svg+xml", PictureFiles.svg], ["CSV table", "csv", "text/csv", GraphFiles.csv],
    ["GraphML graph", "graphml", "application/xml", GraphFiles.graphml], ["GEXF graph", "gexf", "application/xml", GraphFiles.gexf], ["Turtle (RDF)", "ttl", "text/turtle", Turtle.turtle]];
  const PICTURES = new Set(["png", "svg"]);
  const write = async (extension, type, make) => {
    if (PICTURES.has(extension)) State.change({ view: "graph" });
    save(new Blob([await make()], { type }), extension);
  };
  const menu = () => {
    const button = Dom.byId("export");
    const list = Dom.byId("export-menu");
    const show = (open) => { list.hidden = !open; button.setAttribute("aria-expanded", String(open)); if (open) list.firstElementChild.focus(); };
    list.append(...KINDS.map(([label, extension, type, make]) => Dom.button(label, () => {
      show(false);
      button.focus();
      write(extension, type, make);
    }, { role: "menuitem" })), Dom.button("Link to this view", () => { show(false); link(); }, { role: "menuitem" }));
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
