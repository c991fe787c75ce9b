import { z } from 'zod';

/** A message without what only one process adds for one visitor. */
export const said = z.object({
  id: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  author: z.enum(['contact', 'assistant', 'agent', 'system']),
  text: z.string(),
  html: z.string().optional(),
  quickReplies: z.array(z.object({ id: z.string(), title: z.string() })),
  attachments: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), bytes: z.number() })),
  at: z.string(),
});
export type Said = z.infer<typeof said>;

/** A message as a visitor's client gets it (architecture.md section 5). */
export interface ShownMessage {
  id: string;
  direction: 'inbound' | 'outbound';
  author: 'contact' | 'assistant' | 'agent' | 'system';
  text: string;
  html?: string;
  quickReplies?: { id: string; title: string }[];
  attachments?: { id: string; name: string; type: string; bytes: number; url: string }[];
  at: string;
}

/** A message with the addresses under which the visitor finds its files. */
export const shown = (message: Said, urlOf: (fileId: string) => string): ShownMessage => ({
  id: message.id,
  direction: message.direction,
  author: message.author,
  text: message.text,
  ...(message.html ? { html: message.html } : {}),
  ...(message.quickReplies.length > 0 ? { quickReplies: message.quickReplies } : {}),
  ...(message.attachments.length > 0
    ? { attachments: message.attachments.map((file) => ({ ...file, url: urlOf(file.id) })) }
    : {}),
  at: message.at,
});
