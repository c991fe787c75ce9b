import { capabilitiesIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import { contacts } from '../contact/contact.ts';
import { joinRest } from '../contact/join.ts';
import { type Conversation, conversations, type Decision, decisions } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { Message } from '../message/message.ts';
import { StoreError, type WriteResult } from '../store/port.ts';
import type { Action } from './actions.ts';
import { reasonsOp } from './ask-at-closing.ts';
import type { Context } from './context.ts';
import type { FlowDeps } from './deps.ts';
import type { Performed, Scene } from './draft.ts';
import { gather, undecided } from './gather.ts';
import { perform } from './perform.ts';
import { lastOfPerson } from './read-marks.ts';
import { reasonOf } from './reason-of.ts';
import { respond } from './respond.ts';
import { sentBack } from './responders/solved.ts';
import { seekHelp } from './seek-help.ts';

const attempts = 50;

const decisionId = (conversation: Conversation): string => keyed('turn', conversation.id, conversation.decidedSeq + 1);

/** The last message that a program may answer. */
const answeredIn = (said: readonly Message[]): Message | null =>
  said.findLast(({ answerable }) => answerable !== false) ?? said.at(-1) ?? null;

const scene = (conversation: Conversation, context: Context, decision: Decision): Scene => ({
  causeId: decision.id,
  conversation: { ...conversation, language: decision.language },
  contact: context.contact,
  answered: answeredIn(context.turn.messages),
  sender: context.publicly?.sender ?? null,
  capabilities: context.capabilities,
  language: decision.language,
  author: 'assistant',
  actor: { kind: 'assistant', id: null },
});

/** When deciding itself fails, the person is not left alone: the conversation goes to the queue of people, and the reason is kept. */
const gaveUp = (error: unknown): { actions: Action[]; reasons: string[] } => ({
  actions: [{ do: 'handoff' }],
  reasons: [`the assistant failed on this turn: ${reasonOf(error)}`],
});

/** What to do and why, with what help says where help is set up. */
async function respondWithHelp(help: FlowDeps['help'], context: Context): Promise<ReturnType<typeof respond>> {
  if (!help) return respond(context);
  const helped = await seekHelp(help, context);
  const { actions, reasons } = respond(helped.context);
  return { actions, reasons: [...reasons, ...helped.reasons] };
}

const decide = async (deps: FlowDeps, conversation: Conversation, all: Message[], context: Context) => {
  const id = decisionId(conversation);
  const { actions, reasons } = await (async () => {
    try {
      return await respondWithHelp(deps.help, context);
    } catch (error) {
      deps.log.error({ conversationId: conversation.id, err: error }, 'deciding a turn failed');
      return gaveUp(error);
    }
  })();
  const decision: Decision = {
    id,
    version: 1,
    conversationId: conversation.id,
    messageIds: all.map((message) => message.id),
    at: iso(deps.clock.now()),
    language: context.language,
    reasons,
    actions: actions as unknown as Decision['actions'],
  };
  return decision;
};

/** A question that is decided on even if nothing more is said. */
const silentUntil = ({ dialogue: { awaiting } }: Conversation): string | null =>
  awaiting?.for === 'unsolved' ? awaiting.until : null;

/** The decision's own messages are decided; what it does not cover stays due. */
const settle = (covered: Message[], more: boolean) => (conversation: Conversation) => {
  conversation.decidedSeq = Math.max(conversation.decidedSeq, covered.at(-1)?.seq ?? 0);
  if (!more) conversation.turnDueAt = silentUntil(conversation);
};

/** Performs a decision; one that cannot be (a template that somebody broke) goes to people as well. */
async function performOrHandOver(
  deps: FlowDeps,
  decision: Decision,
  stage: { scene: Scene; settle(conversation: Conversation): void },
): Promise<{ decision: Decision; performed: Performed }> {
  const act = (actions: Action[]): Promise<Performed> => perform(deps, stage.scene, actions, stage.settle);
  try {
    return { decision, performed: await act(decision.actions as unknown as Action[]) };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    deps.log.error({ conversationId: decision.conversationId, err: error }, 'performing a decision failed');
    const { actions, reasons } = gaveUp(error);
    const instead = { actions: actions as unknown as Decision['actions'], reasons: [...decision.reasons, ...reasons] };
    return { decision: { ...decision, ...instead }, performed: await act(actions) };
  }
}

/** Nothing waits any more: only the clock is cleared. */
const clear = (deps: FlowDeps, conversation: Conversation): Promise<WriteResult> =>
  deps.store.write([
    { op: 'update', in: conversations, id: conversation.id, expect: conversation.version, set: { turnDueAt: null } },
  ]);

/**
 * Nothing was said to the question what is missing: the ticket goes back with what was said before, so that a "no" is never
 * lost. True where that, or that nothing waits, was kept.
 */
async function afterSilence(deps: FlowDeps, channel: Channel, conversation: Conversation): Promise<boolean> {
  const until = silentUntil(conversation);
  if (until !== null && until > iso(deps.clock.now())) return true;
  const silent = until === null ? null : await sceneAfterSilence(deps, channel, conversation);
  if (!silent) return (await clear(deps, conversation)).ok;
  const { actions, reasons } = sentBack(conversation);
  const { ops } = await perform(deps, silent, actions, (one) => void Object.assign(one, { turnDueAt: null }));
  const at = iso(deps.clock.now());
  return (await deps.store.write([reasonsOp(silent, { actions, reasons }, at), ...ops])).ok;
}

async function sceneAfterSilence(deps: FlowDeps, channel: Channel, conversation: Conversation): Promise<Scene | null> {
  const contact = await deps.store.get(contacts, conversation.contactId);
  if (!contact) return null;
  const capabilities = capabilitiesIn(channel.capabilities, conversation);
  const { defaultLanguage } = deps.content.organisation().organisation;
  return {
    causeId: keyed('silence', conversation.id, silentUntil(conversation) ?? ''),
    conversation,
    contact,
    answered: capabilities.form === 'letter' ? await lastOfPerson(deps.store, conversation.id) : null,
    capabilities,
    language: conversation.language ?? contact.language ?? defaultLanguage,
    author: 'assistant',
    actor: { kind: 'assistant', id: null },
  };
}

/** Tells of another conversation in which something was said by a turn of this one. */
type Also = (conversation: Conversation) => void;

async function afterJoining(deps: FlowDeps, joined: NonNullable<Performed['joined']>, also: Also): Promise<void> {
  await joinRest(deps, joined.joiningId);
  for (const conversation of joined.told) also(conversation);
}

/** One try: `changed` where somebody changed the conversation meanwhile, `more` where messages are left for a further turn. */
async function tryTurn(deps: FlowDeps, conversationId: string, also: Also): Promise<'done' | 'more' | 'changed'> {
  const conversation = await deps.store.get(conversations, conversationId);
  if (!conversation?.turnDueAt) return 'done';
  const channel = deps.channels.get(conversation.inboxId);
  if (!channel) return 'done';
  const { all, more } = await undecided(deps.store, conversation);
  if (all.length === 0) return (await afterSilence(deps, channel, conversation)) ? 'done' : 'changed';
  const context = await gather(deps, channel, conversation, all);
  const known = await deps.store.get(decisions, decisionId(conversation));
  const made = known ?? (await decide(deps, conversation, all, context));
  const covered = all.filter((message) => made.messageIds.includes(message.id));
  const left = more || covered.length < all.length;
  const stage = { scene: scene(conversation, context, made), settle: settle(covered, left) };
  const { decision, performed } = await performOrHandOver(deps, made, stage);
  const kept = { op: 'insert' as const, in: decisions, document: decision, onDuplicate: 'keep' as const };
  const { ok } = await deps.store.write([kept, ...performed.ops]);
  if (!ok) return 'changed';
  if (performed.joined) await afterJoining(deps, performed.joined, also);
  return left ? 'more' : 'done';
}

/**
 * Decides and performs the waiting turn of a conversation, once: the decision, what it makes and the conversation are
 * one unit under the conversation's version. What arrives meanwhile makes the unit fail, and all is decided together.
 * `also` is called with another conversation in which something is to be sent.
 */
export async function decideTurn(deps: FlowDeps, conversationId: string, also: Also = () => undefined): Promise<void> {
  const began = performance.now();
  for (let attempt = 0; attempt < attempts; ) {
    const outcome = await tryTurn(deps, conversationId, also);
    if (outcome === 'done') {
      deps.metrics.decided(performance.now() - began);
      return;
    }
    attempt = outcome === 'more' ? 0 : attempt + 1;
  }
  throw new Error(`conversation ${conversationId} changed ${attempts} times while its turn was decided`);
}
