import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { TicketFilters } from '../api/tickets.ts';

/** What the list of tickets shows, kept in the address. */
export function useTicketFilters(): [TicketFilters, (change: Partial<TicketFilters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const read = (name: string): string => parameters.get(name) ?? '';
  const filters = { status: read('status'), type: read('type'), departmentId: read('departmentId'), q: read('q') };
  const change = useCallback(
    (wanted: Partial<TicketFilters>): void =>
      setParameters(
        (before) =>
          new URLSearchParams([...Object.entries({ ...Object.fromEntries(before), ...wanted })].filter(([, v]) => v)),
        { replace: true },
      ),
    [setParameters],
  );
  return [filters, change];
}
