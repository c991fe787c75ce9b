import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { type Alert, alerts } from '../../alert/alert.ts';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { alertReply, failedAlertReply, presentAlert, presentFailedAlert } from '../present/alert.ts';
import { hiddenTickets } from '../present/hidden-tickets.ts';
import { type AnyRoute, fileRoute, route } from '../route.ts';

/** Without those of tickets that the principal may not know of any more (EX-01). */
async function visible(store: Store, by: Principal, all: readonly Alert[]): Promise<Alert[]> {
  const hidden = await hiddenTickets(
    store,
    by,
    all.map(({ ticketNumber }) => ticketNumber),
  );
  return all.filter(({ ticketNumber }) => ticketNumber === null || !hidden.has(ticketNumber));
}

/** No more are counted: whoever has so many does not need the number. */
const mostUnread = 200;

async function unreadOf(store: Store, by: Principal): Promise<number> {
  const query = { index: 'by-unread', where: { agentId: by.id }, limit: mostUnread } as const;
  return (await visible(store, by, (await store.find(alerts, query)).items)).length;
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/alerts',
    summary: 'What you are told of tickets, the newest first; at most 200 are counted as unread',
    tag: 'Alerts',
    access: 'signed-in',
    query: z.strictObject({
      ...pageFields,
      unread: z.literal('true').optional().meta({ description: 'Only what is not read yet.' }),
    }),
    reply: pageOf(alertReply).extend({ unread: z.number().int() }),
    async handle({ query: { unread, ...paging }, by }) {
      const index = unread === undefined ? 'by-agent' : 'by-unread';
      const where = { agentId: by.id };
      const page = await findPage(store, alerts, { index, where, order: 'desc', ...paging });
      const items = (await visible(store, by, page.items)).map(presentAlert);
      return { items, nextCursor: page.nextCursor, unread: await unreadOf(store, by) };
    },
  });

const read = ({ store, clock }: HttpDeps) =>
  route({
    method: 'post',
    path: '/alerts/read',
    summary: 'Mark alerts of yours as read; others are left as they are',
    tag: 'Alerts',
    access: 'signed-in',
    body: z.strictObject({ ids: z.array(opaqueId).min(1).max(200) }),
    reply: z.object({ unread: z.number().int() }),
    async handle({ body: { ids }, by }) {
      const own = (await store.getMany(alerts, [...new Set(ids)])).filter(({ agentId }) => agentId === by.id);
      const set = { readAt: iso(clock.now()), unreadAt: null };
      for (const { id, readAt } of own) {
        if (readAt === null) await store.write([{ op: 'update', in: alerts, id, when: { readAt: null }, set }]);
      }
      return { unread: await unreadOf(store, by) };
    },
  });

const download = ({ store }: HttpDeps) =>
  fileRoute({
    method: 'get',
    path: '/alerts/:id/file',
    summary: 'The file that came with an alert of yours, to be saved',
    tag: 'Alerts',
    access: 'signed-in',
    params: byId,
    async handle({ params: { id }, by }) {
      const found = await store.get(alerts, id);
      const own = found?.agentId === by.id ? await visible(store, by, [found]) : [];
      const file = own[0]?.file ?? null;
      const stream = file && (await store.blobs.get(file.blobId));
      if (!file || !stream) throw new WaslError('not-found', 'There is no such file.');
      return { name: file.name, type: file.type, bytes: file.bytes, stream };
    },
  });

const failed = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/alerts/failed',
    summary: 'Alerts whose letter or message to a phone did not arrive, the latest first',
    tag: 'Alerts',
    access: 'agents.read',
    query: z.strictObject(pageFields),
    reply: pageOf(failedAlertReply),
    async handle({ query, by }) {
      const page = await findPage(store, alerts, { index: 'by-failed', order: 'desc', ...query });
      return { ...page, items: (await visible(store, by, page.items)).map(presentFailedAlert) };
    },
  });

/** What staff are told. */
export const alertRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), failed(deps), read(deps), download(deps)];
