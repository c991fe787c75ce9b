import { z } from 'zod';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import { type Attachment, attachments, here, messages } from '../../message/message.ts';
import { referralInbox, referrals } from '../../referral/referral.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, time } from '../fields.ts';
import { getOr404 } from '../find-page.ts';
import { type AnyRoute, fileRoute, route, type Upload } from '../route.ts';
import { ticketFor } from './ticket-for.ts';

/** The inbox of files that staff have added and no message carries yet. */
export const staffInbox = 'staff';
const keepMs = 24 * 3_600_000;

/** How soon a file that is still being fetched is worth asking for again, in ms. */
const fetchingMs = 5_000;

/** Refuses a file whose bytes are not in hand, and says whether they will be. */
function requireHere({ state, reason }: Attachment): void {
  if (state === 'missing') throw new WaslError('gone', reason ?? 'The file will not come any more.');
  if (state === 'here') return;
  const sentence = 'The file is still being fetched from the provider: ask again in a moment.';
  throw new WaslError('unavailable', sentence, { details: { retryAfterMs: fetchingMs } });
}

const attachmentReply = z
  .object({ id: z.string(), name: z.string(), type: z.string(), bytes: z.number(), expiresAt: time.nullable() })
  .meta({ id: 'Attachment' });

const download = ({ store }: HttpDeps) =>
  fileRoute({
    method: 'get',
    path: '/attachments/:id',
    summary: 'A file, to be saved',
    tag: 'Attachments',
    access: 'files.read',
    params: byId,
    async handle({ params: { id }, by }) {
      const file = await getOr404(store, attachments, id, 'file');
      const { name, type, bytes, messageId } = file;
      const carrier = messageId ? await store.get(messages, messageId) : null;
      if (carrier?.ticketNumber) await ticketFor(store, by, carrier.ticketNumber);
      const referral = file.inboxId === referralInbox ? await store.get(referrals, file.address) : null;
      if (referral) await ticketFor(store, by, referral.ticketNumber);
      requireHere(file);
      const stream = await store.blobs.get(id);
      if (!stream) throw new WaslError('not-found', 'There is no such file.');
      return { name, type, bytes, stream };
    },
  });

const add = ({ store, clock }: HttpDeps) =>
  route({
    method: 'post',
    path: '/attachments',
    summary: 'Add a file for a message to carry within a day',
    tag: 'Attachments',
    access: 'files.add',
    upload: true,
    body: z.custom<Upload>(),
    status: 201,
    reply: attachmentReply,
    async handle({ body: { blobId, name, type, bytes, sha256 }, by }) {
      const now = clock.now();
      const document: Attachment = {
        id: blobId,
        version: 1,
        inboxId: staffInbox,
        address: by.id,
        conversationId: null,
        messageId: null,
        name,
        type,
        bytes,
        sha256,
        ...here,
        createdAt: iso(now),
        expiresAt: iso(now + keepMs),
      };
      await store.write([{ op: 'insert', in: attachments, document }]);
      return { id: blobId, name, type, bytes, expiresAt: document.expiresAt };
    },
  });

/** Files. */
export const attachmentRoutes = (deps: HttpDeps): AnyRoute[] => [download(deps), add(deps)];
