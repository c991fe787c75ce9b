import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { sessionKey } from './session.ts';

const passing = (error: unknown): boolean =>
  error instanceof ApiError && ['offline', 'unavailable', 'rate-limited', 'failed'].includes(error.code);

/** The cache of what was read. A session that has ended leads to the sign-in page, whatever was asked. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof ApiError && error.code === 'unauthorized') client.setQueryData(sessionKey, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Hints tell when something changed; a short time keeps pages that are opened in a row from asking twice.
      queries: {
        staleTime: 5_000,
        gcTime: 15 * 60_000,
        retry: (count, error) => passing(error) && count < 2,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}
