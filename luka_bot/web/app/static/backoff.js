// When to try again: 1, 2, 4 … 30 s, each a fifth longer or shorter, so that not all come at once.

const LONGEST = 30;
const SPREAD = 0.2;

/** Seconds before try number `tries` (from 0). random: in [0, 1). */
export function pause(tries, random = Math.random) {
  const base = Math.min(LONGEST, 2 ** tries);
  return base * (1 - SPREAD + 2 * SPREAD * random());
}
