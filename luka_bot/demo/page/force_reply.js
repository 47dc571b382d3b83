// Which of the bot's questions waits for a person's answer.

/** The newest message that asks this person to reply, unless they have written since; else null. */
export function owed(messages, personId) {
  for (const message of messages.toReversed()) {
    if (message.from?.id === personId) return null;
    if (asks(message, personId)) return message;
  }
  return null;
}

export const asks = (message, personId) => Boolean(message?.force_reply?.people.includes(personId));
