import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import type { Principal } from '../../agent/principal.ts';
import { WaslError } from '../../errors.ts';
import { type Message, messages } from '../../message/message.ts';
import { type Source, sources } from '../../message/sources.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId } from '../fields.ts';
import { getOr404, withCurrent } from '../find-page.ts';
import { letterPage } from '../letter-page.ts';
import { messageReply, presentMessage } from '../present/message.ts';
import { type AnyRoute, fileRoute, pageRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';

const move = ({ store, flow }: HttpDeps) =>
  route({
    method: 'patch',
    path: '/messages/:id',
    summary: 'Move a message to another ticket, or off any',
    tag: 'Messages',
    access: 'tickets.work',
    params: byId,
    body: z.strictObject({ ticketNumber: opaqueId.nullable() }),
    reply: messageReply,
    async handle({ params, body, by }) {
      const { ticketNumber } = await getOr404(store, messages, params.id, 'message');
      for (const number of [ticketNumber, body.ticketNumber]) if (number !== null) await ticketFor(store, by, number);
      const moved = flow.staff.moveMessage(params.id, { id: by.id, name: by.name }, body.ticketNumber);
      return withCurrent(moved, (one) => presentMessage(store, by, one));
    },
  });

/** A message that this principal may see: one of a ticket that they may not know of is not there. */
async function messageFor(store: Store, by: Principal, id: string): Promise<Message> {
  const found = await getOr404(store, messages, id, 'message');
  if (found.ticketNumber) await ticketFor(store, by, found.ticketNumber);
  return found;
}

const inRow = (gzip: string | null): Readable | null =>
  gzip === null ? null : Readable.from(Buffer.from(gzip, 'base64'));

/** The source as it came over the wire, unpacked while it is sent; null where it is not there. */
async function openSource(store: Store, { gzip, blobId }: Source): Promise<Readable | null> {
  const packed = inRow(gzip) ?? (blobId === null ? null : await store.blobs.get(blobId));
  // whoever reads from it hears of a fault
  return packed && pipeline(packed, createGunzip(), () => undefined);
}

const source = (deps: HttpDeps) =>
  fileRoute({
    method: 'get',
    path: '/messages/:id/source',
    summary: 'A mail as it came, to be saved; noted in the audit',
    tag: 'Messages',
    access: 'contacts.full',
    params: byId,
    async handle({ params: { id }, by }) {
      const { store } = deps;
      const { hasSource } = await messageFor(store, by, id);
      if (!hasSource) throw new WaslError('not-found', 'This message has no source.');
      const kept = await store.get(sources, id);
      const stream = kept && (await openSource(store, kept));
      if (!stream) throw new WaslError('gone', 'The source was kept for its time and is removed.');
      await note(deps, by, 'message.read', { subject: id, fields: ['source'] });
      return { name: `${id}.eml`, type: 'message/rfc822', bytes: null, stream };
    },
  });

const html = ({ store }: HttpDeps) =>
  pageRoute({
    method: 'get',
    path: '/messages/:id/html',
    summary: 'A mail as it looked, as a page in which nothing runs and which fetches nothing',
    tag: 'Messages',
    access: 'conversations.read',
    params: byId,
    async handle({ params: { id }, by }) {
      const found = await messageFor(store, by, id);
      if (found.html === null || found.direction !== 'inbound')
        throw new WaslError('not-found', 'This message has no HTML.');
      return { html: await letterPage(store, found) };
    },
  });

/** A message by itself. */
export const messageRoutes = (deps: HttpDeps): AnyRoute[] => [move(deps), source(deps), html(deps)];
