import { z } from 'zod';

/** What a process tells the one that began it, once it serves. */
export const readyWord = z.object({ wasl: z.literal('ready'), port: z.number().int() });
/** What the first process tells the others whenever one comes or goes: the own ports of all. */
export const peersWord = z.object({ wasl: z.literal('peers'), ports: z.array(z.number().int()) });

export type ReadyWord = z.infer<typeof readyWord>;
export type PeersWord = z.infer<typeof peersWord>;
