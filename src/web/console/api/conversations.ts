import { type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Conversation, Decision, Page } from './shapes.ts';

export const views = ['waiting', 'mine', 'open', 'closed'] as const;
export type View = (typeof views)[number];

export interface Filters {
  view: View;
  channel: string;
  /** `public` or `private`; empty for both. */
  visibility: string;
  q: string;
}

const fieldsOf: Record<View, Record<string, string>> = {
  waiting: { status: 'open', waiting: 'true' },
  mine: { status: 'open', assigneeId: 'me' },
  open: { status: 'open' },
  closed: { status: 'closed' },
};

const pageLength = 50;

/** What the list is asked for. Words are looked for in all conversations, whatever the view. */
export const queryOf = ({ view, channel, visibility, q }: Filters): Record<string, string> => ({
  ...(q ? { q } : fieldsOf[view]),
  ...(channel ? { channel } : {}),
  ...(visibility ? { visibility } : {}),
});

export const useConversations = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: ['conversations', queryOf(filters)],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Conversation>>('/conversations', {
        query: { ...queryOf(filters), limit: pageLength, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

const mostCounted = 100;

/** How many people wait for an agent; counted up to a hundred. */
export const useWaitingCount = (enabled: boolean) =>
  useQuery({
    queryKey: ['conversations', 'waiting-count'],
    queryFn: ({ signal }) =>
      ask<Page<Conversation>>('/conversations', { query: { ...fieldsOf.waiting, limit: mostCounted }, signal }),
    select: ({ items }) => items.length,
    enabled,
  });

export const conversationKey = (id: string) => ['conversation', id] as const;

export const useConversation = (id: string) =>
  useQuery({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => ask<Conversation>(`/conversations/${encodeURIComponent(id)}`, { signal }),
  });

/** Takes a conversation as an answer showed it, unless what is known is newer. */
export function keepConversation(client: QueryClient, found: Conversation): void {
  client.setQueryData<Conversation>(conversationKey(found.id), (known) =>
    // a step tells nothing of the rating
    known && known.version > found.version ? known : { ...known, ...found },
  );
}

export const steps = ['assign', 'handoff', 'resume', 'close'] as const;
export type Step = (typeof steps)[number];

export const takeStep = (id: string, step: Step, version: number): Promise<Conversation> =>
  ask(`/conversations/${encodeURIComponent(id)}/${step}`, { method: 'POST', body: { version } });

export const decisionsKey = (id: string) => ['decisions', id] as const;

/** Why the assistant did what it did: the newest decisions of a conversation, by id. */
export const useDecisions = (id: string) =>
  useQuery({
    queryKey: decisionsKey(id),
    queryFn: ({ signal }) =>
      ask<Page<Decision>>(`/conversations/${encodeURIComponent(id)}/decisions`, { query: { limit: 200 }, signal }),
    select: byId,
  });

const byId = ({ items }: Page<Decision>): ReadonlyMap<string, Decision> => new Map(items.map((one) => [one.id, one]));
