import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { ArticleFilters } from '../api/knowledge.ts';

/** What the list of articles shows, kept in the address. */
export function useArticleFilters(): [ArticleFilters, (change: Partial<ArticleFilters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const read = (name: string): string => parameters.get(name) ?? '';
  const filters = {
    q: read('q'),
    status: read('status'),
    service: read('service'),
    departmentId: read('departmentId'),
  };
  const change = useCallback(
    (wanted: Partial<ArticleFilters>): void =>
      setParameters(
        (before) =>
          new URLSearchParams(Object.entries({ ...Object.fromEntries(before), ...wanted }).filter(([, v]) => v)),
        { replace: true },
      ),
    [setParameters],
  );
  return [filters, change];
}
