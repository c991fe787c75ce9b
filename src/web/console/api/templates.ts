import { type QueryClient, useQuery } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Conversation, Message, Page, Template } from './shapes.ts';

const templatesKey = (inboxId: string) => ['templates', inboxId] as const;
const pathOf = (inboxId: string): string => `/inboxes/${encodeURIComponent(inboxId)}/templates`;

/** The templates of an inbox as they were when the provider was last asked. */
export const useTemplates = (inboxId: string, wanted = true) =>
  useQuery({
    queryKey: templatesKey(inboxId),
    queryFn: ({ signal }) => ask<Page<Template>>(pathOf(inboxId), { query: { limit: 200 }, signal }),
    select: ({ items }) => items,
    enabled: wanted,
  });

/** Asks the provider for the templates now. */
export async function syncTemplates(client: QueryClient, inboxId: string): Promise<void> {
  await ask(`${pathOf(inboxId)}/sync`, { method: 'POST', body: {} });
  await client.invalidateQueries({ queryKey: templatesKey(inboxId) });
}

/** Says which notice of ours a template is the approved form of; null: of none. */
export async function mapTemplate(client: QueryClient, template: Template, notice: string | null): Promise<void> {
  const path = `${pathOf(template.inboxId)}/${encodeURIComponent(template.id)}`;
  await ask(path, { method: 'PATCH', body: { notice } });
  await client.invalidateQueries({ queryKey: templatesKey(template.inboxId) });
}

/** A template with what fills it, as it is sent. */
export type FilledTemplate = NonNullable<Message['approved']>;

export const sendTemplate = (conversationId: string, template: FilledTemplate, idempotencyKey: string) =>
  ask<Message>(`/conversations/${encodeURIComponent(conversationId)}/messages`, {
    method: 'POST',
    body: { template },
    idempotencyKey,
  });

/** What an agent writes first: to whom, where, and free words or a template. */
export interface FirstMessage {
  contactId?: string;
  phone?: string;
  inboxId: string;
  subject?: string;
  text?: string;
  template?: FilledTemplate;
  ticketNumber?: string;
}

/** Writes first; the same key again is the same conversation. */
export const startConversation = (first: FirstMessage, idempotencyKey: string): Promise<Conversation> =>
  ask('/conversations', { method: 'POST', body: first, idempotencyKey });
