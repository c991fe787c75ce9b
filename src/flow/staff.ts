import { iso } from '../clock.ts';
import { contacts } from '../contact/contact.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { messages } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import { enter } from '../ticket/ledger.ts';
import { tickets } from '../ticket/ticket.ts';
import type { Action } from './actions.ts';
import { askAtClosing, reasonsOp } from './ask-at-closing.ts';
import { handOverTickets } from './casework/hand-over-tickets.ts';
import { openObjection } from './casework/open-objection.ts';
import { takeStep } from './casework/take-step.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import type { ActingAgent, StaffActions } from './flow.ts';
import { perform } from './perform.ts';
import { reply, sceneOf } from './reply.ts';
import { checkVersion, need, retrying } from './retrying.ts';
import { sendJoinCode } from './send-join-code.ts';
import { changeTicket, openTicket } from './staff-tickets.ts';
import { startConversation } from './start-conversation.ts';

/** What happens after a change: the lane is sent, and the person in front is told who has the conversation. */
export interface Aftermath {
  deliver(conversation: Pick<Conversation, 'id' | 'inboxId'>): void;
  handled(conversation: Conversation): void;
}

interface Change {
  conversationId: string;
  by: ActingAgent;
  version: number | undefined;
  actions: Action[];
  set: Partial<Conversation>;
  /** What the assistant says of its own accord to it, and why; null for nothing. */
  decide?(scene: Scene): Promise<{ actions: Action[]; reasons: string[] } | null>;
}

/** Changes who has a conversation: the change and what the person is told are one unit. */
const changeConversation =
  (deps: FlowDeps, after: Aftermath) =>
  async (wanted: Change): Promise<Conversation> => {
    const causeId = deps.ids.next();
    const changed = await retrying(async () => {
      const conversation = await need(deps, conversations, wanted.conversationId, 'conversation');
      checkVersion(conversation, wanted.version);
      const contact = await need(deps, contacts, conversation.contactId, 'contact');
      const byStaff = await sceneOf(deps, { conversation, contact }, wanted.by, causeId);
      const scene: Scene = wanted.decide ? { ...byStaff, author: 'assistant' } : byStaff;
      // who has a conversation is told to somebody who sits in front of it, not by letter, nor where everybody reads it
      const isTold = scene.capabilities.form === 'chat' && conversation.visibility === 'private';
      const decided = conversation.visibility === 'private' ? await wanted.decide?.(scene) : null;
      const said = isTold ? [...wanted.actions, ...(decided?.actions ?? [])] : [];
      const performed = await perform(deps, scene, said, (one) => Object.assign(one, wanted.set));
      const reasons = decided ? [reasonsOp(scene, decided, iso(deps.clock.now()))] : [];
      return {
        ops: [...reasons, ...performed.ops],
        result: { ...performed.conversation, version: conversation.version + 1 },
      };
    }, deps);
    after.deliver(changed);
    after.handled(changed);
    return changed;
  };

const moveMessage =
  (deps: FlowDeps): StaffActions['moveMessage'] =>
  async (messageId, by, to) => {
    const cause = deps.ids.next();
    return retrying(async () => {
      const message = await need(deps, messages, messageId, 'message');
      if (message.ticketNumber === to) return { ops: [], result: message };
      const entry = { at: iso(deps.clock.now()), actor: { kind: 'agent' as const, id: by.id }, cause };
      const leave = message.ticketNumber ? await need(deps, tickets, message.ticketNumber, 'ticket') : null;
      const join = to ? await need(deps, tickets, to, 'ticket') : null;
      const ops: Op[] = [];
      if (leave)
        ops.push(...enter(leave, [{ kind: 'message-removed', messageId }], { ...entry, number: leave.number }).ops);
      if (join) ops.push(...enter(join, [{ kind: 'message-added', messageId }], { ...entry, number: join.number }).ops);
      ops.push({ op: 'update', in: messages, id: messageId, expect: message.version, set: { ticketNumber: to } });
      return { ops, result: { ...message, ticketNumber: to, version: message.version + 1 } };
    }, deps);
  };

/** What staff do, each as one atomic change. */
export function createStaffActions(deps: FlowDeps, after: Aftermath): StaffActions {
  const change = changeConversation(deps, after);
  const say = (template: string, values: Record<string, unknown> = {}): Action => ({ do: 'say', template, values });
  const none = { turnDueAt: null };
  return {
    assign: (conversationId, by, to, version) => {
      const set = { ...none, status: 'open', handledBy: 'agent', assigneeId: to.id, waitingSince: null } as const;
      return change({ conversationId, by, version, actions: [say('agent-joined', { agent: to.name })], set });
    },
    handoff: (conversationId, by, version) => {
      const set = {
        status: 'open',
        handledBy: 'nobody',
        assigneeId: null,
        waitingSince: iso(deps.clock.now()),
      } as const;
      return change({ conversationId, by, version, actions: [], set });
    },
    resume: (conversationId, by, version) => {
      const set = { handledBy: 'assistant', assigneeId: null, waitingSince: null } as const;
      return change({ conversationId, by, version, actions: [say('assistant-back')], set });
    },
    close: (conversationId, by, version) => {
      const set = { ...none, status: 'closed', handledBy: 'assistant', assigneeId: null, waitingSince: null } as const;
      const decide = (scene: Scene) => askAtClosing(deps, scene);
      return change({ conversationId, by, version, actions: [], set, decide });
    },
    sendJoinCode: sendJoinCode(deps, after),
    reply: reply(deps, after),
    start: startConversation(deps, after),
    moveMessage: moveMessage(deps),
    openTicket: openTicket(deps, after),
    changeTicket: changeTicket(deps),
    takeStep: takeStep(deps, after),
    openObjection: openObjection(deps, after),
    handOver: handOverTickets(deps),
  };
}
