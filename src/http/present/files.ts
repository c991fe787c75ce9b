import { z } from 'zod';
import { type Attachment, attachment, attachmentRef, attachments, type Message } from '../../message/message.ts';
import type { Store } from '../../store/port.ts';

/** A file of a message, and whether its bytes are in hand: `waiting` ones are being fetched, `missing` ones never come. */
export const fileReply = attachmentRef.extend({ state: attachment.shape.state, reason: z.string().nullable() });
export type FileReply = z.infer<typeof fileReply>;

const mostAtOnce = 1000;

async function documentsOf(store: Store, ids: readonly string[]): Promise<Map<string, Attachment>> {
  const found = new Map<string, Attachment>();
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    for (const one of await store.getMany(attachments, ids.slice(from, from + mostAtOnce))) found.set(one.id, one);
  }
  return found;
}

/** Gives how the files of these messages are shown. */
export async function fileStates(
  store: Store,
  messages: readonly Pick<Message, 'attachments'>[],
): Promise<(files: Message['attachments']) => FileReply[]> {
  const ids = new Set(messages.flatMap((message) => message.attachments.map(({ id }) => id)));
  const known = await documentsOf(store, [...ids]);
  return (files) =>
    files.map((file) => {
      const { state, reason } = known.get(file.id) ?? { state: 'missing', reason: 'The file is not there any more.' };
      return { ...file, state, reason };
    });
}
