import { z } from 'zod';
import type { OutboundMessage, SendResult } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import type { Uploads } from '../../../src/channel/uploads.ts';
import type { Graph } from '../graph.ts';
import type { MediaForm } from './files.ts';
import { bodyOf, type Step, stepsOf } from './shape.ts';

const answer = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

/** Sendings of several calls that stopped half way; what has been taken is not sent again while this process lives. */
const remembered = 500;

/** Sends messages of one number. */
export interface Sender {
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendResult>;
}

export interface SenderOptions {
  graph: Graph;
  phoneNumberId: string;
  uploads: Uploads<MediaForm>;
  /** The word on the button that opens a list of choices. */
  listButton(language: OutboundMessage['language']): string;
}

async function takeStep(
  options: SenderOptions,
  message: OutboundMessage,
  { step, ...place }: { step: Step; at: number; of: number },
  signal: AbortSignal,
): Promise<string> {
  const { inboxId, address } = message;
  const mediaId = step.is === 'file' ? await options.uploads.idOf({ ...step, inboxId, address }, signal) : undefined;
  const body = bodyOf(message, step, { ...place, mediaId });
  const read = answer.safeParse(await options.graph.call(`${options.phoneNumberId}/messages`, { body, signal }));
  const id = read.success ? read.data.messages[0]?.id : undefined;
  if (!id) throw new SendError('unexpected-response', 'WhatsApp gave no id for the message.', { retryAfterMs: 60_000 });
  return id;
}

export function createSender(options: SenderOptions): Sender {
  const taken = new Map<string, number>();

  const remember = (id: string, steps: number): void => {
    taken.delete(id);
    taken.set(id, steps);
    const oldest = taken.size > remembered ? taken.keys().next().value : undefined;
    if (oldest !== undefined) taken.delete(oldest);
  };

  return {
    async send(message, signal) {
      const steps = stepsOf(message, () => options.listButton(message.language));
      let externalId = '';
      for (const [at, step] of steps.entries()) {
        if (at < (taken.get(message.id) ?? 0)) continue;
        externalId = await takeStep(options, message, { step, at, of: steps.length }, signal);
        if (at < steps.length - 1) remember(message.id, at + 1);
      }
      taken.delete(message.id);
      return { externalId, status: 'accepted' };
    },
  };
}
