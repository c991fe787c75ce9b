import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sms } from '../../../channels/sms/channel.ts';
import type { Sink } from '../../../src/channel/channel.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';

/** A process to be killed: sends so many messages, four at a time, and goes on where the last one was ended. */
const [, , directory = '', count = '0', person = ''] = process.argv;

const notes = join(directory, 'notes.json');
const ended = join(directory, 'ended.txt');
const kept = existsSync(notes) ? readFileSync(notes, 'utf8') : null;
const done = new Set(existsSync(ended) ? readFileSync(ended, 'utf8').match(/d\d+/g) : []);

const sink = {
  recall: async () => kept,
  remember: async (_key: string, value: string) => {
    writeFileSync(`${notes}.new`, value);
    renameSync(`${notes}.new`, notes);
  },
} as unknown as Sink;

const [inbox] = givenInboxes([sms], process.env);
if (!inbox) throw new Error('the settings set up no inbox');
const channel = sms.create(inbox, hostDeps({}));
await channel.start(sink);

const anOutbound = outboundOf({ inboxId: 'sms', address: person });
const waiting = Array.from({ length: Number(count) }, (_, at) => `d${at}`).filter((id) => !done.has(id));

async function sendNext(): Promise<void> {
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const message = anOutbound({ id, text: `رقم طلبكم ${id}` });
    try {
      await channel.send(message, AbortSignal.timeout(5_000));
      appendFileSync(ended, `${id} sent\n`);
    } catch (error) {
      if (!(error instanceof SendError) || !error.retryable) appendFileSync(ended, `${id} failed\n`);
      else waiting.push(id);
    }
  }
}

await Promise.all(Array.from({ length: 4 }, sendNext));
await channel.stop();
