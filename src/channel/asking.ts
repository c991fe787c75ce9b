import { z } from 'zod';
import type { ChannelDeps } from './channel.ts';

/** No connection was made, so that nothing can have been taken. */
const unmade = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const coded = z.object({ code: z.string() });

/** Codes of the system's errors, also of those behind a failed fetch; several where several addresses were tried. */
const codesOf = (failed: unknown): string[] => {
  const cause = failed instanceof Error ? (failed.cause ?? failed) : failed;
  const errors: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return errors.flatMap((one) => {
    const read = coded.safeParse(one);
    return read.success ? [read.data.code] : [];
  });
};

/** Whether what a request failed with says that it cannot have arrived; false where it may have. */
export function isNeverSent(failed: unknown): boolean {
  const codes = codesOf(failed);
  return codes.length > 0 && codes.every((one) => unmade.has(one));
}

/** `Retry-After` in seconds, at most an hour, in ms. */
export function waitAsked(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}

/** Words of a provider for the log: without long numbers, which may be a person's. */
export const unnumbered = (text: string): string => text.replace(/\d{5,}/g, '…').slice(0, 300);

/** Asks with a signal that aborts after `ms` milliseconds, and with the given one. */
export async function askWithin<T>(
  clock: ChannelDeps['clock'],
  { ms, signal }: { ms: number; signal?: AbortSignal | undefined },
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const cancel = clock.after(ms, () => late.abort());
  try {
    return await ask(signal ? AbortSignal.any([signal, late.signal]) : late.signal);
  } finally {
    cancel();
  }
}
