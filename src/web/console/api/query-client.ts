import { QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, onSessionEnd } from './client.ts';
import { sessionKey } from './session.ts';

const passing = (error: unknown): boolean =>
  error instanceof ApiError && ['offline', 'unavailable', 'rate-limited', 'failed'].includes(error.code);

const createQueryClient = (): QueryClient =>
  new QueryClient({
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

/** The cache of what was read. A session that has ended leads to the sign-in page, whatever was asked. */
export function useQueryCache(): QueryClient {
  const [client] = useState(createQueryClient);
  useEffect(
    () =>
      onSessionEnd(() => {
        if (client.getQueryData(sessionKey)) client.setQueryData(sessionKey, null);
      }),
    [client],
  );
  return client;
}
