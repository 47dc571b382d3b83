// Up to where the reader has read, in this browser.

const KEY = "luka-chat-reads";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

const reads = kept();

export const readUpTo = (id) => reads[id];

export function markRead(id, sequenceId) {
  if ((reads[id] ?? -1) >= sequenceId) return;
  reads[id] = sequenceId;
  try {
    localStorage.setItem(KEY, JSON.stringify(reads));
  } catch {
    // The mark lasts as long as the page.
  }
}

/** How much is new; of a conversation that was never opened here, nothing is known. */
export function unread(conversation) {
  const read = reads[conversation.conversation_id];
  return read === undefined ? 0 : Math.max(0, conversation.current_sequence_id - read);
}
