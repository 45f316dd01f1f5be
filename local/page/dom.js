// The one way this page makes elements: attributes and children, never HTML from content.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  fill(made, attributes, children);
  return made;
}

export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(made, attributes, children);
  return made;
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
}

export const byId = (id) => document.getElementById(id);

// Only web and mail links may be followed; anything else, javascript: above all, stays text.
export function link(url, ...children) {
  const isSafe = /^(https?:|mailto:)/i.test(url);
  if (!isSafe) return element("span", {}, ...children);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

export function toast(text) {
  const place = byId("toast");
  place.replaceChildren(element("div", { class: "toast" }, text));
  setTimeout(() => place.replaceChildren(), 5000);
}

// Says so where a picture cannot be shown, with the words that stand for it.
export function picture(attributes) {
  const made = element("img", attributes);
  made.addEventListener("error", () => made.replaceWith(element("span", { class: "muted broken", role: "img" },
    `This picture cannot be shown${attributes.alt ? `: ${attributes.alt}` : "."}`)), { once: true });
  return made;
}
