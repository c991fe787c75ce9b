import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acknowledge,
  countUnread,
  drop,
  emptyThread,
  enqueue,
  entriesOf,
  liveReplies,
  markAttempted,
  receiveMessage,
  refuse,
  sendAgain,
  type Thread,
  trackDelivery,
} from '../../../channels/web-chat/widget/panel/thread.ts';
import { aMessage, anOutgoing } from './builders.ts';

const own = (id: string, text = 'السلام عليكم') => aMessage({ id, direction: 'inbound', author: 'contact', text });
const keys = (thread: Thread): string[] => entriesOf(thread).map((entry) => entry.key);
const sending = (thread: Thread = emptyThread, clientId = 'c1'): Thread =>
  markAttempted(enqueue(thread, anOutgoing({ clientId })), clientId);

describe('what the visitor sends', () => {
  it('is shown at once as sending', () => {
    expect(entriesOf(enqueue(emptyThread, anOutgoing()))).toMatchObject([{ key: 'c1', progress: 'sending' }]);
  });

  it('stands once when its echo comes before its acknowledgement', () => {
    const echoed = receiveMessage(sending(), own('m1'));
    expect(keys(echoed)).toEqual(['c1']);
    expect(keys(acknowledge(echoed, 'c1', 'm1'))).toEqual(['m1']);
  });

  it('stands once when its echo comes after its acknowledgement', () => {
    const acknowledged = acknowledge(sending(), 'c1', 'm1');
    expect(keys(receiveMessage(acknowledged, own('m1')))).toEqual(['m1']);
  });

  it('keeps its place before an answer that came while its acknowledgement was lost', () => {
    const answered = receiveMessage(receiveMessage(sending(), own('m1')), aMessage({ id: 'm2' }));
    expect(keys(acknowledge(answered, 'c1', 'm1'))).toEqual(['m1', 'm2']);
  });

  it('keeps its files when its echo tells of none', () => {
    const attachments = [{ id: 'f1', name: 'a.pdf', type: 'application/pdf', bytes: 9 }];
    const sent = markAttempted(enqueue(emptyThread, anOutgoing({ attachments })), 'c1');
    const before = acknowledge(receiveMessage(sent, own('m1')), 'c1', 'm1');
    const after = receiveMessage(acknowledge(sent, 'c1', 'm1'), own('m1'));
    expect(entriesOf(before)[0]?.message.attachments).toEqual(attachments);
    expect(entriesOf(after)[0]?.message.attachments).toEqual(attachments);
  });

  it('stays with its reason when it is refused, and can be sent again or dropped', () => {
    const refused = refuse(sending(), 'c1', 'الرسالة طويلة');
    expect(entriesOf(refused)).toMatchObject([{ progress: 'failed', reason: 'الرسالة طويلة' }]);
    expect(entriesOf(sendAgain(refused, 'c1', 'tab-2'))).toMatchObject([{ progress: 'sending' }]);
    expect(sendAgain(refused, 'c1', 'tab-2').outbox[0]).toMatchObject({ tab: 'tab-2', attempted: false });
    expect(keys(drop(refused, 'c1'))).toEqual([]);
  });

  it('shows a message of another device once nothing of ours is on its way', () => {
    const held = receiveMessage(sending(), own('m7', 'من جهاز آخر'));
    expect(keys(held)).toEqual(['c1']);
    expect(keys(acknowledge(held, 'c1', 'm8'))).toEqual(['m7', 'm8']);
  });

  it('climbs from sent to delivered to read and never back', () => {
    const sent = acknowledge(sending(), 'c1', 'm1');
    const read = trackDelivery(trackDelivery(sent, 'm1', 'read'), 'm1', 'delivered');
    expect(entriesOf(sent)[0]?.progress).toBe('sent');
    expect(entriesOf(read)[0]?.progress).toBe('read');
    expect(trackDelivery(read, 'm1', 'queued')).toBe(read);
  });
});

describe('what the server sends', () => {
  it('is shown in the order of its arrival, each id once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 })), (ids) => {
        const thread = ids.reduce((now, id) => receiveMessage(now, aMessage({ id: `m${id}` })), emptyThread);
        expect(keys(thread)).toEqual([...new Set(ids)].map((id) => `m${id}`));
      }),
    );
  });

  it('moves the place where a new connection goes on, which an acknowledgement does not', () => {
    const received = receiveMessage(emptyThread, aMessage({ id: 'm1' }));
    expect(received.cursor).toBe('m1');
    expect(acknowledge(sending(received), 'c1', 'm2').cursor).toBe('m1');
    expect(receiveMessage(acknowledge(sending(received), 'c1', 'm2'), own('m2')).cursor).toBe('m2');
  });

  it('offers quick replies only while its line is the newest', () => {
    const asked = receiveMessage(emptyThread, aMessage({ id: 'm1', quickReplies: [{ id: 'yes', title: 'نعم' }] }));
    expect(liveReplies(entriesOf(asked))).toBe('m1');
    expect(liveReplies(entriesOf(enqueue(asked, anOutgoing())))).toBeUndefined();
    expect(liveReplies(entriesOf(receiveMessage(asked, aMessage({ id: 'm2' }))))).toBeUndefined();
  });

  it("counts as unread after the message that was seen last, the visitor's own apart", () => {
    const thread = ['m1', 'm2', 'm3'].reduce((now, id) => receiveMessage(now, aMessage({ id })), emptyThread);
    const withOwn = receiveMessage(thread, own('m4'));
    expect(countUnread(withOwn, 'm1')).toBe(2);
    expect(countUnread(withOwn, 'm4')).toBe(0);
    expect(countUnread(withOwn, undefined)).toBe(0);
  });
});

it('ends with each message once, however echoes, acknowledgements and losses are mixed', () => {
  const step = fc.record({ message: fc.integer({ min: 0, max: 4 }), what: fc.constantFrom('send', 'echo', 'ack') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const apply = (thread: Thread, { message, what }: { message: number; what: string }): Thread => {
        const [clientId, id] = [`c${message}`, `m${message}`];
        const isStored = thread.messages.some((one) => one.id === id);
        if (what === 'send') return isStored ? thread : sending(thread, clientId);
        if (what === 'echo') return receiveMessage(thread, own(id));
        return acknowledge(thread, clientId, id);
      };
      const mixed = steps.reduce(apply, emptyThread);
      const settled = [0, 1, 2, 3, 4].reduce((now, n) => acknowledge(now, `c${n}`, `m${n}`), mixed);
      const touched = new Set(steps.filter(({ what }) => what !== 'ack').map(({ message }) => `m${message}`));
      expect(keys(settled).sort()).toEqual([...touched].sort());
    }),
  );
});
