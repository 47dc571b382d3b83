// Words within a line: bold, italic, struck, code, links. Text stays text.

import { el } from "./dom.js";

const SAFE = /^(?:https?:\/\/|mailto:)/iu;

const RULES = [
  [/^\\([\\`*_{}[\]()#+\-.!~|>])/u, (found) => document.createTextNode(found[1])],
  [/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/u, (found) => el("code", { textContent: found[2].trim() || found[2] })],
  [/^\*\*(?=\S)([\s\S]*?\S)\*\*/u, (found) => el("strong", {}, ...inline(found[1]))],
  [/^__(?=\S)([\s\S]*?\S)__(?!\w)/u, (found) => el("strong", {}, ...inline(found[1]))],
  [/^~~(?=\S)([\s\S]*?\S)~~/u, (found) => el("s", {}, ...inline(found[1]))],
  [/^\*(?=[^\s*])([^*]*?[^\s*])\*(?!\*)/u, (found) => el("em", {}, ...inline(found[1]))],
  [/^_(?=[^\s_])([^_]*?[^\s_])_(?!\w)/u, (found) => el("em", {}, ...inline(found[1]))],
  [/^!?\[([^\]\n]*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/u, (found) => link(found[2], found[1], found[0])],
  [/^<(https?:\/\/[^\s<>]+)>/iu, (found) => link(found[1], found[1], found[0])],
  [/^https?:\/\/[^\s<>()[\]"']+[^\s<>()[\]"'.,;:!?]/iu, (found) => link(found[0], found[0], found[0])],
];
const WORD = /[\p{L}\p{N}]$/u;

/** Only what leads elsewhere by a known way is a link; anything else stays the text that it was. */
function link(address, text, whole) {
  if (!SAFE.test(address)) return document.createTextNode(whole);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text || address);
}

export function inline(text) {
  const nodes = [];
  let plain = "";
  let rest = text;
  const flush = () => {
    if (plain) nodes.push(document.createTextNode(plain));
    plain = "";
  };
  while (rest) {
    const matched = rest[0] === "_" && WORD.test(plain) ? null : match(rest);
    if (matched) {
      flush();
      nodes.push(matched.node);
      rest = rest.slice(matched.length);
    } else {
      const letter = String.fromCodePoint(rest.codePointAt(0));
      plain += letter;
      rest = rest.slice(letter.length);
    }
  }
  flush();
  return nodes;
}

const BEGINNINGS = /^[\\`*_~![<h]/iu;

function match(rest) {
  if (!BEGINNINGS.test(rest)) return null;
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(rest);
    if (found) return { node: make(found), length: found[0].length };
  }
  return null;
}
