// Up to where the reader has read, in this browser.

const KEY = "luka-chat-reads";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

const stored = kept();
let reads = stored ?? {};
let isFirstVisit = stored === null;

window.addEventListener("storage", (event) => {
  if (event.key === KEY) reads = kept() ?? {}; // another tab has read
});

export const readUpTo = (id) => reads[id];

export function markRead(id, sequenceId) {
  if ((reads[id] ?? -1) >= sequenceId) return;
  reads[id] = sequenceId;
  save();
}

function save() {
  try {
    localStorage.setItem(KEY, JSON.stringify(reads));
  } catch {
    // The mark lasts as long as the page.
  }
}

/** Whatever was said before this browser's first visit counts as read; so does what stands before
 *  one's own last word, by whatever door it came. */
export function learn(conversations) {
  let isNews = isFirstVisit;
  for (const one of conversations) {
    const upTo = isFirstVisit ? one.current_sequence_id : one.own_sequence_id;
    if ((reads[one.conversation_id] ?? 0) >= upTo) continue;
    reads[one.conversation_id] = upTo;
    isNews = true;
  }
  isFirstVisit = false;
  if (isNews) save();
}

export function unread(conversation) {
  return Math.max(0, conversation.current_sequence_id - (reads[conversation.conversation_id] ?? 0));
}

export function forgetReads() {
  reads = {};
  isFirstVisit = true;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There was nothing.
  }
}
