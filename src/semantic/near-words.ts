import { z } from 'zod';

const way = z.object({ id: z.string(), text: z.string() });
/** One way to ask for an article. */
export type Way = z.infer<typeof way>;

const turn = z.number().int();

/** What the thread that holds the model is told. */
export const orderWord = z.discriminatedUnion('do', [
  z.object({ do: z.literal('learn'), turn, ways: z.array(way) }),
  z.object({ do: z.literal('near'), turn, text: z.string() }),
  /** Nobody waits for it any more. */
  z.object({ do: z.literal('drop'), turn }),
]);
export type OrderWord = z.infer<typeof orderWord>;

/** What it tells. `failed` is the end of it; the message says what to do. */
export const replyWord = z.discriminatedUnion('on', [
  z.object({ on: z.literal('ready') }),
  z.object({ on: z.literal('failed'), why: z.string() }),
  z.object({ on: z.literal('learned'), turn }),
  z.object({ on: z.literal('near'), turn, near: z.array(z.object({ id: z.string(), likeness: z.number() })) }),
]);
export type ReplyWord = z.infer<typeof replyWord>;

/** With what the thread begins. */
export const nearThread = z.object({ folder: z.string(), packageName: z.string() });
