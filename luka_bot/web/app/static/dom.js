// Builds nodes without ever parsing text as HTML.

const PROPERTIES = new Set(["textContent", "hidden", "href", "value", "disabled", "tabIndex"]);

/** el("button.primary", {"aria-label": "Send"}, child, "text") */
export function el(selector, attributes = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

const SHAPES = {
  luka: "M11 4v10.500H4.200zM12.700 7l6.300 7.500h-6.300zM3.500 16h17c-.8 2.500-2.900 4-5.300 4H8.800c-2.400 0-4.500-1.500-5.300-4z",
  send: "M3.400 20.400 21 12 3.400 3.600l-.01 6.500L15 12 3.390 13.900z",
  back: "M20 11H7.800l5.600-5.600L12 4l-8 8 8 8 1.400-1.400L7.800 13H20z",
  down: "M12 15.700 5.300 9l1.400-1.400 5.300 5.300 5.300-5.300L18.700 9z",
  close: "m12 10.600 5.300-5.300 1.400 1.400-5.300 5.300 5.300 5.300-1.400 1.400-5.300-5.300-5.300 5.300-1.400-1.400 5.300-5.300-5.300-5.300 1.400-1.400z",
  reply: "M10 9V5l-7 7 7 7v-4.100c5 0 8.500 1.600 11 5.100-1-5-4-10-11-11z",
  check: "M9.500 16.200 5.300 12l-1.400 1.400 5.600 5.600L20.500 8 19.100 6.600z",
  copy: "M16 1H4a2 2 0 0 0-2 2v13h2V3h12zm3 4H8a2 2 0 0 0-2 2v14c0 1.100.9 2 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2zm0 16H8V7h11z",
  pencil: "M4 16.500V20h3.500L17.900 9.600l-3.500-3.500zM20.300 7.200l-1.700 1.700-3.500-3.500 1.700-1.700a1 1 0 0 1 1.400 0l2.100 2.100a1 1 0 0 1 0 1.400z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  stop: "M7 7h10v10H7z",
  trash: "M9 3h6l1 2h4v2H4V5h4zM6 9h12l-1 12H7z",
  people: "M8.500 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zm7.500 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm-7.500 2C5.500 13.500 2 15 2 17.500V19h13v-1.500c0-2.500-3.500-4-6.500-4zm7.500 0c-.4 0-.8 0-1.200.1 1.300.9 2.200 2.200 2.200 3.900V19h5v-1.500c0-2.500-3.200-4-6-4z",
  dots: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm-1 2v6l4.500 2.700 1-1.700-3.500-2.100V7z",
  out: "M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5v-2H6V6h4zm5.600 3.400-1.400 1.400 2.200 2.200H9v2h7.400l-2.200 2.200 1.400 1.400L20.200 12z",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, selector = "button.icon-button") {
  return el(selector, { type: "button", "aria-label": label, title: label, onclick }, icon(name));
}

/** Words for those who hear the page. */
export const unseen = (textContent) => el("span.unseen", { textContent });

const HUES = 8;

function hueOf(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % HUES;
}

function initials(name) {
  const words = name.trim().split(/\s+/u);
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase() || "?";
}

/** The picture of somebody; luka and other agents have a mark of their own. */
export function avatar(id, name, isAgent) {
  const node = el("span.avatar", { "aria-hidden": "true", "data-hue": hueOf(id) });
  node.classList.toggle("agent", isAgent);
  node.append(id === "agent:luka" ? icon("luka") : initials(name));
  return node;
}
