import { capabilitiesIn } from '../channel/capabilities.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { conversations } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { Op } from '../store/port.ts';
import { channelOf } from './agent-words.ts';
import type { FlowDeps } from './deps.ts';
import type { Performed, Scene } from './draft.ts';
import { type FirstPlace, firstPlace } from './first-place.ts';
import { noticeTexts, noticeValues, planNotice, type Way } from './notice.ts';
import { noticeWays, type Telling } from './notice-ways.ts';
import { perform, performWords } from './perform.ts';
import { lastOfPerson } from './read-marks.ts';
import { need } from './retrying.ts';

/** What tells somebody something: the writes, to be done in one unit with what is told, and the message that they make. */
export interface Told {
  ops: Op[];
  messageId: string;
  conversation: Conversation;
}

async function placeOf(deps: FlowDeps, way: Way, { contact }: Telling, causeId: string): Promise<FirstPlace> {
  if (way.by === 'conversation') {
    const conversation = await need(deps, conversations, way.conversationId, 'conversation');
    return { contact, conversation, ops: [] };
  }
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

/** What the person says to it is about the ticket, unless they are in the midst of another. */
const noteTicket =
  (number: string) =>
  (conversation: Conversation): void => {
    const { ticketNumbers } = conversation;
    if (!ticketNumbers.includes(number)) conversation.ticketNumbers = [...ticketNumbers, number];
    conversation.openTicket ??= number;
  };

async function sayIn(deps: FlowDeps, scene: Scene, way: Way, { notice, ticket }: Telling): Promise<Performed> {
  const note = noteTicket(ticket.number);
  if (way.by === 'template') {
    const { text, approved } = way;
    const words = { text, approved, html: null, quickReplies: [], template: noticeTexts[notice].template };
    return performWords(deps, scene, words, note);
  }
  const say = { do: 'say' as const, ...noticeTexts[notice], values: noticeValues(ticket) };
  return perform(deps, scene, [say], note);
}

async function tryTell(deps: FlowDeps, telling: Telling, cause: string): Promise<Told | null> {
  const way = planNotice({ contact: telling.contact, ways: await noticeWays(deps, telling) });
  if (!way) return null;
  const causeId = keyed('notice', telling.ticket.number, cause);
  const place = await placeOf(deps, way, telling, causeId);
  const scene = { ...(await sceneIn(deps, place, telling)), causeId };
  const { ops, conversation } = await sayIn(deps, scene, way, telling);
  return { ops: [...place.ops, ...ops], messageId: keyed('message', causeId, 0), conversation };
}

/** Whether the organisation wants people to be told this. */
const isWanted = (deps: FlowDeps, { notice }: Telling): boolean =>
  deps.content.organisation().organisation.notices?.[notice] ?? true;

/**
 * Tells a person of what happened to their ticket, the cheapest way that is allowed; null where there is none. Keyed by the
 * cause, so never twice. What goes wrong in telling never holds up the ticket.
 */
export async function tell(deps: FlowDeps, telling: Telling, cause: string): Promise<Told | null> {
  if (!isWanted(deps, telling)) return null;
  try {
    return await tryTell(deps, telling, cause);
  } catch (error) {
    deps.log.error({ err: error, ticketNumber: telling.ticket.number }, 'a person could not be told of their ticket');
    return null;
  }
}
