const wallFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

/** What calendar and clock of a zone show at a time (ms), as a field for both takes it: `2026-11-25T14:00`. */
export function wallAt(timeZone: string, at: number): string {
  const parts = new Map(
    wallFormat(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** When calendar and clock of a zone show this, as an ISO time; null where it is none. */
export function instantOf(timeZone: string, wall: string): string | null {
  const meant = Date.parse(`${wall}Z`);
  if (Number.isNaN(meant)) return null;
  const shift = (at: number): number => Date.parse(`${wallAt(timeZone, at)}Z`) - at;
  // looked at twice, for the first look may stand on the other side of a change of clocks
  const near = meant - shift(meant);
  return new Date(meant - shift(near)).toISOString();
}
