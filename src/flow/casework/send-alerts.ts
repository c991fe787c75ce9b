import { type Alert, alerts } from '../../alert/alert.ts';
import type { Staff, StaffMember } from '../../casework/staff.ts';
import type { Channel } from '../../channel/channel.ts';
import type { OutboundAttachment, OutboundMessage } from '../../channel/outbound.ts';
import { SendError } from '../../channel/send-error.ts';
import { iso } from '../../clock.ts';
import type { Op } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { sendInTime, sendTimeoutMs } from '../deliver.ts';
import type { FlowDeps } from '../deps.ts';
import { fallsToUs } from '../share.ts';
import { type Fate, fateOf } from './alert-fate.ts';
import { fileFor } from './alert-file.ts';
import { letterPost, type Parcel, type Post, parcelId, phonePost, type Standing } from './alert-posts.ts';
import { fillAlert } from './alert-words.ts';
import type { Job } from './jobs.ts';
import { readStaff } from './scene-of.ts';

/** So many alerts are looked at in one go, and so many go in one parcel; the rest at the next look. */
const atOnce = 200;
const mostInOne = 50;
/** So many parcels of a look are on their way at a time. */
const sideBySide = 4;
/** Whoever takes alerts in hand has them for so long (ms). */
const leaseMs = 4 * sendTimeoutMs;
/** Tried again after 1, 4, 16, 64 minutes, then every 4 hours, for three days. */
const waitMs = (tries: number): number => Math.min(60_000 * 4 ** (tries - 1), 4 * 3_600_000);
const triedForMs = 3 * 86_400_000;
/** Nothing is begun for so long where the other side does not answer (ms). */
const outageMs = 60_000;

/** One look at what is due on one way: by which inbox, and what must be known. */
interface Look {
  deps: FlowDeps;
  post: Post;
  by: Channel;
  staff: Staff;
  isStopped(): boolean;
}

interface Due {
  alert: Alert;
  ticket: Ticket | null;
  fate: Fate;
}

const findDue = async ({ store, clock }: FlowDeps, { index, field }: Post): Promise<Alert[]> =>
  (await store.find(alerts, { index, where: { [field]: { lte: iso(clock.now()) } }, limit: atOnce })).items;

/** Each by itself: somebody else may have one of them in hand. */
async function moveAll({ store }: FlowDeps, post: Post, all: readonly Alert[], to: Partial<Standing>): Promise<void> {
  for (const one of all) await store.write([post.move(one, to)]);
}

async function ticketsOf({ store }: FlowDeps, all: readonly Alert[]): Promise<Map<string, Ticket>> {
  const numbers = [...new Set(all.flatMap(({ ticketNumber }) => ticketNumber ?? []))];
  return new Map((await store.getMany(tickets, numbers)).map((one) => [one.number, one]));
}

async function fatesOf({ deps, staff }: Look, all: readonly Alert[]): Promise<Due[]> {
  const known = await ticketsOf(deps, all);
  const [organisation, now] = [deps.content.organisation(), iso(deps.clock.now())];
  return all.map((alert) => {
    const ticket = known.get(alert.ticketNumber ?? '') ?? null;
    return { alert, ticket, fate: fateOf(alert, { ticket, staff, organisation, now }) };
  });
}

function parcelOf({ deps, post }: Look, to: StaffMember, bundle: readonly Due[]): Parcel {
  const language = deps.content.organisation().organisation.defaultLanguage;
  const all = bundle.map(({ alert }) => alert);
  const filled = bundle.map(({ alert, ticket, fate }) => {
    const insteadOf = fate.do === 'send' ? (fate.insteadOf?.name ?? '') : '';
    return fillAlert(deps, alert, { ticket, language, insteadOf });
  });
  return { id: parcelId(post, all), to, alerts: all, filled };
}

/** What is to be sent, by whom it goes to and what goes together. */
function parcelsOf(look: Look, due: readonly Due[]): Parcel[] {
  const bundles = Map.groupBy(due, ({ alert, fate }) =>
    fate.do === 'send' ? `${fate.to.id} ${look.post.bundle(alert)}` : '',
  );
  return [...bundles.values()].flatMap((bundle) => {
    const [first] = bundle;
    if (first?.fate.do !== 'send') return [];
    const { to } = first.fate;
    const parts = Array.from({ length: Math.ceil(bundle.length / mostInOne) }, (_, at) =>
      bundle.slice(at * mostInOne, (at + 1) * mostInOne),
    );
    return parts.map((part) => parcelOf(look, to, part));
  });
}

/** Takes the alerts of a parcel in hand: all of them or none, and at most one process does. */
async function claim({ deps, post }: Look, all: readonly Alert[]): Promise<Alert[] | null> {
  const now = deps.clock.now();
  const unit: Op[] = all.map((one) => {
    const { tries, triedAt = iso(now) } = post.standing(one);
    return post.move(one, { dueAt: iso(now + leaseMs), tries: tries + 1, triedAt });
  });
  const result = await deps.store.write(unit);
  return result.ok ? (result.documents as Alert[]) : null;
}

/** Whether what was claimed is surely still this process's to send. Waits while that cannot be known. */
async function isStillOurs({ deps, post, by }: Look, [first]: readonly Alert[]): Promise<boolean> {
  await deps.members.sure();
  const leased = first ? Date.parse(post.standing(first).dueAt ?? '') : 0;
  return deps.serves(by.inboxId) && deps.clock.now() + sendTimeoutMs < leased;
}

