import type { InboundMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { keyed } from '../ids.ts';
import { type Attachment, attachments, type Message } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';

/** The id of a file that a message names, by its place among its files. */
export const fileIdOf = (messageId: string, place: number): string => keyed('file', messageId, place);

type Carrier = Pick<InboundMessage, 'inboxId' | 'address' | 'attachments'>;

/**
 * The files of a message that are still at the provider: each is noted with the message and fetched afterwards, so that a
 * slow or lost file never holds up the words. Gives what the message shows of them and what must be written with it.
 */
export function waitingFiles(
  deps: Pick<FlowDeps, 'clock'>,
  event: Carrier,
  of: { messageId: string; conversationId: string },
): { attachments: Message['attachments']; ops: Op[] } {
  const at = iso(deps.clock.now());
  const files = event.attachments.flatMap(({ reference, name = '', type = '', bytes = 0 }, place): Attachment[] =>
    reference === undefined
      ? []
      : [
          {
            id: fileIdOf(of.messageId, place),
            version: 1,
            inboxId: event.inboxId,
            address: event.address,
            ...of,
            name,
            type,
            bytes,
            sha256: '',
            createdAt: at,
            reference,
            state: 'waiting',
            reason: null,
            attempts: 0,
            dueAt: at,
            expiresAt: null,
          },
        ],
  );
  return {
    attachments: files.map(({ id, name, type, bytes }) => ({ id, name, type, bytes })),
    ops: files.map((document) => ({ op: 'insert', in: attachments, document, onDuplicate: 'keep' })),
  };
}
