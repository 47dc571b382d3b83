// Words within a line: bold, italic, struck, code, links. Text stays text.

import { el } from "./dom.js";

const SAFE = /^(?:https?:\/\/|mailto:)/iu;

const DEEPEST = 6; // marks within marks; beyond it they stay text

/** Each with how it may begin, where a search for its end that fails needn't be made again: without
 *  it ten thousand stars would take seconds. */
const RULES = [
  { whole: /^\\([\\`*_{}[\]()#+\-.!~|>])/u, node: (found) => found[1] },
  { begins: /^`+/u, whole: /^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/u, node: (found) => el("code", { textContent: found[2].trim() || found[2] }) },
  { begins: /^\*\*(?=\S)/u, whole: /^\*\*(?=\S)([\s\S]*?\S)\*\*(?!\*)/u, node: (found, inside) => el("strong", {}, ...inside(found[1])) },
  { begins: /^__(?=\S)/u, whole: /^__(?=\S)([\s\S]*?\S)__(?!\w)/u, node: (found, inside) => el("strong", {}, ...inside(found[1])) },
  { begins: /^~~(?=\S)/u, whole: /^~~(?=\S)([\s\S]*?\S)~~/u, node: (found, inside) => el("s", {}, ...inside(found[1])) },
  { whole: /^\*(?=[^\s*])([^*]*?[^\s*])\*(?!\*)/u, node: (found, inside) => el("em", {}, ...inside(found[1])) },
  { whole: /^_(?=[^\s_])([^_]*?[^\s_])_(?!\w)/u, node: (found, inside) => el("em", {}, ...inside(found[1])) },
  { whole: /^!?\[([^\]\n]{0,500})\]\(\s*<?([^\s)>]{1,2000})>?(?:\s+"[^"\n]{0,200}")?\s*\)/u, node: (found) => link(found[2], found[1], found[0]) },
  { whole: /^<(https?:\/\/[^\s<>]+)>/iu, node: (found) => link(found[1], found[1], found[0]) },
  { whole: /^https?:\/\/[^\s<>()[\]"'`*]+[^\s<>()[\]"'`*.,;:!?]/iu, node: (found) => link(found[0], found[0], found[0]) },
];
const BEGINNINGS = /^[\\`*_~![<h]/iu;
const WORD = /[\p{L}\p{N}]$/u;

/** Only what leads elsewhere by a known way is a link; anything else stays the text that it was. */
function link(address, text, whole) {
  if (!SAFE.test(address)) return whole;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text || address);
}

/** Nodes and strings. */
export function inline(text, depth = 0) {
  if (depth > DEEPEST) return [text];
  const nodes = [];
  const hopeless = new Set();
  const inside = (part) => inline(part, depth + 1);
  let plain = "";
  let rest = text;
  while (rest) {
    const found = BEGINNINGS.test(rest) && !(rest[0] === "_" && WORD.test(plain.slice(-1))) ? match(rest, hopeless) : null;
    if (found) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(found.rule.node(found.groups, inside));
      rest = rest.slice(found.groups[0].length);
    } else {
      const letters = PLAIN.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0));
      plain += letters;
      rest = rest.slice(letters.length);
    }
  }
  return plain ? [...nodes, plain] : nodes;
}

const PLAIN = /^(?:[^\\`*_~![<hH]+|`{2,})/u; // where nothing can begin

function match(rest, hopeless) {
  for (const rule of RULES) {
    const mark = rule.begins?.exec(rest)?.[0];
    if ((rule.begins && !mark) || hopeless.has(mark)) continue;
    const groups = rule.whole.exec(rest);
    if (groups) return { rule, groups };
    if (mark) hopeless.add(mark);
  }
  return null;
}
