import { capabilitiesIn } from '../channel/capabilities.ts';
import type { QuickReply } from '../channel/outbound.ts';
import { iso } from '../clock.ts';
import type { Awaiting, Conversation } from '../conversation/conversation.ts';
import { conversations } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { NoticeKind } from '../notice/kinds.ts';
import { type Notice, notices } from '../notice/notice.ts';
import { quietUntil } from '../notice/quiet.ts';
import { workingZone } from '../organisation/working-zone.ts';
import type { Op } from '../store/port.ts';
import { channelOf } from './agent-words.ts';
import type { FlowDeps } from './deps.ts';
import type { Performed, Scene } from './draft.ts';
import { type FirstPlace, firstPlace, placeByPhone } from './first-place.ts';
import { noticeTexts, planNotice, type Way } from './notice.ts';
import { noticeChoices } from './notice-choices.ts';
import { isPresent, noticeWays, type Telling, toldValues } from './notice-ways.ts';
import { perform, performWords } from './perform.ts';
import { isItsPlace } from './place-of-words.ts';
import { lastOfPerson } from './read-marks.ts';
import { need } from './retrying.ts';

/** A notice as it is after it was tried to tell it, with the writes that tell it and where; to be kept in one unit. */
export interface Told {
  notice: Notice;
  ops: Op[];
  conversation: Conversation | null;
}

async function placeOf(deps: FlowDeps, way: Way, { contact }: Telling, causeId: string): Promise<FirstPlace> {
  if (way.by === 'conversation') {
    const conversation = await need(deps, conversations, way.conversationId, 'conversation');
    return { contact, conversation, ops: [] };
  }
  if (way.by === 'phone') return placeByPhone(deps, channelOf(deps, way), contact, way.phone);
  const threadKey = causeId.toLowerCase().replace(/[^a-z0-9]/g, '');
  return firstPlace(deps, channelOf(deps, way), { contact, threadKey });
}

async function sceneIn(deps: FlowDeps, { contact, conversation }: FirstPlace, telling: Telling): Promise<Scene> {
  const capabilities = capabilitiesIn(channelOf(deps, conversation).capabilities, conversation);
  return {
    causeId: '',
    conversation,
    contact,
    answered: capabilities.form === 'letter' ? await lastOfPerson(deps.store, conversation.id) : null,
    capabilities,
    language: telling.ticket.language,
    author: 'system',
    actor: { kind: 'system', id: null },
    ticketNumber: telling.ticket.number,
  };
}

/** What a notice asks of the person: whether it is solved, or what is missing. */
const asks: Partial<Record<NoticeKind, 'solved' | 'data'>> = { resolved: 'solved', asked: 'data', askedAgain: 'data' };

/** What the newest question of ours may take the place of: not of one in an interview. */
const givesWay: readonly (Awaiting['for'] | undefined)[] = [undefined, 'helped', 'choice', 'solved', 'data'];

/** What the person says to it is about the ticket, unless they are in the midst of another. */
const noteTicket =
  ({ kind, ticket: { number } }: Telling) =>
  (conversation: Conversation): void => {
    const { ticketNumbers, dialogue } = conversation;
    if (!ticketNumbers.includes(number)) conversation.ticketNumbers = [...ticketNumbers, number];
    conversation.openTicket ??= number;
    const what = asks[kind];
    if (what && givesWay.includes(dialogue.awaiting?.for))
      conversation.dialogue = { ...dialogue, awaiting: { for: what, number } };
  };

/** A letter has no buttons. */
function choicesOf(
  { content }: FlowDeps,
  { capabilities, language }: Scene,
  { values, ticket }: Telling,
): QuickReply[] {
  if (capabilities.form !== 'chat') return [];
  return noticeChoices(values.choices ?? [], ticket.number, (key) => content.render()(`button-${key}`, language));
}

/** What waits for the person to read it, and leads nowhere unread. */
const toBeRead: readonly NoticeKind[] = ['answered', 'resolved', 'rejected', 'asked', 'askedAgain'];

/**
 * Whether the words of a notice may be said in a conversation. One that a restricted ticket from the desk did not come from
 * hears what the person has to read, and nothing besides.
 */
const mayHearHere = ({ kind, ticket }: Telling, { conversation, capabilities }: Scene): boolean =>
  isItsPlace(ticket, conversation, capabilities) && (ticket.conversationId !== null || toBeRead.includes(kind));

async function sayIn(deps: FlowDeps, scene: Scene, way: Way, telling: Telling): Promise<Performed> {
  const note = noteTicket(telling);
  const { template } = noticeTexts[telling.kind];
  if (way.by === 'template') {
    const { text, approved } = way;
    return performWords(deps, scene, { text, approved, html: null, quickReplies: [], template }, note);
  }
  const values = { ...toldValues(deps, telling, mayHearHere(telling, scene)) };
  return perform(deps, scene, [{ do: 'say', template, values, quickReplies: choicesOf(deps, scene, telling) }], note);
}

/** What answers something that the person just did; all else may wait for the morning. */
const answering: readonly NoticeKind[] = ['received', 'number', 'objection'];

