// Messages as they stand in the conversation.

import { avatar, el, icon, iconButton, unseen } from "./dom.js";
import { markdown } from "./markdown.js";
import { session } from "./session.js";
import { clock, day, dayKey, whole } from "./time.js";
import { t } from "./words.js";

const GROUPED_MS = 5 * 60_000; // words of one person within it stand together
const QUOTED = 120; // characters of what is answered

export const when = (message) => new Date(message.server_timestamp ?? Date.now());
export const isMine = (message) => message.sender_id === session()?.participant_id;
export const isSystem = (message) => message.message_type === "system";

export function isAnotherDay(message, before) {
  return !before || dayKey(when(message)) !== dayKey(when(before));
}

export function together(message, before) {
  if (!before || isSystem(before) || before.sender_id !== message.sender_id) return false;
  return when(message) - when(before) < GROUPED_MS && !isAnotherDay(message, before);
}

export function dayLine(message) {
  return el("li.day", {}, el("span", { textContent: day(when(message)) }));
}

export function newLine() {
  return el("li.new-line", {}, el("span", {}, t("app.new_messages")));
}

/** quoted: the message that it answers, if it is known here. on: {reply, redact, show}. */
export function bubble(message, { grouped, quoted, on }) {
  if (isSystem(message)) return systemLine(message);
  const isAgent = message.sender_type === "agent";
  const node = el("li.message", { "data-seq": message.sequence_id, "data-kind": message.message_type, dir: "auto" });
  node.classList.toggle("mine", isMine(message));
  node.classList.toggle("grouped", grouped);
  node.classList.toggle("from-agent", isAgent);
  const words = message.redacted
    ? el("p.taken-back", { textContent: t("app.taken_back") })
    : el("div.words", {}, readable(message.content));
  const card = el("div.bubble", {}, author(message), quoted ? quote(quoted, on) : null, words, stamp(message));
  node.append(avatar(message.sender_id, message.sender_name, isAgent), card);
  if (!message.redacted) node.append(actions(message, on));
  return node;
}

/** Whatever somebody has thought up, the rest of the conversation stays readable. */
function readable(content) {
  try {
    return markdown(content);
  } catch {
    return el("p", { textContent: content });
  }
}

export function author(message) {
  if (isMine(message)) return unseen(t("app.you"));
  const mark = message.sender_type === "agent" ? el("span.badge", { textContent: t("app.agent") }) : null;
  const name = el("strong", { textContent: message.sender_name, "data-hue": hueOf(message) });
  return el("p.author", {}, name, mark);
}

const hueOf = (message) => avatar(message.sender_id, message.sender_name, false).dataset.hue;

function quote(message, on) {
  const words = message.redacted ? t("app.taken_back") : message.content.split("\n")[0].slice(0, QUOTED);
  const show = () => on.show(message.sequence_id);
  return el("button.quoted", { type: "button", onclick: show }, el("strong", { textContent: message.sender_name }), el("span", { textContent: words }));
}

function stamp(message) {
  const moment = when(message);
  return el("time", { datetime: moment.toISOString(), title: whole(moment), textContent: clock(moment) });
}

/** Whose conversation it is may take back the words of others, too. */
function actions(message, on) {
  const group = el("div.actions", { role: "group", "aria-label": t("app.actions") });
  group.append(iconButton("reply", t("app.reply"), () => on.reply(message)));
  const selector = isMine(message) ? "button.icon-button" : "button.icon-button.of-owner";
  group.append(iconButton("trash", t("app.take_back"), () => on.redact(message), selector));
  return group;
}

function systemLine(message) {
  return el("li.system", { "data-seq": message.sequence_id }, el("span", { textContent: eventText(message.content) }));
}

const EVENTS = {
  join: "app.joined",
  leave: "app.left",
  removed: "app.removed",
  group_left: "app.group_left",
  group_back: "app.group_back",
  topic_gone: "app.topic_gone",
};

function eventText(content) {
  try {
    const event = JSON.parse(content);
    return EVENTS[event.event] ? t(EVENTS[event.event], { name: event.name }) : "";
  } catch {
    return content;
  }
}

/** On its way; it has no number yet. */
export function pendingBubble(frame) {
  const state = el("small", {}, icon("clock"), t("app.sending"));
  return el("li.message.mine.pending", { "data-pending": frame.message_id, dir: "auto" },
    el("div.bubble", {}, el("div.words", {}, readable(frame.content)), state));
}
