// One's conversations, newest first, with what is new in them.

import { avatar, el, unseen } from "./dom.js";
import { unread } from "./reads.js";
import { brief, whole } from "./time.js";
import { t } from "./words.js";

const STEPS = { ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: (_, last) => last };

/** The list as nodes; the arrow keys go through it. */
export function conversationList(conversations, openId, onOpen) {
  if (!conversations.length) return el("p.nobody", { textContent: t("app.no_conversations") });
  const list = el("ul.conversations", { role: "list" });
  for (const one of conversations) list.append(row(one, openId, onOpen));
  list.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    const buttons = [...list.querySelectorAll("button")];
    buttons[step(buttons.indexOf(document.activeElement), buttons.length - 1)]?.focus();
    event.preventDefault();
  });
  return list;
}

/** What is new in all of them but the one that is open. */
export function unreadIn(conversations, openId) {
  return conversations.filter((one) => one.conversation_id !== openId && unread(one)).length;
}

function row(one, openId, onOpen) {
  const isOpen = one.conversation_id === openId;
  const open = () => onOpen(one.conversation_id);
  const people = one.participant_count > 2 ? t("app.people_count", { number: one.participant_count }) : "";
  const moment = new Date(one.updated_at);
  const button = el("button.row", { type: "button", onclick: open, "data-id": one.conversation_id, "aria-current": isOpen ? "true" : null },
    avatar(one.conversation_id, one.name, false),
    el("span.about", {}, el("strong", { textContent: one.name, dir: "auto" }), el("small", { textContent: people })),
    el("span.side", {}, el("time", { textContent: brief(moment), title: whole(moment) }), isOpen ? null : mark(unread(one))));
  return el("li", {}, button);
}

function mark(fresh) {
  if (!fresh) return null;
  const shown = el("span", { "aria-hidden": "true", textContent: fresh > 99 ? "99+" : String(fresh) });
  return el("span.unread", {}, shown, unseen(t("app.unread", { number: fresh })));
}
