/** Moves the focus to the next (1) or previous (-1) row of a list; to the open one, else the first, where none has it. */
export function stepRow(list: HTMLElement | null, by: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const open = rows.findIndex((row) => row.getAttribute('aria-current') === 'page');
  const start = focused === -1 ? open : focused;
  const wanted = rows[start === -1 ? 0 : Math.min(Math.max(start + by, 0), rows.length - 1)];
  wanted?.focus();
  wanted?.scrollIntoView({ block: 'nearest' });
}
