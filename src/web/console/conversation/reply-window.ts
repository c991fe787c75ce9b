/** How long free words may still be sent: until when, and whether the last hour runs; or that it is over (`since`). */
export type ReplyWindow = { isOpen: true; until: string; isSoon: boolean } | { isOpen: false; since: string | null };

const soonMs = 3_600_000;

/** The reply window of a conversation; null in a medium without one. `hours` is what the medium allows, `now` in ms. */
export function replyWindow(
  { replyUntil }: { replyUntil: string | null },
  hours: number | null | undefined,
  now: number,
): ReplyWindow | null {
  if (hours === null || hours === undefined) return null;
  if (replyUntil === null) return { isOpen: false, since: null };
  const left = Date.parse(replyUntil) - now;
  return left > 0 ? { isOpen: true, until: replyUntil, isSoon: left <= soonMs } : { isOpen: false, since: replyUntil };
}
