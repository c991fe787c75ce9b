import { iso } from '../clock.ts';
import { type Conversation, conversations, type Decision, decisions } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { Message } from '../message/message.ts';
import type { WriteResult } from '../store/port.ts';
import type { Action } from './actions.ts';
import type { FlowDeps } from './deps.ts';
import { gather, undecided } from './gather.ts';
import { perform, type Scene } from './perform.ts';
import { respond } from './respond.ts';

const attempts = 50;

const decisionId = (conversation: Conversation): string => keyed('turn', conversation.id, conversation.decidedSeq + 1);

const scene = (conversation: Conversation, context: Awaited<ReturnType<typeof gather>>, decision: Decision): Scene => ({
  causeId: decision.id,
  conversation: { ...conversation, language: context.language },
  contact: context.contact,
  capabilities: context.capabilities,
  language: decision.language,
  author: 'assistant',
  actor: { kind: 'assistant', id: null },
});

/** When deciding itself fails, the person is not left alone: the conversation goes to the queue of people, and the reason is kept. */
const gaveUp = (error: unknown): { actions: Action[]; reasons: string[] } => ({
  actions: [{ do: 'handoff' }],
  reasons: [`the assistant failed on this turn: ${error instanceof Error ? error.message : String(error)}`],
});

const decide = async (
  deps: FlowDeps,
  conversation: Conversation,
  all: Message[],
  context: Awaited<ReturnType<typeof gather>>,
) => {
  const id = decisionId(conversation);
  const { actions, reasons } = (() => {
    try {
      return respond(context);
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

const settle = (all: Message[]) => (conversation: Conversation) => {
  conversation.decidedSeq = Math.max(conversation.decidedSeq, all.at(-1)?.seq ?? 0);
  conversation.turnDueAt = null;
};

/** Nothing waits any more: only the clock is cleared. */
const clear = (deps: FlowDeps, conversation: Conversation): Promise<WriteResult> =>
  deps.store.write([
    { op: 'update', in: conversations, id: conversation.id, expect: conversation.version, set: { turnDueAt: null } },
  ]);

/** One try: false where somebody changed the conversation meanwhile and it must be looked at again. */
async function tryTurn(deps: FlowDeps, conversationId: string): Promise<boolean> {
  const conversation = await deps.store.get(conversations, conversationId);
  if (!conversation?.turnDueAt) return true;
  const channel = deps.channels.get(conversation.inboxId);
  if (!channel) return true;
  const all = await undecided(deps.store, conversation);
  if (all.length === 0) return (await clear(deps, conversation)).ok;
  const context = await gather(deps, channel, conversation, all);
  const known = await deps.store.get(decisions, decisionId(conversation));
  const decision = known ?? (await decide(deps, conversation, all, context));
  const performed = await perform(
    deps,
    scene(conversation, context, decision),
    decision.actions as unknown as Action[],
    settle(all),
  );
  const kept = { op: 'insert' as const, in: decisions, document: decision, onDuplicate: 'keep' as const };
  return (await deps.store.write([kept, ...performed.ops])).ok;
}

/**
 * Decides and performs the waiting turn of a conversation, once: the decision, what it makes and the conversation are
 * one unit under the conversation's version. What arrives meanwhile makes the unit fail, and all is decided together.
 */
export async function decideTurn(deps: FlowDeps, conversationId: string): Promise<void> {
  const began = performance.now();
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await tryTurn(deps, conversationId)) {
      deps.metrics.decided(performance.now() - began);
      return;
    }
  }
  throw new Error(`conversation ${conversationId} changed ${attempts} times while its turn was decided`);
}
