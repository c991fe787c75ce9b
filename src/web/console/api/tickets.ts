import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Notice, Page, Ticket, TicketEvent } from './shapes.ts';

export interface TicketFilters {
  status: string;
  type: string;
  departmentId: string;
  q: string;
}

const pageLength = 50;

export const useTickets = (filters: TicketFilters) =>
  useInfiniteQuery({
    queryKey: ['tickets', filters],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Ticket>>('/tickets', { query: { ...filters, limit: pageLength, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

const ticketQuery = (number: string) => ({
  queryKey: ['ticket', number],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask<Ticket>(`/tickets/${encodeURIComponent(number)}`, { signal }),
});

export const useTicket = (number: string) => useQuery(ticketQuery(number));

/** Several tickets by number; those that may not be seen are left out. */
export const useTicketsByNumber = (numbers: readonly string[]): Ticket[] =>
  useQueries({
    queries: numbers.map(ticketQuery),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });

/** The ledger of a ticket, the oldest first. */
export const useTicketEvents = (number: string) =>
  useQuery({
    queryKey: ['ticket', number, 'events'],
    queryFn: ({ signal }) =>
      ask<Page<TicketEvent>>(`/tickets/${encodeURIComponent(number)}/events`, { query: { limit: 200 }, signal }),
    select: ({ items }) => items,
  });

/** Notes something that only staff see. */
export const addNote = (number: string, note: string, idempotencyKey: string): Promise<Ticket> =>
  ask(`/tickets/${encodeURIComponent(number)}/notes`, { method: 'POST', body: { note }, idempotencyKey });

const pathOf = (number: string): string => `/tickets/${encodeURIComponent(number)}`;

export const ticketSteps = ['start', 'resolve', 'close'] as const;
export type TicketStep = (typeof ticketSteps)[number];

/** What is decided on a ticket: a step with an internal note, or that its answer is late. */
export type TicketMove = { step: TicketStep; note: string } | { step: 'delay'; reason: string; expectedAt: string };

/** The steps that the one who is signed in may take on a ticket as it stands. */
export const usePossibleSteps = ({ number, version }: Pick<Ticket, 'number' | 'version'>) =>
  useQuery({
    queryKey: ['ticket', number, 'steps', version],
    queryFn: ({ signal }) => ask<{ steps: string[] }>(`${pathOf(number)}/steps`, { signal }),
    select: ({ steps }) => steps,
  });

/** Takes a step on a ticket as it was seen; refused as a conflict where it changed since. */
export const moveTicket = ({ number, version }: Ticket, move: TicketMove): Promise<Ticket> => {
  const { step, ...facts } = move;
  const given = Object.entries(facts).filter(([, value]) => value !== '');
  return ask(`${pathOf(number)}/${step}`, { method: 'POST', body: { version, ...Object.fromEntries(given) } });
};

/** What the person was told of a ticket of our own accord, the oldest first. */
export const useNotices = (number: string) =>
  useQuery({
    queryKey: ['ticket', number, 'notices'],
    queryFn: ({ signal }) => ask<Page<Notice>>(`${pathOf(number)}/notices`, { query: { limit: 200 }, signal }),
    select: ({ items }) => items,
    // nobody tells of these by themselves
    refetchInterval: 15_000,
  });
