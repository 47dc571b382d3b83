// Messages as they stand in the conversation.

import { avatar, el, icon, iconButton } from "./dom.js";
import { markdown } from "./markdown.js";
import { session } from "./session.js";
import { clock, day, dayKey, whole } from "./time.js";
import { t } from "./words.js";

const GROUPED_MS = 5 * 60_000; // words of one person within it stand together

export const when = (message) => new Date(message.server_timestamp ?? Date.now());
const isMine = (message) => message.sender_id === session()?.participant_id;
const isSystem = (message) => message.message_type === "system";

export function together(message, before) {
  if (!before || isSystem(before) || before.sender_id !== message.sender_id) return false;
  return when(message) - when(before) < GROUPED_MS && dayKey(when(message)) === dayKey(when(before));
}

export function dayLine(message) {
  return el("li.day", {}, el("span", { textContent: day(when(message)) }));
}

/** quoted: the message that it answers, if it is known here. */
export function bubble(message, { grouped, quoted, onReply, onRedact }) {
  if (isSystem(message)) return systemLine(message);
  const mine = isMine(message);
  const isAgent = message.sender_type === "agent";
  const node = el("li.message", { "data-seq": message.sequence_id });
  node.classList.toggle("mine", mine);
  node.classList.toggle("grouped", grouped);
  node.classList.toggle("from-agent", isAgent);
  const words = message.redacted
    ? el("p.taken-back", { textContent: t("app.taken_back") })
    : el("div.words", {}, markdown(message.content));
  const card = el("div.bubble", {}, mine ? null : author(message), quoted ? quote(quoted) : null, words, stamp(message));
  node.append(mine ? el("span") : avatar(message.sender_id, message.sender_name, isAgent), card);
  if (!message.redacted && message.sequence_id) node.append(actions(message, mine, onReply, onRedact));
  return node;
}

function author(message) {
  const mark = message.sender_type === "agent" ? el("span.badge", { textContent: t("app.agent") }) : null;
  return el("p.author", {}, el("strong", { textContent: message.sender_name }), mark);
}

function quote(message) {
  const words = message.redacted ? t("app.taken_back") : message.content.split("\n")[0].slice(0, 120);
  return el("blockquote.quoted", {}, el("strong", { textContent: message.sender_name }), el("span", { textContent: words }));
}

function stamp(message) {
  const moment = when(message);
  return el("time", { datetime: moment.toISOString(), title: whole(moment), textContent: clock(moment) });
}

function actions(message, mine, onReply, onRedact) {
  const group = el("div.actions", { role: "group", "aria-label": t("app.actions") });
  group.append(iconButton("reply", t("app.reply"), () => onReply(message)));
  if (mine) group.append(iconButton("trash", t("app.take_back"), () => onRedact(message)));
  return group;
}

function systemLine(message) {
  return el("li.system", { "data-seq": message.sequence_id }, el("span", { textContent: eventText(message.content) }));
}

export function eventText(content) {
  let event;
  try {
    event = JSON.parse(content);
  } catch {
    return content;
  }
  const keys = { join: "app.joined", leave: "app.left", removed: "app.removed" };
  return keys[event.event] ? t(keys[event.event], { name: event.name }) : "";
}

/** An answer while it grows: not read out word by word, the whole of it is. */
export function growing(stream, name) {
  const node = el("li.message.from-agent.growing", { "data-stream": stream.id });
  const words = el("div.words", { "aria-hidden": "true" });
  const state = el("p.waiting", { role: "status" });
  const card = el("div.bubble", {}, author({ sender_name: name, sender_type: "agent" }), words, state);
  node.append(avatar(stream.sender_id, name, true), card);
  grow(node, stream);
  return node;
}

export function grow(node, stream) {
  const words = node.querySelector(".words");
  const state = node.querySelector(".waiting");
  words.replaceChildren(stream.text ? markdown(stream.text) : dots());
  const said = stream.waiting?.position ? t("app.waiting", { position: stream.waiting.position }) : t("app.writing");
  if (state.textContent !== said) state.textContent = said;
  state.classList.toggle("hidden", !stream.waiting?.position);
}

const dots = () => el("span.dots", {}, el("i"), el("i"), el("i"));

export function pendingBubble(id, content) {
  const node = el("li.message.mine.pending", { "data-pending": id });
  node.append(el("span"), el("div.bubble", {}, el("div.words", {}, markdown(content)), el("small", { textContent: t("app.sending") })));
  return node;
}

export function newLine() {
  return el("li.new-line", {}, el("span", {}, icon("down"), t("app.new_messages")));
}
