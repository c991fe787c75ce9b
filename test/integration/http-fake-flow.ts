import { requireStep } from '../../src/casework/path.ts';
import { steps } from '../../src/casework/steps.ts';
import type { Clock } from '../../src/clock.ts';
import { iso } from '../../src/clock.ts';
import { type Conversation, conversations } from '../../src/conversation/conversation.ts';
import { WaslError } from '../../src/errors.ts';
import { sceneOf } from '../../src/flow/casework/scene-of.ts';
import type { Flow, StaffActions } from '../../src/flow/flow.ts';
import type { Ids } from '../../src/ids.ts';
import { type Message, messages, plain } from '../../src/message/message.ts';
import { readSettings } from '../../src/organisation/settings.ts';
import type { Store } from '../../src/store/port.ts';
import type { TicketEvent } from '../../src/ticket/events.ts';
import { applyEvent } from '../../src/ticket/fold.ts';
import { ticketNumber } from '../../src/ticket/number.ts';
import { tickets } from '../../src/ticket/ticket.ts';

interface Deps {
  store: Store;
  ids: Ids;
  clock: Clock;
}

/** A flow that writes what staff ask for and nothing else; the real one has tests of its own. */
export function createFakeFlow({ store, ids, clock }: Deps) {
  const typingListeners: ((event: { conversationId: string; on: boolean }) => void)[] = [];
  const replies: { conversationId: string; text: string; key: string }[] = [];
  let beforeReply = async (): Promise<void> => {};

  const change = async (id: string, version: number | undefined, set: Partial<Conversation>): Promise<Conversation> => {
    const result = await store.write([{ op: 'update', in: conversations, id, expect: version, set }]);
    if (result.ok) return result.documents[0] as Conversation;
    if (result.reason === 'missing') throw new WaslError('not-found', 'There is no such conversation.');
    throw new WaslError('conflict', 'It was changed meanwhile.', { details: { current: result.current } });
  };

  const reply: StaffActions['reply'] = async (conversationId, by, words, key) => {
    await beforeReply();
    replies.push({ conversationId, text: words.text ?? '', key });
    const conversation = await change(conversationId, undefined, { handledBy: 'agent' });
    const at = iso(clock.now());
    const document: Message = {
      ...plain,
      id: ids.next(),
      version: 1,
      conversationId,
      contactId: conversation.contactId,
      inboxId: conversation.inboxId,
      seq: conversation.lastSeq + replies.length,
      ticketNumber: null,
      direction: 'outbound',
      author: 'agent',
      agentId: by.id,
      kind: 'text',
      text: words.text ?? '',
      html: null,
      language: null,
      attachments: [],
      quickReplies: [],
      quickReplyId: null,
      externalId: ids.next(),
      automated: 'none',
      decisionId: null,
      template: null,
      sentAt: at,
      receivedAt: at,
    };
    await store.write([{ op: 'insert', in: messages, document }]);
    return document;
  };

  const entry = (number: string, seq: number, changed: TicketEvent['change']): TicketEvent => ({
    id: ids.next(),
    version: 1,
    ticketNumber: number,
    seq,
    at: iso(clock.now()),
    actor: { kind: 'agent', id: null },
    cause: ids.next(),
    change: changed,
  });

  const staff: StaffActions = {
    assign: (id, _by, to, version) => change(id, version, { handledBy: 'agent', assigneeId: to.id }),
    handoff: (id, _by, version) =>
      change(id, version, { handledBy: 'nobody', assigneeId: null, waitingSince: iso(clock.now()) }),
    resume: (id, _by, version) => change(id, version, { handledBy: 'assistant', assigneeId: null }),
    close: (id, _by, version) => change(id, version, { status: 'closed' }),
    reply,
    start: async () => {
      throw new WaslError('not-allowed', 'Over this channel only the person can begin.');
    },
    sendJoinCode: async () => {
      throw new WaslError('not-allowed', 'This person has no chat that can be written to now.');
    },
    async moveMessage(id, _by, to) {
      const result = await store.write([{ op: 'update', in: messages, id, set: { ticketNumber: to } }]);
      if (!result.ok) throw new WaslError('not-found', 'There is no such message.');
      return result.documents[0] as Message;
    },
    async openTicket(_by, facts) {
      const number = ticketNumber(2026, await store.next('tickets'));
      const { contactId, type, subject, channel, conversationId = null, service = null, importance = 'medium' } = facts;
      const told = {
        type,
        service,
        subject,
        importance,
        contactId,
        conversationId,
        channel,
        language: 'ar' as const,
        restricted: false,
      };
      const dueAt = { firstResponse: null, resolution: null };
      const departmentId = facts.departmentId ?? 'care';
      const opened = applyEvent(null, entry(number, 1, { kind: 'opened', ...told, departmentId, dueAt }));
      await store.write([{ op: 'insert', in: tickets, document: opened }]);
      return opened;
    },
    async takeStep(number, by, { name, given, version }) {
      const before = await store.get(tickets, number);
      if (!before) throw new WaslError('not-found', 'There is no such ticket.');
      const declared = steps.find((one) => one.name === name);
      if (!declared) throw new Error(`there is no step ${name}`);
      const organisation = await readSettings(store);
      const scene = await sceneOf({ store, clock, content: { organisation: () => organisation } }, before, {
        cause: '',
      });
      const outcome = () => {
        requireStep(scene, by, name);
        return declared.take(scene, by, declared.given.parse(given)).changes;
      };
      return staff.changeTicket(
        number,
        { kind: 'agent', id: by.id },
        version === before.version ? outcome() : [],
        version,
      );
    },
    handOver: async () => 0,
    openObjection: async () => {
      throw new WaslError('not-allowed', 'This flow takes no objections.');
    },
    async changeTicket(number, _by, changes, version) {
      const before = await store.get(tickets, number);
      if (!before) throw new WaslError('not-found', 'There is no such ticket.');
      if (version !== undefined && version !== before.version) {
        throw new WaslError('conflict', 'It was changed meanwhile.', { details: { current: before } });
      }
      const after = changes.reduce(
        (one, changed) => applyEvent(one, entry(number, one.eventCount + 1, changed)),
        before,
      );
      const { id: _i, version: _v, ...set } = after;
      const result = await store.write([{ op: 'update', in: tickets, id: number, set }]);
      return result.ok ? (result.documents[0] as typeof before) : before;
    },
  };

  const nobodyOutside = async (): Promise<never> => {
    throw new WaslError('not-found', 'This link is not valid.');
  };

  const flow: Flow = {
    staff,
    outside: {
      readSurvey: nobodyOutside,
      answerSurvey: nobodyOutside,
      readReferral: nobodyOutside,
      addReferralFile: nobodyOutside,
      answerReferral: nobodyOutside,
    },
    receive: async () => ({ messageId: '', conversationId: '', duplicate: false }),
    sink: () => {
      throw new Error('no channel starts in these tests');
    },
    start: async () => {},
    stop: async () => {},
    idle: async () => {},
    syncTemplates: async () => 0,
    figures: async () => ({
      outboxOpen: 3,
      outboxOldestAt: iso(clock.now() - 2000),
      turnsWaiting: 1,
      deadLetters: 0,
      arrivalsWaiting: 0,
      arrivalsOldestAt: null,
      arrivalsOdd: 0,
      dutiesDue: 0,
      dutiesOldestAt: null,
    }),
    arrive: async () => 'kept',
    readAgain: async () => {},
    closeIntake: async () => {},
    onTyping: (listener) => {
      typingListeners.push(listener);
    },
  };
  const controls = {
    replies,
    /** What happens before a reply is written, such as waiting. */
    holdReplies(before: () => Promise<void>) {
      beforeReply = before;
    },
    type(event: { conversationId: string; on: boolean }) {
      for (const listener of typingListeners) listener(event);
    },
  };
  return { flow, controls };
}
