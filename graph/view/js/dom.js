// Elements made of data. Texts become text nodes, never markup, so that no name, sentence or address can run.
const Dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const byId = (id) => document.getElementById(id);

  const set = (element, name, value) => {
    if (value === null || value === undefined || value === false) return;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  };

  const build = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) set(element, name, value);
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  };

  const el = (tag, attributes = {}, ...children) => build(document.createElement(tag), attributes, children);
  const svg = (tag, attributes = {}, ...children) => build(document.createElementNS(SVG, tag), attributes, children);
  const button = (label, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, label);

  // Only web addresses become links: a "javascript:" address stays plain text.
  const safeUrl = (address) => {
    if (!address) return null;
    try {
      const url = new URL(address);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  };

  const link = (address, label) => {
    const href = safeUrl(address);
    return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, label) : el("span", {}, label);
  };

  const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

  return { byId, el, svg, button, link, safeUrl, plural };
})();
