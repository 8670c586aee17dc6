/**
 * A table in plain text: a line a row, columns two spaces apart. A column whose cells all begin with a digit, or a sign
 * before one, stands to the right.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    const width = Math.max(title.length, ...cells.map((cell) => cell.length));
    const right = cells.every((cell) => /^[+-]?\d/.test(cell));
    return (cell: string) => (right ? cell.padStart(width) : cell.padEnd(width));
  });
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => columns[index]?.(cell) ?? cell)
      .join('  ')
      .trimEnd();
  const rule = '-'.repeat(Math.max(...[head, ...rows].map((cells) => line(cells).length)));
  return [line(head), rule, ...rows.map(line)].join('\n');
}
