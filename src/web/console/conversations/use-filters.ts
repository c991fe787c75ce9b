import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { type Filters, type View, views } from '../api/conversations.ts';

const isView = (value: string | null): value is View => views.some((one) => one === value);

const read = (parameters: URLSearchParams): Filters => {
  const view = parameters.get('view');
  return {
    view: isView(view) ? view : 'waiting',
    channel: parameters.get('channel') ?? '',
    visibility: parameters.get('visibility') ?? '',
    q: parameters.get('q') ?? '',
  };
};

const write = (filters: Filters): URLSearchParams =>
  new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '' && value !== 'waiting'));

/** What the list shows: kept in the address, so that it survives reloading and can be sent to a colleague. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = useCallback(
    (wanted: Partial<Filters>): void =>
      setParameters((before) => write({ ...read(before), ...wanted }), { replace: true }),
    [setParameters],
  );
  return [read(parameters), change];
}