/** Until when it waits so that no phone rings at night (ms); null where it may go now. */
async function heldUntil(deps: FlowDeps, way: Way, telling: Telling): Promise<number | null> {
  if (!way.rings || answering.includes(telling.kind)) return null;
  const organisation = deps.content.organisation();
  const quiet = organisation.organisation.notices?.quiet ?? null;
  const until = quiet && quietUntil(quiet, workingZone(organisation), deps.clock.now());
  return until === null || (await isPresent(deps, telling)) ? null : until;
}

/** The number of a ticket goes to a phone once: by the notice that says no more than it, or by the one that tells of all. */
async function ofThisKind(deps: FlowDeps, { kind, ticket }: Telling, ways: readonly Way[]): Promise<readonly Way[]> {
  if (kind !== 'number' && kind !== 'received') return ways;
  const pair = kind === 'number' ? 'received' : 'number';
  const query = { index: 'by-ticket', where: { ticketNumber: ticket.number }, limit: 50 } as const;
  const other = (await deps.store.find(notices, query)).items.find((one) => one.kind === pair);
  const isOthers = ({ inboxId, by }: Way): boolean =>
    by === 'phone' && Boolean(other?.tried.some((one) => one.by === 'phone' && one.inboxId === inboxId));
  const willBe = kind === 'received' && other?.state === 'waiting';
  return ways.filter((way) => (way.by === 'phone' ? !willBe && !isOthers(way) : kind === 'received'));
}

/** It carries words that are for the person's eyes alone. */
const isConfidential = ({ ticket: { restricted }, values }: Telling): boolean =>
  restricted && Boolean(values.text ?? values.reason ?? values.guidance);

const isSeenInItsPlace = (way: Way): boolean => way.by === 'conversation' && way.ofTicket && way.reaches;

async function tellBy(deps: FlowDeps, notice: Notice, way: Way, telling: Telling): Promise<Told> {
  const { inboxId, channel, by } = way;
  const causeId = keyed('telling', notice.id, notice.tried.length);
  const place = await placeOf(deps, way, telling, causeId);
  const scene = { ...(await sceneIn(deps, place, telling)), causeId };
  const { ops, conversation } = await sayIn(deps, scene, way, telling);
  const messageId = keyed('message', causeId, 0);
  const tried = [...notice.tried, { inboxId, channel, by, messageId, at: iso(deps.clock.now()) }];
  const messageIds = [...notice.messageIds, messageId];
  const told: Notice = { ...notice, state: 'told', dueAt: null, tried, messageIds };
  return { notice: told, ops: [...place.ops, ...ops], conversation };
}

/** An inbox that waits for people is looked at again so often, and for so long (as a sending over it would be tried). */
const againMs = 300_000;
const waitsMs = 3 * 86_400_000;

/** The only way there would be leads over an inbox that somebody has to set right first. */
const waitsForInbox = ({ clock }: FlowDeps, { at }: Notice, way: Way | null): boolean =>
  way !== null && clock.now() - Date.parse(at) < waitsMs;

async function tryTell(deps: FlowDeps, notice: Notice, telling: Telling): Promise<Told> {
  const found = await noticeWays(deps, telling);
  const ways = await ofThisKind(deps, telling, found.ways);
  const planOf = (some: readonly Way[]) => planNotice({ contact: telling.contact, ways: some, tried: notice.tried });
  const way = planOf(ways.filter((one) => isConfidential(telling) && isSeenInItsPlace(one))) ?? planOf(ways);
  const silent = (after: Partial<Notice>): Told => ({ notice: { ...notice, ...after }, ops: [], conversation: null });
  if (!way && !found.isWhole) throw new Error('no way to the person is known, and an inbox could not be asked');
  if (!way && waitsForInbox(deps, notice, planOf(ways.map((one) => ({ ...one, isDown: false })))))
    return silent({ state: 'waiting', dueAt: iso(deps.clock.now() + againMs) });
  if (!way) return silent({ state: notice.tried.length > 0 ? 'failed' : 'nobody', dueAt: null });
  const until = await heldUntil(deps, way, telling);
  if (until !== null) return silent({ state: 'waiting', dueAt: iso(until) });
  return tellBy(deps, notice, way, telling);
}

const mostFaults = 6;

/** After a fault of ours it is tried again, each time later: after 1, 4, 16 minutes and so on. */
export const afterFault = (notice: Notice, now: number): Notice => {
  const faults = notice.faults + 1;
  if (faults >= mostFaults) return { ...notice, faults, state: 'failed', dueAt: null };
  return { ...notice, faults, state: 'waiting', dueAt: iso(now + 60_000 * 4 ** notice.faults) };
};

/**
 * Tells a person of what happened to their ticket, the cheapest way that is allowed and was not tried yet. What goes wrong
 * in telling never holds up what is told: the notice is then due later.
 */
export async function tell(deps: FlowDeps, notice: Notice, telling: Telling): Promise<Told> {
  try {
    return await tryTell(deps, notice, telling);
  } catch (error) {
    deps.log.error({ err: error, ticketNumber: telling.ticket.number }, 'a person could not be told of their ticket');
    return { notice: afterFault(notice, deps.clock.now()), ops: [], conversation: null };
  }
}

/** Counts what came of telling, once it is kept. */
export function countTold({ metrics }: Pick<FlowDeps, 'metrics'>, { state, tried }: Notice): void {
  const last = tried.at(-1);
  if (last && (state === 'told' || state === 'failed')) metrics.notice(last.channel, state);
}