const asSendError = ({ deps }: Look, error: unknown): SendError => {
  if (error instanceof SendError) return error;
  deps.log.error({ err: error }, 'sending an alert threw an unknown error');
  return new SendError('unexpected-response', 'The channel failed in an unexpected way.', { cause: error });
};

const lost = (now: number): Partial<Standing> => ({ state: 'failed', dueAt: null, failedAt: iso(now) });

function afterFailure({ deps, post }: Look, alert: Alert, error: SendError): Partial<Standing> {
  const now = deps.clock.now();
  const { tries, triedAt } = post.standing(alert);
  const isOver = now - Date.parse(triedAt ?? iso(now)) >= triedForMs;
  const mayPass = error.retryable || error.code === 'recipient-away';
  if (!mayPass || isOver) return lost(now);
  return { dueAt: iso(now + Math.max(waitMs(tries), error.retryAfterMs ?? 0)) };
}

async function fail(look: Look, claimed: readonly Alert[], error: SendError): Promise<boolean> {
  const { deps, post, by } = look;
  const { code } = error;
  deps.log.warn({ alertIds: claimed.map(({ id }) => id), inboxId: by.inboxId, code }, 'an alert was not sent');
  for (const one of claimed) await deps.store.write([post.move(one, afterFailure(look, one, error))]);
  deps.metrics.sent(by.kind, 'failed');
  return code === 'unreachable' || code === 'timed-out' || error.scope === 'inbox';
}

async function filesOf({ deps, post }: Look, all: readonly Alert[], at: OutboundMessage) {
  const files: OutboundAttachment[] = [];
  for (const { file } of post.name === 'letter' ? all : []) {
    const copy = await fileFor(deps, file, { inboxId: at.inboxId, address: at.address });
    if (file && !copy) throw new SendError('message-invalid', 'The file of the alert is no longer there.');
    if (copy) files.push(copy);
  }
  return files;
}

/** Gives whether the other side does not answer, so that nothing more is to be begun. */
async function sendParcel(look: Look, parcel: Parcel): Promise<boolean> {
  const { deps, post, by } = look;
  const message = await post.message(deps, parcel, by);
  if (!message) {
    await moveAll(deps, post, parcel.alerts, { state: 'none', dueAt: null });
    return false;
  }
  const claimed = await claim(look, parcel.alerts);
  if (!claimed || !(await isStillOurs(look, claimed))) return false;
  try {
    const attachments = await filesOf(look, claimed, message);
    const { status } = await sendInTime(deps, by, { ...message, attachments });
    deps.metrics.sent(by.kind, status);
    await moveAll(deps, post, claimed, { state: 'sent', dueAt: null });
    return false;
  } catch (error) {
    return fail(look, claimed, asSendError(look, error));
  }
}

/** Sends parcels, a few at a time; where the other side does not answer, the rest waits. */
async function sendParcels(look: Look, parcels: readonly Parcel[]): Promise<void> {
  const { deps, post } = look;
  for (let at = 0; at < parcels.length && !look.isStopped(); at += sideBySide) {
    const isOut = await Promise.all(parcels.slice(at, at + sideBySide).map((one) => sendParcel(look, one)));
    if (!isOut.includes(true)) continue;
    const rest = parcels.slice(at + sideBySide).flatMap((one) => one.alerts);
    await moveAll(deps, post, rest, { dueAt: iso(deps.clock.now() + outageMs) });
    return;
  }
}

async function sendDue(look: Look, due: readonly Alert[]): Promise<void> {
  const { deps, post } = look;
  const fates = await fatesOf(look, due);
  for (const { alert, fate } of fates) {
    if (fate.do === 'drop') await moveAll(deps, post, [alert], { state: 'dropped', dueAt: null });
    if (fate.do === 'wait') await moveAll(deps, post, [alert], { dueAt: fate.until });
  }
  await sendParcels(look, parcelsOf(look, fates));
}

/** Where no inbox is well alerts wait for it, but not for ever. */
const waitedLong = ({ clock }: FlowDeps, post: Post, alert: Alert): boolean =>
  clock.now() - Date.parse(post.standing(alert).dueAt ?? '') >= triedForMs;

async function sendBy(deps: FlowDeps, post: Post, isStopped: () => boolean): Promise<void> {
  const due = await findDue(deps, post);
  if (due.length === 0) return;
  const all = [...deps.channels.values()].filter(post.carries);
  const by = all.find((one) => deps.serves(one.inboxId) && one.state().state === 'connected');
  const share = due.filter(({ agentId, id }) => (by ? fallsToUs(deps, by.inboxId, agentId) : deps.members.isMine(id)));
  if (all.length === 0) return moveAll(deps, post, share, { state: 'none', dueAt: null });
  if (by) return sendDue({ deps, post, by, isStopped, staff: await readStaff(deps) }, share);
  const waited = share.filter((one) => waitedLong(deps, post, one));
  return moveAll(deps, post, waited, lost(deps.clock.now()));
}

/** Tells staff by letter, and coordinators by phone, what is due: within their hours, once, to whoever is there and may know. */
export const sendAlerts: Job = async (deps, { isStopped }) => {
  for (const post of [letterPost, phonePost]) if (!isStopped()) await sendBy(deps, post, isStopped);
};
