import type { Alert } from '../../alert/alert.ts';
import type { OutboundAttachment } from '../../channel/outbound.ts';
import { iso } from '../../clock.ts';
import { attachments, here } from '../../message/message.ts';
import type { FlowDeps } from '../deps.ts';

type Deps = Pick<FlowDeps, 'store' | 'clock' | 'ids'>;

/** The copy that goes with a letter is kept for so long: the file itself stays with its alert. */
const copyMs = 86_400_000;

/**
 * A copy of an alert's file for the address that a letter goes to, since a channel is given a file only for the one address
 * that it belongs to. Null where there is no file, or its bytes are gone.
 */
export async function fileFor(
  { store, clock, ids }: Deps,
  file: Alert['file'],
  at: { inboxId: string; address: string },
): Promise<OutboundAttachment | null> {
  const stream = file && (await store.blobs.get(file.blobId));
  if (!file || !stream) return null;
  const { name, type } = file;
  const id = ids.next();
  const kept = await store.blobs.put(id, stream, file.bytes);
  const now = clock.now();
  const facts = { id, version: 1, ...at, conversationId: null, messageId: null, name, type, ...kept };
  const document = { ...facts, createdAt: iso(now), expiresAt: iso(now + copyMs), ...here };
  await store.write([{ op: 'insert', in: attachments, document }]);
  return { id, name, type, bytes: kept.bytes };
}
