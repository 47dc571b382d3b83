// Markdown as nodes. Nothing of it is ever parsed as HTML: a tag in somebody's words is text.

import { copy } from "./clipboard.js";
import { el, icon, iconButton } from "./dom.js";
import { closed } from "./halfopen.js";
import { inline } from "./inline.js";
import { t } from "./words.js";

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)/u;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/u;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/u;
const QUOTE = /^ {0,3}> ?/u;
const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})[.)])\s+(.*)$/u;
const DEEPEST = 10; // lists and quotes within each other; beyond it they stay text
const DIVIDER = /^\s*\|?(?:\s*:?-{1,}:?\s*\|)+\s*:?-*:?\s*$/u;

/** growing: it ends in the middle of anything, which is shown as if it were closed. */
export function markdown(text, growing = false) {
  const fragment = document.createDocumentFragment();
  fragment.append(...blocks((growing ? closed(text) : text).replaceAll("\r\n", "\n").split("\n"), 0));
  return fragment;
}

/** depth: of lists and quotes around; a message of nothing but `>` must not bring down the page. */
function blocks(lines, depth) {
  if (depth > DEEPEST) return [el("p", { textContent: lines.join("\n") })];
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].trim()) {
      at += 1;
      continue;
    }
    const [node, next] = block(lines, at, depth);
    nodes.push(node);
    at = next;
  }
  return nodes;
}

function block(lines, at, depth) {
  const line = lines[at];
  if (FENCE.test(line)) return fence(lines, at);
  const heading = HEADING.exec(line);
  if (heading) return [el(`h${Math.min(6, heading[1].length + 2)}`, {}, ...inline(heading[2])), at + 1];
  if (RULE.test(line)) return [el("hr"), at + 1];
  if (QUOTE.test(line)) return quote(lines, at, depth);
  if (ITEM.test(line)) return list(lines, at, depth);
  if (line.includes("|") && DIVIDER.test(lines[at + 1] ?? "")) return table(lines, at);
  return paragraph(lines, at);
}

function fence(lines, at) {
  const [, mark, name] = FENCE.exec(lines[at]);
  const code = [];
  let next = at + 1;
  while (next < lines.length && !lines[next].trim().startsWith(mark)) code.push(lines[next++]);
  const shown = el("code", { textContent: code.join("\n") });
  const button = iconButton("copy", t("app.copy"), () => copied(button, shown), "button.icon-button.copy");
  const head = el("figcaption", {}, el("span", { textContent: name }), button);
  return [el("figure.code", {}, head, el("pre", { tabIndex: 0 }, shown)), next + 1];
}

async function copied(button, shown) {
  if (!(await copy(shown.textContent))) return;
  button.replaceChildren(icon("check"));
  button.setAttribute("aria-label", t("app.copied"));
  setTimeout(() => {
    button.replaceChildren(icon("copy"));
    button.setAttribute("aria-label", t("app.copy"));
  }, 2000);
}

function quote(lines, at, depth) {
  const inside = [];
  let next = at;
  while (next < lines.length && QUOTE.test(lines[next])) inside.push(lines[next++].replace(QUOTE, ""));
  return [el("blockquote", {}, ...blocks(inside, depth + 1)), next];
}

function list(lines, at, depth) {
  const first = ITEM.exec(lines[at]);
  const [indent, numbered] = [first[1].length, first[3] !== undefined];
  const node = numbered ? el("ol", { start: Number(first[3]) }) : el("ul");
  let next = at;
  while (next < lines.length) {
    const item = ITEM.exec(lines[next]);
    if (!item || item[1].length < indent || (item[3] !== undefined) !== numbered) break;
    const inside = [item[4]];
    next += 1;
    while (next < lines.length && belongs(lines, next, indent)) inside.push(lines[next++].slice(Math.min(indent + 2, lead(lines[next - 1]))));
    node.append(el("li", {}, ...tight(blocks(inside, depth + 1))));
  }
  return [node, next];
}

const lead = (line) => line.length - line.trimStart().length;

function belongs(lines, at, indent) {
  if (!lines[at].trim()) return (lines[at + 1] ?? "").trim() !== "" && lead(lines[at + 1]) > indent;
  return lead(lines[at]) > indent;
}

/** The words of an item stand in it without a paragraph of their own. */
function tight(nodes) {
  const [first, ...others] = nodes;
  return first?.tagName === "P" ? [...first.childNodes, ...others] : nodes;
}

const cells = (line) => line.trim().replace(/^\||\|$/gu, "").split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines, at) {
  const head = el("tr", {}, ...cells(lines[at]).map((cell) => el("th", { scope: "col" }, ...inline(cell))));
  const body = el("tbody");
  let next = at + 2;
  while (next < lines.length && lines[next].includes("|") && lines[next].trim()) {
    body.append(el("tr", {}, ...cells(lines[next++]).map((cell) => el("td", {}, ...inline(cell)))));
  }
  const whole = el("table", {}, el("thead", {}, head), body);
  return [el("div.table", { tabIndex: 0, role: "region", "aria-label": t("app.table") }, whole), next];
}

function paragraph(lines, at) {
  const words = [];
  let next = at;
  while (next < lines.length && lines[next].trim() && (next === at || !begins(lines[next]))) words.push(lines[next++]);
  const node = el("p");
  words.forEach((line, number) => {
    if (number) node.append(el("br"));
    node.append(...inline(line.trim()));
  });
  return [node, next];
}

const begins = (line) => FENCE.test(line) || HEADING.test(line) || QUOTE.test(line) || ITEM.test(line);
