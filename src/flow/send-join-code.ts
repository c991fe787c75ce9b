import { iso } from '../clock.ts';
import { joinable, type Pair } from '../contact/join.ts';
import { codeCountsMs, codeKeptMs, hashOf } from '../contact/join-code.ts';
import { type JoinCode, joinCodes } from '../contact/joining.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { messages } from '../message/message.ts';
import { newDigits } from '../one-time-code/digits.ts';
import type { Op } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import type { ActingAgent, StaffActions } from './flow.ts';
import { perform } from './perform.ts';
import { codeSecret } from './person-facts.ts';
import { chatOfHolder } from './reach.ts';
import { sceneOf } from './reply.ts';
import { retrying } from './retrying.ts';
import type { Aftermath } from './staff.ts';

/** So many codes may come to one person within an hour, whoever asks for them. */
const mostInHour = 3;
const hourMs = 3_600_000;
const lookedAt = 100;

/** Nobody is pestered with codes, nor are digits guessed by asking for more of them. */
async function requireRest({ store, clock }: FlowDeps, { id }: Conversation): Promise<void> {
  const where = { conversationId: id, direction: 'outbound' };
  const sent = await store.find(messages, { index: 'by-conversation', where, order: 'desc', limit: lookedAt });
  const since = iso(clock.now() - hourMs);
  const recent = sent.items.filter(({ template, sentAt }) => template === 'join-code' && sentAt > since);
  if (recent.length >= mostInHour)
    throw new WaslError('rate-limited', 'Three codes were sent to this person within an hour; wait before another.');
}

async function chatFor(deps: FlowDeps, otherId: string): Promise<Conversation> {
  const found = await chatOfHolder(deps, otherId);
  if (found) return found.conversation;
  throw new WaslError(
    'not-allowed',
    'This person has no chat over their own number that can be written to now: wait until they write, or join them yourself.',
  );
}

async function codeOp({ store }: FlowDeps, code: JoinCode): Promise<Op> {
  const known = await store.get(joinCodes, code.id);
  if (!known) return { op: 'insert', in: joinCodes, document: code };
  const { id, version: _, ...set } = code;
  return { op: 'update', in: joinCodes, id, expect: known.version, set };
}

const codeOf = (deps: FlowDeps, pair: Pair, by: ActingAgent, digits: string): JoinCode => {
  const now = deps.clock.now();
  return {
    id: pair.contactId,
    version: 1,
    ...pair,
    hash: hashOf(deps.secret(codeSecret), pair, digits),
    attempts: 0,
    agentId: by.id,
    createdAt: iso(now),
    expiresAt: iso(now + codeKeptMs),
  };
};

/** In lists the last words are shown; the digits are for nobody but the person. */
const veil = (conversation: Conversation, digits: string): void => {
  conversation.preview = conversation.preview.replaceAll(digits, '••••••');
};

/** The code and the message that carries it are one unit; a new code takes the place of the one before. */
export const sendJoinCode =
  (deps: FlowDeps, after: Aftermath): StaffActions['sendJoinCode'] =>
  async (by, pair) => {
    const causeId = deps.ids.next();
    const digits = newDigits();
    const sent = await retrying(async () => {
      const { other } = await joinable(deps.store, pair);
      const conversation = await chatFor(deps, other.id);
      await requireRest(deps, conversation);
      const byStaff = await sceneOf(deps, { conversation, contact: other }, by, causeId);
      const scene: Scene = { ...byStaff, author: 'assistant' };
      const words = { do: 'say', template: 'join-code', values: { code: digits } } as const;
      const performed = await perform(deps, scene, [words], (one) => veil(one, digits));
      const ops = [...performed.ops, await codeOp(deps, codeOf(deps, pair, by, digits))];
      return { ops, result: conversation };
    }, deps);
    after.deliver(sent);
    const expiresAt = iso(deps.clock.now() + codeCountsMs);
    return { channel: sent.channel, conversationId: sent.id, expiresAt };
  };
