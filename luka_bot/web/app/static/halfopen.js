// An answer that is still growing ends in the middle of anything: its end, as if it were closed.

const FENCE = /^ {0,3}(`{3,}|~{3,})/u;
const HALF_LINK = /!?\[([^\]\n]*)(?:\](?:\([^)\s]*)?)?$/u;
const HALF_MARK = /(?:^|\s)(?:[*_~]{1,3}|`)$/u;
const HALF_CLOSER = /(?<=[^\s*_~])[*_~]$/u;
const MARKS = /\\.|`+|\*\*|__|~~|[*_]/gu;

function insideFence(lines) {
  let open = "";
  for (const line of lines) {
    const mark = FENCE.exec(line)?.[1];
    if (!open) open = mark ?? "";
    else if (mark?.startsWith(open)) open = "";
  }
  return open !== "";
}

/** The marks of a line that nothing closes yet, the last one first. */
function unclosed(line) {
  const open = [];
  for (const { 0: mark, index } of line.matchAll(MARKS)) {
    if (mark[0] === "\\") continue;
    if (open.at(-1)?.[0] === "`" && mark !== open.at(-1)) continue; // code is no place for others
    const place = open.lastIndexOf(mark);
    if (place >= 0) open.splice(place);
    else if (opens(line, mark, index)) open.push(mark);
  }
  return open.reverse();
}

function opens(line, mark, index) {
  const [before, after] = [line[index - 1] ?? " ", line[index + mark.length] ?? " "];
  if (mark[0] === "`") return after !== " " || mark.length === 1;
  if (/\s/u.test(after)) return false; // a bullet, or a product
  return mark[0] !== "_" || !/[\p{L}\p{N}]/u.test(before);
}

export function closed(text) {
  const lines = text.split("\n");
  if (insideFence(lines)) return text;
  const last = ended(lines.pop());
  return [...lines, last + unclosed(last).join("")].join("\n");
}

/** Without the half of a link or of a mark that stands at its end. */
function ended(line) {
  if (unclosed(line)[0]?.[0] === "`") return line.trimEnd();
  const whole = line.replace(HALF_LINK, "$1").replace(HALF_MARK, "").trimEnd();
  const half = HALF_CLOSER.exec(whole);
  if (half && unclosed(whole.slice(0, half.index)).some((one) => one[0] === half[0])) return whole.slice(0, half.index);
  return whole;
}
