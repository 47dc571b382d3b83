// One message as a row of the log.

import { avatar, el, hueOf, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { keyboard } from "./keyboard.js";
import { clock, day, full, fileSize } from "./time.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*\s?){1,3}$/u;

/** `scene`: {me, bot, isGroup, taps, rankOf} */
export function row(message, scene) {
  if (message.service) return serviceRow(message);
  const own = message.from?.id === scene.me.id;
  const node = el(`div.row.${own ? "own" : "other"}`, {
    "data-id": message.message_id,
    "data-from": message.from?.id,
    "data-date": message.date,
    tabIndex: -1,
  });
  if (scene.isGroup && !own) node.append(face(message.from, scene.bot));
  node.append(stack(message, scene, own), actions(own));
  return node;
}

/** What of a row may change with an edit. */
export function stack(message, scene, own = message.from?.id === scene.me.id) {
  return el("div.stack", {}, bubble(message, scene, own), keyboard(message, scene.taps));
}

function face(from, bot) {
  return avatar({ id: from.id, name: from.name, kind: from.id === bot.id ? "luka" : "person" });
}

function bubble(message, scene, own) {
  const text = message.text ?? "";
  const lonely = ONLY_EMOJI.test(text.trim()) && !message.entities?.length && !message.keyboard;
  return el(
    ["div.bubble", lonely && "lonely", message.photo && "with-photo", message.edited && "edited", message.silent && "silent"]
      .filter(Boolean)
      .join("."),
    {},
    scene.isGroup && !own ? el("span.sender", { "data-hue": senderHue(message, scene), dir: "auto" }, message.from.name, rank(message, scene)) : null,
    message.reply_to ? quoteOf(message.reply_to) : null,
    message.photo ? photo(message.photo) : null,
    message.document ? documentCard(message.document) : null,
    text ? el("div.text", { dir: "auto" }, formatted(text, message.entities)) : null,
    meta(message),
  );
}

function rank(message, scene) {
  const name = scene.rankOf(message.from.id) || (message.from.is_bot && message.from.id !== scene.bot.id ? "bot" : "");
  return name ? el("small.rank", {}, name) : null;
}

const senderHue = (message, scene) => (message.from.id === scene.bot.id ? "luka" : hueOf(message.from.id));

function quoteOf(reply) {
  return el(
    "button.quote",
    { type: "button", "data-action": "jump", "data-target": reply.message_id, "aria-label": `Go to the message of ${reply.from_name}` },
    el("b", { dir: "auto" }, reply.from_name),
    el("span", { dir: "auto" }, reply.text || "Attachment"),
  );
}

function photo({ url }) {
  return el(
    "a.photo",
    { href: url, target: "_blank", rel: "noopener" },
    el("img", { src: url, alt: "Photo", loading: "lazy" }),
  );
}

function documentCard({ file_name: name, size, url }) {
  return el(
    "a.document",
    { href: url, download: name, rel: "noopener", "aria-label": `Download ${name}` },
    el("span.document-icon", {}, icon("file")),
    el("span.document-name", {}, el("b", { dir: "auto" }, name), el("small", {}, fileSize(size))),
  );
}

function meta(message) {
  return el(
    "span.meta",
    { title: full(message.date) },
    message.silent ? el("span.hushed", { role: "img", "aria-label": "Sent without a sound", title: "Sent without a sound" }, icon("silent")) : null,
    message.edited ? el("span", {}, "edited") : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
  );
}

function actions(own) {
  const action = (name, label, shape) =>
    el("button", { type: "button", "data-action": name, "aria-label": label, title: label, tabIndex: -1 }, icon(shape));
  return el(
    "div.actions",
    {},
    action("reply", "Reply", "reply"),
    own ? action("edit", "Edit", "edit") : null,
    action("copy", "Copy the text", "copy"),
  );
}

function serviceRow(message) {
  return el("div.service", { "data-id": message.message_id, "data-date": message.date }, el("span", { dir: "auto" }, message.service));
}

export function dayRow(seconds) {
  return el("div.service.day", { "data-day": "" }, el("span", {}, day(seconds)));
}

export function noticeRow(text) {
  return el("div.service", { "data-notice": "" }, el("span", {}, text));
}

export function typingRow(scene, name) {
  const node = el("div.row.other.typing.first.last", {});
  if (scene.isGroup) node.append(avatar({ id: scene.bot.id, kind: "luka" }));
  const dots = el("div.bubble", { role: "img", "aria-label": `${name} is typing` }, el("i.dot"), el("i.dot"), el("i.dot"));
  node.append(el("div.stack", {}, dots));
  return node;
}
