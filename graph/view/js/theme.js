// Light or dark: the system's wish, or what the reader switched to.
const Theme = (() => {
  const wish = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  const TOKENS = ["ground", "ink", "muted", "outline", "accent", "line", "panel", "disc", "fresh", "fresh-soft"];
  let own = null;
  let tokens = {};
  const dark = () => (own === null ? wish.matches : own === "dark");
  const colour = (item) => (dark() ? item.dark : item.light);

  const apply = () => {
    const root = document.documentElement;
    root.dataset.theme = dark() ? "dark" : "light";
    Data.kinds.forEach((kind) => root.style.setProperty(`--kind-${kind.id}`, colour(kind)));
    Data.families.forEach((family, i) => root.style.setProperty(`--family-${i}`, colour(family)));
    const computed = getComputedStyle(root);
    tokens = Object.fromEntries(TOKENS.map((name) => [name, computed.getPropertyValue(`--${name}`).trim()]));
    listeners.forEach((listener) => listener());
  };
  const toggle = () => {
    own = dark() ? "light" : "dark";
    apply();
  };
  wish.addEventListener("change", apply);

  return { dark, colour, apply, toggle, listen: (listener) => listeners.push(listener), token: (name) => tokens[name] };
})();
