import type { FetchedFile } from '../../src/channel/channel.ts';
import { limited } from '../../src/channel/limited.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { XClient } from './client.ts';
import { readMediaReference } from './payload/media.ts';
import { withoutAnswer } from './refusal.ts';

const megabyte = 1024 * 1024;
/** Of posts; they are passed on as they come. */
const mostBytes = 100 * megabyte;
/** Of direct messages; the library has them in memory whole. */
const mostSigned = 32 * megabyte;

/** Where X keeps files. */
const openHosts: ReadonlySet<string> = new Set(['pbs.twimg.com', 'video.twimg.com']);
const signedHosts: ReadonlySet<string> = new Set([...openHosts, 'ton.twitter.com', 'ton.x.com']);

const gone = (says: string): SendError => new SendError('rejected', says);
const tooLarge = (): SendError => gone('The file is larger than is fetched from X (100 MB, in direct messages 32 MB).');
const limit = { mostBytes, tooLarge, lost: withoutAnswer };

/** No other host is asked: the address came with what a stranger wrote. */
function allowed(url: string, baseUrl: string, hosts: ReadonlySet<string>): URL {
  const target = new URL(url);
  const isOwn = target.origin === new URL(baseUrl).origin;
  const isTheirs = target.protocol === 'https:' && target.port === '' && hosts.has(target.hostname);
  if (isOwn || isTheirs) return target;
  throw gone('The address of the file leads to a host that is not one of X.');
}

const bytesSaid = (length: string | null | undefined): number | undefined => Number(length ?? '') || undefined;

function refused(status: number): SendError {
  if (status >= 500 || status === 429)
    return new SendError('unexpected-response', 'X does not give the file at the moment.', { retryAfterMs: 60_000 });
  return new SendError('rejected', 'X does not give the file (any more).', { providerCode: `HTTP ${status}` });
}

/** A file of a post: whoever has the address may have it. */
async function fetchOpen(url: URL, signal: AbortSignal): Promise<FetchedFile> {
  const response = await fetch(url, { redirect: 'manual', signal }).catch((cause: unknown) => {
    throw withoutAnswer(cause instanceof Error ? (cause.cause ?? cause) : cause);
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw response.ok ? gone('X gave an empty file.') : refused(response.status);
  }
  const bytes = bytesSaid(response.headers.get('content-length'));
  if ((bytes ?? 0) > mostBytes) {
    await response.body.cancel();
    throw tooLarge();
  }
  return { type: response.headers.get('content-type') ?? undefined, bytes, from: limited(response.body, limit) };
}

/** A file of a direct message: only with the signature of the account. */
async function fetchSigned(client: XClient, url: URL, signal: AbortSignal): Promise<FetchedFile> {
  const asked = { endpoint: 'dmMedia', signal, ms: 60_000, mostBytes: mostSigned } as const;
  const { data, headers } = await client.ask(asked, (api) =>
    api.get<Buffer>(url.href, {}, { prefix: '', forceParseMode: 'buffer', fullResponse: true }),
  );
  if (headers.location !== undefined) throw gone('The address of the file leads elsewhere.');
  const type = headers['content-type'];
  return {
    type,
    bytes: data.length,
    from: (async function* () {
      yield data;
    })(),
  };
}

export interface FetchOptions {
  client: XClient;
  baseUrl: string;
}

/** Fetches a file by the reference that the parsers made. Rejects with `rejected` where it will never come. */
export async function fetchFile(
  { client, baseUrl }: FetchOptions,
  reference: string,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const media = readMediaReference(reference);
  if (!media?.url) throw gone('X did not tell where the file is.');
  return media.dm === undefined
    ? fetchOpen(allowed(media.url, baseUrl, openHosts), signal)
    : fetchSigned(client, allowed(media.url, baseUrl, signedHosts), signal);
}
