const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Until when sign-in is locked (ISO), as the refusal's details say it; null where they do not. `now` in ms. */
export function lockedUntil(details: unknown, now: number): string | null {
  if (!isObject(details)) return null;
  for (const field of ['lockedUntil', 'until']) {
    const value = details[field];
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value;
  }
  const { retryAfterMs } = details;
  return typeof retryAfterMs === 'number' ? new Date(now + retryAfterMs).toISOString() : null;
}
