const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const strong = /[\p{L}\u200e\u200f]/u;

/**
 * A line of plain words takes its direction from its first letter. Where the page said otherwise, a mark (U+200F or
 * U+200E) at its beginning keeps it as it was.
 */
export function isolateLine(line: string, direction: 'rtl' | 'ltr' | null): string {
  const first = direction === null ? undefined : strong.exec(line)?.[0];
  if (first === undefined || first === '\u200e' || first === '\u200f') return line;
  const isRight = rightToLeft.test(first);
  if (direction === 'rtl') return isRight || !rightToLeft.test(line) ? line : `\u200f${line}`;
  return isRight ? `\u200e${line}` : line;
}
