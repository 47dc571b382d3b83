// One's conversations, newest first, with what is new in them.

import { avatar, el } from "./dom.js";
import { unread } from "./reads.js";
import { brief } from "./time.js";
import { t } from "./words.js";

/** The list as nodes; the arrow keys go through it. */
export function conversationList(conversations, openId, onOpen) {
  const list = el("ul.conversations", { role: "list" });
  for (const one of conversations) list.append(row(one, openId, onOpen));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...list.querySelectorAll("button")];
    const next = buttons[buttons.indexOf(document.activeElement) + step];
    next?.focus();
    event.preventDefault();
  });
  if (!conversations.length) list.append(el("li.empty", { textContent: t("app.no_conversations") }));
  return list;
}

function row(one, openId, onOpen) {
  const fresh = one.conversation_id === openId ? 0 : unread(one);
  const people = one.participant_count > 2 ? t("app.people_count", { number: one.participant_count }) : "";
  const open = () => onOpen(one.conversation_id);
  const button = el("button.row", { type: "button", onclick: open, "aria-current": one.conversation_id === openId ? "true" : null },
    avatar(one.conversation_id, one.name, false),
    el("span.about", {}, el("strong", { textContent: one.name }), el("small", { textContent: people })),
    el("span.side", {}, el("time", { textContent: brief(new Date(one.updated_at)) }),
      fresh ? el("span.unread", { textContent: fresh > 99 ? "99+" : String(fresh), "aria-label": t("app.unread", { number: fresh }) }) : null));
  return el("li", {}, button);
}
