import { type QueryClient, useQuery } from '@tanstack/react-query';
import { ApiError, ask } from './client.ts';
import { useMay } from './session.ts';
import type { Inbox, InboxKind, InboxSettings, Page } from './shapes.ts';

const inboxesKey = ['inboxes'] as const;

/** All inboxes and how they are. `live`: asked again every few seconds, for a page that shows their state. */
export const useInboxes = ({ live = false } = {}) =>
  useQuery({
    queryKey: inboxesKey,
    queryFn: ({ signal }) => ask<Page<Inbox>>('/inboxes', { signal }),
    select: ({ items }) => items,
    staleTime: live ? 0 : 20_000,
    refetchInterval: live ? 3_000 : false,
  });

/** The inbox of a conversation; undefined where it was removed or is not known yet. */
export function useInbox(id: string): Inbox | undefined {
  return useInboxes().data?.find((one) => one.id === id);
}

/** The kinds that can be set up; none for those who may not. */
export const useInboxKinds = () =>
  useQuery({
    queryKey: ['inbox-kinds'],
    queryFn: ({ signal }) => ask<Page<InboxKind>>('/inboxes/kinds', { signal }),
    select: ({ items }) => items,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: useMay()('inboxes.change'),
  });

const pathOf = (id: string): string => `/inboxes/${encodeURIComponent(id)}`;

/** One inbox with its settings, as they are when a form is opened: read anew each time. */
export const useInboxSettings = (id: string) =>
  useQuery({
    queryKey: ['inbox-settings', id],
    queryFn: ({ signal }) => ask<InboxSettings>(pathOf(id), { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/** What must be done to sign an account in, asked every three seconds while somebody looks: codes last a few moments. */
export const useLogin = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: ['inbox-login', id],
    queryFn: ({ signal }) => ask<InboxSettings>(pathOf(id), { signal }),
    select: ({ login }) => login ?? null,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: 3_000,
    enabled: wanted,
  });

export interface InboxFacts {
  name: string;
  departmentId: string | null;
  enabled: boolean;
  /** Settings that were typed; null takes one away. */
  values: Record<string, string | null>;
}

/** Sets up an inbox (`channel`), or changes one (`id` at its `version`). */
export async function saveInbox(
  client: QueryClient,
  which: { channel: string } | { id: string; version: number },
  facts: InboxFacts,
): Promise<void> {
  if ('id' in which) {
    await ask(pathOf(which.id), { method: 'PATCH', body: { version: which.version, ...facts } });
  } else {
    await ask('/inboxes', { method: 'POST', body: { channel: which.channel, ...facts } });
  }
  await client.invalidateQueries({ queryKey: inboxesKey });
}

export async function removeInbox(client: QueryClient, id: string): Promise<void> {
  await ask(pathOf(id), { method: 'DELETE' });
  await client.invalidateQueries({ queryKey: inboxesKey });
}

const isFault = (value: unknown): value is { path: string; message: string } =>
  typeof value === 'object' && value !== null && 'path' in value && 'message' in value;

/** What is wrong with what was given, by the path below the body (`values.IMAP_URL`); empty where it is something else. */
export function faultsIn(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError) || error.code !== 'invalid') return {};
  const { details } = error;
  const faults = typeof details === 'object' && details !== null && 'faults' in details ? details.faults : [];
  if (!Array.isArray(faults)) return {};
  const named = faults.filter(isFault).map(({ path, message }) => [path.replace(/^body\./, ''), message]);
  return Object.fromEntries(named.toReversed());
}
