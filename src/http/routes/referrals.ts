import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { referralLink } from '../../flow/casework/referral-letter.ts';
import { attachmentRef } from '../../message/message.ts';
import { type Referral, referral, referrals } from '../../referral/referral.ts';
import { ticketType } from '../../ticket/types.ts';
import type { HttpDeps } from '../deps.ts';
import { opaqueId, pageFields, pageOf, time, words } from '../fields.ts';
import { maxFileBytes } from '../read-upload.ts';
import { type AnyRoute, route, type Upload } from '../route.ts';
import { pageOfTicket } from './ticket-for.ts';
import { byNumber } from './tickets.ts';

const referralReply = referral
  .omit({ version: true, nextAt: true, mailAt: true, tries: true })
  .extend({
    bodyName: z.object({ ar: z.string(), en: z.string() }).nullable(),
    link: z.string().nullable().meta({ description: 'To be given to the body; null once it leads nowhere.' }),
  })
  .meta({ id: 'Referral' });

function present({ organisation, config, secret }: HttpDeps, one: Referral): z.input<typeof referralReply> {
  const { version: _v, nextAt: _n, mailAt: _m, tries: _t, ...shown } = one;
  const bodyName = organisation().casework.bodies.find(({ id }) => id === one.bodyId)?.name ?? null;
  const link = one.state === 'waiting' ? referralLink({ publicUrl: config.publicUrl, secret }, one.id) : null;
  return { ...shown, bodyName, link };
}

const list = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/tickets/:number/referrals',
    summary: 'To which outside bodies a ticket was referred, with the link of one that is waited for',
    tag: 'Tickets',
    access: 'tickets.step',
    params: byNumber,
    query: z.strictObject(pageFields),
    reply: pageOf(referralReply),
    async handle({ params: { number }, query, by }) {
      const page = await pageOfTicket(deps.store, by, { number, in: referrals, query });
      return { ...page, items: page.items.map((one) => present(deps, one)) };
    },
  });

const byToken = z.strictObject({ token: z.string().max(200) });

const fileReply = attachmentRef.meta({ id: 'ReferralFile' });

const seenReply = z
  .object({
    state: z.enum(['waiting', 'answered']),
    ticketNumber: z.string(),
    bodyId: z.string(),
    at: time,
    dueAt: time,
    expiresAt: time,
    answeredAt: time.nullable(),
    files: z.array(fileReply),
    matter: z
      .object({
        type: ticketType,
        service: z.string().nullable(),
        openedAt: time,
        asked: z.string(),
        words: z.array(z.string()),
        person: z.object({ name: z.string().nullable(), phone: z.string().nullable() }).nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'SeenReferral' });

const read = ({ flow }: HttpDeps) =>
  route({
    method: 'get',
    path: '/refer/:token',
    summary: 'What was referred to an outside body, masked; 410 once it is waited for no more',
    tag: 'Referrals',
    access: 'public',
    params: byToken,
    reply: seenReply,
    handle: ({ params: { token } }) => flow.outside.readReferral(token),
  });

/** What the form of a page and the API take alike. */
export const referralAnswer = z.strictObject({
  text: words(10_000),
  attachmentIds: z.array(opaqueId).max(5).default([]),
});

const answer = ({ flow }: HttpDeps) =>
  route({
    method: 'post',
    path: '/refer/:token',
    summary: 'The answer of an outside body, once; 409 after that',
    tag: 'Referrals',
    access: 'public',
    params: byToken,
    body: referralAnswer,
    reply: seenReply,
    handle: ({ params: { token }, body }) => flow.outside.answerReferral(token, body),
  });

/** Keeps an uploaded file as one of a referral's; its bytes go where it is not taken. */
export async function keepReferralFile({ flow, store }: Pick<HttpDeps, 'flow' | 'store'>, token: string, file: Upload) {
  const { blobId, ...facts } = file;
  try {
    return await flow.outside.addReferralFile(token, { id: blobId, ...facts });
  } catch (error) {
    if (error instanceof WaslError) await store.blobs.remove(blobId);
    throw error;
  }
}

const addFile = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/refer/:token/files',
    summary: 'A file for the answer to name within a day; at most five',
    details: `One file in the field "file", of at most ${maxFileBytes / 1024 / 1024} MB: PDF, Office (docx, xlsx, pptx), ZIP, plain text, CSV, pictures (JPEG, PNG, GIF, WebP, HEIC), sound (MP3, AAC, M4A, OGG, WAV) or video (MP4, WebM), told by its bytes. Errors: 400 no whole form or another kind of file, 404 no such link, 409 answered already, 410 the link has ended, 413 too large, 422 five files already, 429 too many requests.`,
    tag: 'Referrals',
    access: 'public',
    params: byToken,
    upload: true,
    body: z.custom<Upload>(),
    status: 201,
    reply: fileReply,
    handle: ({ params: { token }, body }) => keepReferralFile(deps, token, body),
  });

/** Referrals: what staff read, and what outside bodies answer by their link. */
export const referralRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), read(deps), answer(deps), addFile(deps)];
