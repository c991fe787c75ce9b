import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import type { Principal } from '../../agent/principal.ts';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import { type Incident, incident, incidents } from '../../incident/incident.ts';
import { tickets } from '../../ticket/ticket.ts';
import { overStatuses } from '../../ticket/types.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf, version, words } from '../fields.ts';
import { changeOr409, findPage, getOr404 } from '../find-page.ts';
import { maySee, presentTicket, ticketReply } from '../present/ticket.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';
import { ticketFor } from './ticket-for.ts';

const incidentReply = incident
  .omit({ telling: true, nextAt: true })
  .extend({
    /** Somebody is being told right now. */
    busy: z.boolean(),
  })
  .meta({ id: 'Incident' });
type IncidentReply = z.infer<typeof incidentReply>;

const present = ({ telling, nextAt: _, ...shown }: Incident): IncidentReply => ({ ...shown, busy: telling !== null });

const both = (max: number) => z.strictObject({ ar: words(max), en: words(max) });
const message = both(2000).meta({ description: 'In both languages; each person is told it in theirs.' });

const facts = {
  title: both(200),
  message,
  service: z.string().max(100).nullable(),
  words: z.array(words(100)).max(50),
};

function requireService({ organisation }: HttpDeps, service: string | null | undefined): void {
  if (!service || organisation().services.some(({ id }) => id === service)) return;
  throw new WaslError('invalid', 'body.service: there is no such service.');
}

function requireFindable({ service, words: known }: Pick<Incident, 'service' | 'words'>): void {
  if (service !== null || known.length > 0) return;
  throw new WaslError('invalid', 'body: give a service or words, by which what people write of is recognised.');
}

/** An incident about which more can be said. */
async function openOne({ store }: HttpDeps, id: string): Promise<Incident> {
  const found = await getOr404(store, incidents, id, 'incident');
  if (found.state !== 'open') throw new WaslError('not-allowed', `The incident is ${found.state}.`);
  return found;
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/incidents',
    summary: 'Known outages, the newest first',
    tag: 'Incidents',
    access: 'tickets.read',
    query: z.strictObject({ ...pageFields, state: incident.shape.state.optional() }),
    reply: pageOf(incidentReply),
    async handle({ query: { state, ...paging } }) {
      const by = state === undefined ? { index: 'by-opened' } : { index: 'by-state', where: { state } };
      const page = await findPage(store, incidents, { ...by, order: 'desc', ...paging });
      return { ...page, items: page.items.map(present) };
    },
  });

const show = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/incidents/:id',
    summary: 'One known outage, and what was told of it',
    tag: 'Incidents',
    access: 'tickets.read',
    params: byId,
    reply: incidentReply,
    handle: async ({ params: { id } }) => present(await getOr404(store, incidents, id, 'incident')),
  });

const open = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/incidents',
    summary: 'Note a known outage: whoever writes of it is answered with its message, and their ticket is tied to it',
    tag: 'Incidents',
    access: 'incidents.change',
    body: z.strictObject({ ...facts, service: facts.service.default(null), words: facts.words.default([]) }),
    status: 201,
    reply: incidentReply,
    async handle({ body, by }) {
      requireService(deps, body.service);
      requireFindable(body);
      const at = iso(deps.clock.now());
      const state = { state: 'open' as const, openedAt: at, openedBy: by.id, closedAt: null };
      const document: Incident = {
        ...body,
        ...state,
        id: deps.ids.next(),
        version: 1,
        told: [],
        telling: null,
        nextAt: null,
      };
      await deps.store.write([{ op: 'insert', in: incidents, document }]);
      await note(deps, by, 'incident.opened', { subject: document.id, fields: [] });
      return present(document);
    },
  });

const change = (deps: HttpDeps) =>
  route({
    method: 'patch',
    path: '/incidents/:id',
    summary: 'Correct what is known of an outage, or what people are answered',
    tag: 'Incidents',
    access: 'incidents.change',
    params: byId,
    body: z.strictObject({ version, ...z.strictObject(facts).partial().shape }),
    reply: incidentReply,
    async handle({ params: { id }, body: { version: expect, ...given }, by }) {
      requireService(deps, given.service);
      const before = await openOne(deps, id);
      const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      requireFindable({ ...before, ...set });
      const changed = await changeOr409(deps.store, { in: incidents, id, expect, set }, present);
      await note(deps, by, 'incident.changed', { subject: id, fields: Object.keys(set) });
      return present(changed);
    },
  });

