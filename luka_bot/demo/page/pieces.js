// Cuts a long text as Telegram's own apps do before sending.

const LIMIT = 4096; // UTF-16 units, Telegram's limit for one message
const NEARLY = 90; // units; bots know the pieces of one paste by their being nearly full

function cutAt(text) {
  const floor = LIMIT - NEARLY;
  for (const gap of ["\n", " "]) {
    const index = text.lastIndexOf(gap, LIMIT - 1);
    if (index > floor) return index + 1;
  }
  const lead = text.charCodeAt(LIMIT - 1);
  return lead >= 0xd800 && lead <= 0xdbff ? LIMIT - 1 : LIMIT;
}

export function pieces(text) {
  const cut = [];
  let rest = text;
  while (rest.length > LIMIT) {
    const end = cutAt(rest);
    cut.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end);
  }
  cut.push(rest);
  return cut.filter((piece) => piece.trim());
}
