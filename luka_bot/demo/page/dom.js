// Builds nodes without ever parsing text as HTML.

const PROPERTIES = new Set(["textContent", "hidden", "href", "src", "value", "disabled", "tabIndex"]);

/** el("button.round.send", {"aria-label": "Send"}, child, "text") */
export function el(selector, attributes = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

const SHAPES = {
  luka: "M11 4v10.500H4.200zM12.700 7l6.300 7.500h-6.300zM3.500 16h17c-.8 2.500-2.900 4-5.300 4H8.800c-2.400 0-4.500-1.500-5.300-4z",
  send: "M3.400 20.400 21 12 3.400 3.600l-.01 6.500L15 12 3.390 13.900z",
  attach: "M16.500 6.200v10.600a4.300 4.300 0 0 1-8.600 0V5.500a2.800 2.800 0 0 1 5.600 0v9.900a1.300 1.300 0 0 1-2.600 0V6.200H9.400v9.200a2.800 2.800 0 0 0 5.600 0V5.500a4.300 4.300 0 0 0-8.600 0v11.300a5.800 5.800 0 0 0 11.600 0V6.200z",
  back: "M20 11H7.800l5.600-5.600L12 4l-8 8 8 8 1.400-1.400L7.800 13H20z",
  down: "M12 15.700 5.300 9l1.400-1.400 5.300 5.300 5.300-5.300L18.700 9z",
  close: "m12 10.600 5.300-5.300 1.400 1.400-5.300 5.300 5.300 5.300-1.400 1.400-5.300-5.300-5.300 5.300-1.400-1.400 5.300-5.300-5.300-5.300 1.400-1.400z",
  reply: "M10 9V5l-7 7 7 7v-4.100c5 0 8.500 1.600 11 5.100-1-5-4-10-11-11z",
  edit: "M3 17.300V21h3.700L17.800 9.900l-3.700-3.700zM20.700 7a1 1 0 0 0 0-1.400l-2.300-2.300a1 1 0 0 0-1.400 0l-1.800 1.800 3.700 3.700z",
  copy: "M16 1H4a2 2 0 0 0-2 2v13h2V3h12zm3 4H8a2 2 0 0 0-2 2v14c0 1.100.9 2 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2zm0 16H8V7h11z",
  done: "M9 16.200 4.800 12l-1.400 1.400L9 19 21 7l-1.400-1.400z",
  sun: "M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM11 1h2v3h-2zm0 19h2v3h-2zM1 11h3v2H1zm19 0h3v2h-3zM3.500 4.900l1.400-1.400L7 5.600 5.600 7zM17 18.400l1.400-1.400 2.100 2.100-1.400 1.400zM3.500 19.100 5.600 17 7 18.400l-2.100 2.100zM17 5.600l2.100-2.100 1.400 1.400L18.400 7z",
  moon: "M12.300 3a9 9 0 1 0 8.600 11.700A7.500 7.500 0 0 1 12.300 3z",
  file: "M14 2H6a2 2 0 0 0-2 2v16c0 1.100.9 2 2 2h12a2 2 0 0 0 2-2V8zm-1 7V3.500L18.500 9z",
  slash: "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5c0-1.100.9-2 2-2zm0 2v14h14V5zm7.900 2h2.300l-4.100 10H8.800z",
  group: "M8.500 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zm7.500 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm-7.500 2C5.500 13.500 2 15 2 17.500V19h13v-1.500c0-2.500-3.500-4-6.500-4zm7.500 0c-.4 0-.8 0-1.200.1 1.300.9 2.200 2.200 2.200 3.900V19h5v-1.500c0-2.500-3.200-4-6-4z",
  sticker: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16zM8.500 11a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zm7 0a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zM12 17.500c2.300 0 4.300-1.400 5.100-3.500H6.900c.8 2.100 2.800 3.500 5.100 3.500z",
  voice: "M12 14a3 3 0 0 0 3-3V5a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zm5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.900V21h2v-3.100a7 7 0 0 0 6-6.900z",
  spark: "M12 2l2.200 7.800L22 12l-7.800 2.200L12 22l-2.200-7.800L2 12l7.800-2.200z",
  silent: "M12 22a2 2 0 0 0 2-2h-4a2 2 0 0 0 2 2zM6 17v-6a6 6 0 0 1 12 0v6l1.500 1.500h-15zM3 4.500 4.500 3 21 19.500 19.500 21z",
  link: "M6.500 17.500 15.600 8.400V14h2V5H8.600v2h5.600l-9.100 9.100z",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

const HUES = 6;

/** A stable colour of the palette for a person or a chat. */
export const hueOf = (id) => Math.abs(Number(id)) % HUES;

function initials(name) {
  const words = name.replace(/\(.*\)/u, "").trim().split(/\s+/u);
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

/** Turns `node` (or a new one) into the picture of a person, a group or luka itself. */
export function avatar(who, node = el("span.avatar", { "aria-hidden": "true" })) {
  const isLuka = who.kind === "luka";
  node.classList.toggle("luka", isLuka);
  if (isLuka) delete node.dataset.hue;
  else node.dataset.hue = hueOf(who.id);
  if (isLuka) node.replaceChildren(icon("luka"));
  else if (who.kind === "group") node.replaceChildren(icon("group"));
  else node.replaceChildren(initials(who.name));
  return node;
}
