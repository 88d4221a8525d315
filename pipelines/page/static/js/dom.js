"use strict";
/* Elements out of names and text. Text is only ever put in as text, never as markup. */
const communiques = {};

communiques.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, properties, children) {
    for (const [name, value] of Object.entries(properties || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "class") element.setAttribute("class", value);
      else if (name === "value") element.value = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    append(element, children);
    return element;
  }

  function append(element, children) {
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false) continue;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }

  const h = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);
  const svg = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

  /* A link only to the web: whatever else stands in an address column is shown as words. */
  function link(address, ...words) {
    if (!/^https?:\/\//i.test(address || "")) return h("span", null, words.length ? words : address || "");
    return h("a", { href: address, rel: "noopener noreferrer external", target: "_blank" }, words);
  }

  /* Words from outside: their direction stays their own. */
  const outside = (words, properties) => h("bdi", properties, words);

  function replace(element, ...children) {
    element.replaceChildren();
    append(element, children);
    return element;
  }

  return { h, svg, link, outside, replace };
})();
