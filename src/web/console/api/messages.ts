import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Message, Page } from './shapes.ts';

/** What is known of a conversation's messages: a stretch without gaps that ends with the newest. */
export interface Stretch {
  /** The oldest first. */
  messages: Message[];
  /** For what is older; null at the beginning. */
  olderCursor: string | null;
}

const pageLength = 50;

export const messagesKey = (id: string) => ['messages', id] as const;

const readPage = (id: string, cursor: string | null, signal?: AbortSignal): Promise<Page<Message>> =>
  ask(`/conversations/${encodeURIComponent(id)}/messages`, {
    query: { order: 'desc', limit: pageLength, cursor },
    signal,
  });

const inOrder = (messages: Iterable<Message>): Message[] => [...messages].sort((one, other) => one.seq - other.seq);

const union = (known: readonly Message[], read: readonly Message[]): Message[] =>
  inOrder(new Map([...known, ...read].map((one) => [one.id, one])).values());

/** Puts the newest page behind what is known. Where they do not meet, what is known is dropped: a stretch has no gaps. */
export function withNewest(known: Stretch | undefined, page: Page<Message>): Stretch {
  const fresh = { messages: inOrder(page.items), olderCursor: page.nextCursor };
  const [last, first] = [known?.messages.at(-1), fresh.messages[0]];
  if (!known || !last || !first || first.seq > last.seq + 1) return fresh;
  return { messages: union(known.messages, page.items), olderCursor: known.olderCursor };
}

/** Puts an older page in front of what is known. */
export const withOlder = (known: Stretch, page: Page<Message>): Stretch => ({
  messages: union(page.items, known.messages),
  olderCursor: page.nextCursor,
});

export function useMessages(id: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: messagesKey(id),
    queryFn: async ({ signal }) => {
      const page = await readPage(id, null, signal);
      return withNewest(client.getQueryData<Stretch>(messagesKey(id)), page);
    },
  });
}

/** Loads one more page of older messages. */
export async function loadOlder(client: QueryClient, id: string): Promise<void> {
  const cursor = client.getQueryData<Stretch>(messagesKey(id))?.olderCursor;
  if (!cursor) return;
  const page = await readPage(id, cursor);
  client.setQueryData<Stretch>(messagesKey(id), (known) => known && withOlder(known, page));
}

/** Takes a message as an answer showed it. */
export function keepMessage(client: QueryClient, id: string, message: Message): void {
  client.setQueryData<Stretch>(
    messagesKey(id),
    (known) => known && { ...known, messages: union(known.messages, [message]) },
  );
}

/** Who is to read an answer; without it those who read the conversation. */
export type Visibility = 'public' | 'private';

interface Answer {
  text: string;
  files: readonly { id: string }[];
  visibility?: Visibility;
  /** The message that it answers. */
  replyTo?: string;
}

/** Sends an answer; the same key again is the same message. One in private may come to stand in another conversation. */
export const sendAnswer = (
  id: string,
  { text, files, visibility, replyTo }: Answer,
  idempotencyKey: string,
): Promise<Message> => {
  const attachmentIds = files.map((file) => file.id);
  const readers = { ...(visibility ? { visibility } : {}), ...(replyTo ? { replyTo } : {}) };
  const body = { text, ...(files.length > 0 ? { attachmentIds } : {}), ...readers };
  return ask(`/conversations/${encodeURIComponent(id)}/messages`, { method: 'POST', body, idempotencyKey });
};
