// The first picture, before all else is made: panels, tables and vis-network itself take longer than it does.
const presented = () => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  // A page in the background draws no frames.
  setTimeout(done, 300);
});
State.open();
Theme.apply();
if (State.get().view === "graph") {
  Picture.render(State.get(), Filters.current());
  Picture.sketch();
  await presented();
  performance.mark("picture");
}
// The browser reads the library only now: it came along as text.
document.head.append(Dom.el("script", { text: Dom.byId("library").textContent }));
