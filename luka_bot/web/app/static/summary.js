// Who is in a conversation, in a few words for its head.

import { session } from "./session.js";
import { t } from "./words.js";

export function presence(participants) {
  const humans = participants.filter((one) => one.type === "human");
  const agents = participants.filter((one) => one.type === "agent").map((one) => one.name);
  if (humans.length > 1) return t("app.here", { people: humans.length, here: humans.filter((one) => one.online || isMe(one)).length });
  return agents.length ? t("app.with", { names: agents.join(", ") }) : t("app.alone");
}

const isMe = (one) => one.id === session()?.participant_id;
