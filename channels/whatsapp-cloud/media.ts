import { z } from 'zod';
import type { FetchedFile } from '../../src/channel/channel.ts';
import { limited } from '../../src/channel/limited.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { capabilities } from './capabilities.ts';
import { type Graph, refusalOf, withoutAnswer } from './graph.ts';
import type { CloudSettings } from './settings.ts';

/** The largest file that the provider hands over, of any kind (page "Media"). */
const mostBytes = capabilities.attachments?.maxBytes ?? 0;
const mostRedirects = 3;

const reference = z.object({
  id: z.string().optional(),
  url: z.string().optional(),
  mime: z.string().optional(),
  name: z.string().optional(),
});

const answer = z.object({
  url: z.string(),
  mime_type: z.string().optional(),
  file_size: z.coerce.number().optional().catch(undefined),
});

const gone = (says: string): SendError => new SendError('rejected', says);
const tooLarge = (): SendError => gone('The file is larger than WhatsApp hands over (100 MB).');
const limit = { mostBytes, tooLarge, lost: withoutAnswer };

type Hosts = Pick<CloudSettings, 'baseUrl' | 'mediaHosts'>;

/** The token is shown to no other host: the provider's own, and those of the settings by TLS. */
function allowed(url: string, { baseUrl, mediaHosts }: Hosts): URL {
  const target = URL.canParse(url) ? new URL(url) : null;
  const isOwn = target?.origin === new URL(baseUrl).origin;
  const isMedia = target?.protocol === 'https:' && target.port === '' && mediaHosts.includes(target.hostname);
  if (target && (isOwn || isMedia)) return target;
  throw gone('The address of the file leads to a host that is not allowed (MEDIA_HOSTS).');
}

async function openAt(graph: Graph, hosts: Hosts, first: string, signal: AbortSignal): Promise<Response> {
  let url = allowed(first, hosts);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await graph.open(url.href, signal);
    const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (next === null) return response;
    await response.body?.cancel();
    url = allowed(URL.canParse(next, url) ? new URL(next, url).href : next, hosts);
  }
  throw gone('The address of the file leads in circles.');
}

interface Found {
  id: string | undefined;
  url: string;
  type: string | undefined;
  bytes: number | undefined;
}

/** By its id the provider tells where the file is now; an id that it does not know any more will never lead anywhere. */
async function find(graph: Graph, id: string, signal: AbortSignal): Promise<Found> {
  const given = await graph.call(encodeURIComponent(id), { signal }).catch((error: unknown) => {
    if (error instanceof SendError && error.providerCode === '100')
      throw new SendError('rejected', 'WhatsApp does not have the file any more.', { providerCode: '100' });
    throw error;
  });
  const read = answer.safeParse(given);
  if (!read.success) throw new SendError('unexpected-response', 'WhatsApp did not tell where the file is.');
  return { id, url: read.data.url, type: read.data.mime_type, bytes: read.data.file_size };
}

function parsed(given: string): z.infer<typeof reference> {
  try {
    return reference.parse(JSON.parse(given));
  } catch {
    throw gone('The reference of the file cannot be read.');
  }
}

async function bytesOf(graph: Graph, hosts: Hosts, found: Found, signal: AbortSignal): Promise<FetchedFile> {
  if ((found.bytes ?? 0) > mostBytes) throw tooLarge();
  const response = await openAt(graph, hosts, found.url, signal);
  if (response.status === 404 && found.id)
    throw new SendError('unexpected-response', 'The address of the file is no longer good; it is asked for again.');
  if (!response.ok) throw await refusalOf(response);
  const length = Number(response.headers.get('content-length') ?? found.bytes ?? 0);
  if (length > mostBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  if (!response.body) throw new SendError('unexpected-response', 'WhatsApp gave an empty file.');
  return { type: found.type, bytes: found.bytes ?? (length || undefined), from: limited(response.body, limit) };
}

/**
 * Fetches a file by the reference that `parse` made. The id is asked first, since an address lives for minutes; an address
 * alone is tried as it is. Rejects with `rejected` where the file will never come.
 */
export async function fetchFile(graph: Graph, hosts: Hosts, given: string, signal: AbortSignal): Promise<FetchedFile> {
  const { id, url, mime, name } = parsed(given);
  const found = id ? await find(graph, id, signal) : url ? { id, url, type: undefined, bytes: undefined } : null;
  if (!found) throw gone('The message did not tell where the file is.');
  const file = await bytesOf(graph, hosts, found, signal);
  return { ...file, type: file.type ?? mime, name };
}