/** Has everybody told whom an incident concerns; the rest is done by the job, whatever becomes of this process. */
async function tellAll(
  deps: HttpDeps,
  id: string,
  { by, said, what }: { by: Principal; said: Incident['message']; what: 'tell' | 'close' },
): Promise<IncidentReply> {
  const before = await openOne(deps, id);
  if (before.telling !== null) {
    throw new WaslError('not-allowed', 'People are being told of it right now: wait until that is done.');
  }
  const at = iso(deps.clock.now());
  const begun = { id: deps.ids.next(), what, message: said, byId: by.id, at, people: 0, cursor: null };
  const set = { telling: begun, nextAt: at, state: what === 'close' ? ('closing' as const) : before.state };
  const changed = await changeOr409(deps.store, { in: incidents, id, expect: before.version, set }, present);
  await note(deps, by, what === 'close' ? 'incident.closed' : 'incident.told', { subject: id, fields: [] });
  return present(changed);
}

const tell = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/incidents/:id/tell',
    summary: 'Tell everybody whose ticket is tied to an outage, each person once',
    tag: 'Incidents',
    access: 'incidents.change',
    params: byId,
    body: z.strictObject({ message }),
    reply: incidentReply,
    handle: ({ params: { id }, body, by }) => tellAll(deps, id, { by, said: body.message, what: 'tell' }),
  });

const close = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/incidents/:id/close',
    summary: 'An outage is over: every ticket that is tied to it is resolved, and each person told once',
    tag: 'Incidents',
    access: 'incidents.change',
    params: byId,
    body: z.strictObject({ message }),
    reply: incidentReply,
    handle: ({ params: { id }, body, by }) => tellAll(deps, id, { by, said: body.message, what: 'close' }),
  });

const listTickets = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/incidents/:id/tickets',
    summary: 'The tickets that are tied to an outage, the oldest first',
    tag: 'Incidents',
    access: 'tickets.read',
    params: byId,
    query: z.strictObject(pageFields),
    reply: pageOf(ticketReply),
    async handle({ params: { id }, query, by }) {
      await getOr404(store, incidents, id, 'incident');
      const page = await findPage(store, tickets, { index: 'by-incident', where: { incidentId: id }, ...query });
      return { ...page, items: page.items.filter((one) => maySee(by, one)).map(presentTicket) };
    },
  });

/** The tickets that are to be tied, all of them possible before the first is. */
async function fresh({ store }: HttpDeps, by: Principal, id: string, numbers: readonly string[]) {
  const found = [];
  for (const number of new Set(numbers)) found.push(await ticketFor(store, by, number));
  const ended = found.find(({ status }) => overStatuses.includes(status));
  if (ended)
    throw new WaslError('not-allowed', `The ticket ${ended.number} is ${ended.status}: nothing is tied to it.`);
  return found.filter(({ incidentId }) => incidentId !== id);
}

const tie = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/incidents/:id/tickets',
    summary: 'Tie tickets to an outage',
    tag: 'Incidents',
    access: 'tickets.work',
    params: byId,
    body: z.strictObject({ ticketNumbers: z.array(opaqueId).min(1).max(200) }),
    reply: z.object({ tied: z.number().int() }),
    async handle({ params: { id }, body, by }) {
      await openOne(deps, id);
      const found = await fresh(deps, by, id, body.ticketNumbers);
      const actor = { kind: 'agent', id: by.id } as const;
      for (const { number } of found) {
        await deps.flow.staff.changeTicket(number, actor, [{ kind: 'incident-linked', incidentId: id }]);
      }
      return { tied: found.length };
    },
  });

const untie = (deps: HttpDeps) =>
  silentRoute({
    method: 'delete',
    path: '/incidents/:id/tickets/:number',
    summary: 'A ticket has nothing to do with an outage after all',
    tag: 'Incidents',
    access: 'tickets.work',
    params: z.strictObject({ id: opaqueId, number: opaqueId }),
    async handle({ params: { id, number }, by }) {
      await openOne(deps, id);
      const ticket = await ticketFor(deps.store, by, number);
      if (ticket.incidentId !== id) throw new WaslError('not-found', 'The ticket is not tied to this incident.');
      const actor = { kind: 'agent', id: by.id } as const;
      await deps.flow.staff.changeTicket(number, actor, [{ kind: 'incident-linked', incidentId: null }]);
    },
  });

/** Known outages: one message to many (EX-06). */
export const incidentRoutes = (deps: HttpDeps): AnyRoute[] => [
  list(deps),
  open(deps),
  show(deps),
  change(deps),
  tell(deps),
  close(deps),
  listTickets(deps),
  tie(deps),
  untie(deps),
];
