import { type QueryClient, useQuery } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Candidate, Contact, Conversation, Joining, Page } from './shapes.ts';

const pathOf = (id: string): string => `/contacts/${encodeURIComponent(id)}`;

/** Who may be the same person, and by what. */
export const useSame = (contactId: string) =>
  useQuery({
    queryKey: ['contact', contactId, 'same'],
    queryFn: ({ signal }) => ask<Page<Candidate>>(`${pathOf(contactId)}/same`, { signal }),
    select: ({ items }) => items,
    staleTime: 30_000,
  });

/** Who turned out to be this contact, as far as that stands. */
export const useJoinings = (contactId: string) =>
  useQuery({
    queryKey: ['contact', contactId, 'joinings'],
    queryFn: ({ signal }) => ask<Page<Joining>>(`${pathOf(contactId)}/joinings`, { signal }),
    select: ({ items }) => items.filter((one) => one.undoneAt === null && one.contactId === contactId),
    staleTime: 30_000,
  });

/** The conversations of a person in all inboxes, the newest first. */
export const useConversationsOf = (contactId: string, wanted = true) =>
  useQuery({
    queryKey: ['conversations', 'of', contactId],
    queryFn: ({ signal }) => ask<Page<Conversation>>('/conversations', { query: { contactId, limit: 20 }, signal }),
    select: ({ items }) => items,
    enabled: wanted,
  });

const refresh = (client: QueryClient): Promise<unknown> =>
  Promise.all(
    ['contact', 'conversations', 'conversation', 'tickets'].map((key) => client.invalidateQueries({ queryKey: [key] })),
  );

/** Joins two contacts that are one person. */
export async function joinPeople(client: QueryClient, contactId: string, otherId: string): Promise<void> {
  await ask(`${pathOf(contactId)}/merge`, { method: 'POST', body: { otherId } });
  await refresh(client);
}

/** Takes a joining back: what went over goes back. */
export async function partPeople(client: QueryClient, contactId: string, mergeId: string): Promise<void> {
  await ask(`${pathOf(contactId)}/unmerge`, { method: 'POST', body: { mergeId } });
  await refresh(client);
}

/** Sends a code to the other contact's own chat; told here, it proves that both are one person. */
export const sendJoinCode = (contactId: string, otherId: string): Promise<unknown> =>
  ask(`${pathOf(contactId)}/merge-code`, { method: 'POST', body: { otherId } });

/** Changes over which channels a person is written to first; refused as a conflict where the contact changed since. */
export async function changeReaching(
  client: QueryClient,
  { id, version }: Pick<Contact, 'id' | 'version'>,
  wanted: { preferredChannel: string | null; mutedChannels: string[] },
): Promise<void> {
  await ask(pathOf(id), { method: 'PATCH', body: { version, ...wanted } });
  await client.invalidateQueries({ queryKey: ['contact', id] });
}
