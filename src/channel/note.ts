import type { z } from 'zod';

/** What a channel's own note (`Sink.recall`) tells, as JSON; null where there is none, or it cannot be read as what it should be. */
export function readNote<T>(schema: z.ZodType<T>, note: string | null): T | null {
  try {
    return schema.safeParse(JSON.parse(note ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
