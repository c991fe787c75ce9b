import { z } from 'zod';
import type { FetchedFile } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { Late, pause, within } from '../../src/channel/wait.ts';
import type { Account } from './account.ts';
import type { WaClient, WaMessage } from './client.ts';
import { readMessage } from './parse.ts';
import { isPageGone } from './reasons.ts';

const lookupMs = 15_000;
const downloadMs = 60_000;
const againMs = 3_000;

/** A file crosses from the browser as base64 in one piece of memory. */
const maxBytes = 25 * 1024 * 1024;

const downloaded = z.object({
  mimetype: z.string().catch(''),
  data: z.string().min(1),
  filename: z.string().nullish().catch(null),
});

/** The names that a message may have now: its chat is named by number one day and by hidden id the next. */
function namesOf({ people }: Account, reference: string): string[] {
  const [, fromMe, chat = '', id] = /^(true|false)_([^_]+)_(.+)$/.exec(reference) ?? [];
  if (!fromMe) return [reference];
  return [...new Set([reference, ...people.namesOf(chat).map((name) => `${fromMe}_${name}_${id}`)])];
}

async function find(account: Account, client: WaClient, reference: string): Promise<WaMessage | null> {
  for (const name of namesOf(account, reference)) {
    const found = await within(account.clock, lookupMs, client.getMessageById(name));
    if (!found) continue;
    const size = readMessage(found)?.size ?? 0;
    if (size > maxBytes) throw new SendError('rejected', 'The file is larger than 25 MB; it can be seen on the phone.');
    return found as WaMessage;
  }
  return null;
}

/** What the page has of it; null where it has nothing: expired, or still on its way. */
async function download({ clock }: Account, message: WaMessage): Promise<FetchedFile | null> {
  const found = downloaded.safeParse(await within(clock, downloadMs, message.downloadMedia())).data;
  if (!found) return null;
  const content = Buffer.from(found.data, 'base64');
  return {
    type: found.mimetype.split(';')[0] || undefined,
    name: found.filename ?? undefined,
    bytes: content.length,
    from: (async function* () {
      yield content;
    })(),
  };
}

/** Fetches the file of a message, tried once more where the phone may still be giving it. Rejects with a `SendError`. */
export async function fetchFile(
  account: Account,
  client: WaClient,
  reference: string,
  signal: AbortSignal,
): Promise<FetchedFile> {
  try {
    const message = await find(account, client, reference);
    if (!message) throw new SendError('rejected', 'The message of the file is no longer there.');
    const first = await download(account, message);
    if (first) return first;
    await pause(account.clock, againMs, signal);
    const second = signal.aborted ? null : await download(account, message);
    if (second) return second;
    throw new SendError('rejected', 'WhatsApp does not have the file any more.');
  } catch (error) {
    if (error instanceof SendError) throw error;
    if (error instanceof Late) throw new SendError('timed-out', 'WhatsApp Web did not give the file in time.');
    const code = isPageGone(error) ? 'unreachable' : 'unexpected-response';
    throw new SendError(code, 'WhatsApp Web could not give the file.');
  }
}
