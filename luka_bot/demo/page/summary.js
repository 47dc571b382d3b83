// A message in a few words, for the chat list and the line above the composer.

const LONGEST = 120; // characters; the list shows fewer

export function summary(message) {
  if (message.service) return message.service;
  if (message.text) return message.text.slice(0, LONGEST).replace(/\s+/gu, " ");
  if (message.photo) return "🖼 Photo";
  return `📎 ${message.document?.file_name ?? "Attachment"}`;
}
