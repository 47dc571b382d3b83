// Telegram's text entities as DOM nodes. Offsets are UTF-16 units, just as JS strings count.

import { el, icon } from "./dom.js";

const SCHEMES = new Set(["http:", "https:", "tg:", "mailto:"]);
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
// Outermost first, for entities over the very same text.
const ORDER = ["blockquote", "expandable_blockquote", "pre", "spoiler", "text_link", "url"];

/** The address if it is one a reader may safely open, else null. */
export function safeUrl(address) {
  const text = String(address ?? "").trim();
  const candidate = /^[a-z][a-z0-9+.-]*:/iu.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(candidate);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(address) {
  const href = safeUrl(address);
  if (href === null) return el("span");
  return el("a", { href, rel: "noopener noreferrer", target: "_blank" });
}

function pressable(className, label) {
  return el(`span.${className}`, { role: "button", tabIndex: 0, "aria-label": label });
}

function codeBlock(language) {
  const copy = el("button.copy", { type: "button", "data-action": "copy-code", "aria-label": "Copy the code" }, icon("copy"));
  const caption = el(`div.code-head${language ? "" : ".bare"}`, {}, el("span", {}, language ?? ""), copy);
  const code = el("code");
  const node = el("div.code-block", { dir: "ltr" }, caption, el("pre", { tabIndex: 0 }, code));
  return { node, inside: code };
}

function quote(expandable) {
  const inside = el("div.quoted");
  const more = expandable
    ? el("button.more", { type: "button", "data-action": "expand", "aria-label": "Show the whole quote" }, icon("down"))
    : null;
  return { node: el(`blockquote${expandable ? ".expandable" : ""}`, { dir: "auto" }, inside, more), inside };
}

const plain = (node) => ({ node, inside: node });

function spoiler() {
  const node = pressable("spoiler", "Hidden text, press to show");
  node.dataset.action = "reveal";
  return node;
}

function command(text) {
  const node = pressable("command", `Send ${text}`);
  node.dataset.action = "command";
  node.dataset.command = text;
  return node;
}

/** {node, inside}, or null for an entity that changes nothing here. */
function shape(entity, text) {
  switch (entity.type) {
    case "bold": return plain(el("strong"));
    case "italic": return plain(el("em"));
    case "underline": return plain(el("u"));
    case "strikethrough": return plain(el("s"));
    case "code": return plain(el("code.inline"));
    case "pre": return codeBlock(entity.language);
    case "blockquote": return quote(false);
    case "expandable_blockquote": return quote(true);
    case "spoiler": return plain(spoiler());
    case "text_link": return plain(link(entity.url));
    case "url": return plain(link(text));
    case "email": return plain(link(`mailto:${text}`));
    case "bot_command": return plain(command(text));
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag": return plain(el("span.mention"));
    default: return null;
  }
}

function inOrder(one, other) {
  const rank = (entity) => (ORDER.indexOf(entity.type) + ORDER.length + 1) % (ORDER.length + 1);
  return one.start - other.start || other.end - one.end || rank(one) - rank(other);
}

function spans(text, entities) {
  return (entities ?? [])
    .map((entity) => ({
      ...entity,
      start: Math.max(0, entity.offset),
      end: Math.min(text.length, entity.offset + entity.length),
    }))
    .filter((entity) => entity.end > entity.start);
}

/** Overlapping entities are cut where the outer one ends, so that the tree stays a tree. */
function cut(list, end) {
  const inner = [];
  const later = [];
  for (const entity of list) {
    if (entity.start >= end) later.push(entity);
    else if (entity.end <= end) inner.push(entity);
    else {
      inner.push({ ...entity, end });
      later.push({ ...entity, start: end });
    }
  }
  return { inner, later };
}

function fill(parent, text, { start, end }, list) {
  let position = start;
  let rest = [...list].sort(inOrder);
  while (rest.length) {
    const [entity, ...others] = rest;
    if (entity.start > position) parent.append(text.slice(position, entity.start));
    const { inner, later } = cut(others, entity.end);
    const made = shape(entity, text.slice(entity.start, entity.end));
    fill(made?.inside ?? parent, text, entity, inner);
    if (made) parent.append(made.node);
    position = entity.end;
    // A block already ends its line; the newline after it would show as an empty one.
    if (BLOCKS.has(entity.type) && position < end && text[position] === "\n") position += 1;
    rest = later
      .map((part) => ({ ...part, start: Math.max(part.start, position) }))
      .filter((part) => part.end > part.start)
      .sort(inOrder);
  }
  if (position < end) parent.append(text.slice(position, end));
}

export function formatted(text, entities) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, { start: 0, end: text.length }, spans(text, entities));
  return fragment;
}
