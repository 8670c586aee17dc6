/** How far a word may be from what was meant: one slip in a short word, two in a longer one. */
const slipsIn = (word: string) => (word.length <= 4 ? 1 : 2);

/** No known word is longer; a longer one is near none. */
const LONGEST = 60;

/** The known word that was most likely meant, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = slipsIn(word) + 1;
  for (const candidate of known) {
    const slips = slipsBetween(word, candidate);
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

/** Letters to insert, leave out, change or swap with their neighbour (optimal string alignment). */
export function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (back: number, index: number) => rows[i - back]?.[index] ?? Number.POSITIVE_INFINITY;
      let cost = Math.min(at(1, j) + 1, (row[j - 1] ?? 0) + 1, at(1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(2, j - 2) + 1);
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? Math.max(a.length, b.length);
}
