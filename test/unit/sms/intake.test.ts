import { describe, expect, it } from 'vitest';
import { eventsOf, takePost } from '../../../channels/sms/intake.ts';
import type { ProviderPosts, Read } from '../../../channels/sms/providers/provider.ts';
import { inboundEvent } from '../../../src/channel/inbound.ts';
import { WaslError } from '../../../src/errors.ts';
import { createRecordingSink } from '../../contract/channel-contract.ts';
import { hostDeps } from '../../fakes/host-deps.ts';

const at = '2026-11-21T08:00:00.000Z';
const nothing: Read = { reports: [], incoming: [], odd: [] };
const from = '966500000001';
const incoming = { externalId: 'SM1', from, text: 'STOP', hasFiles: false, optOut: true, isAnswered: true };
const report = { externalId: '77', status: 'delivered' } as const;

describe('a post as events', () => {
  it('tells what was written before what it means for writing to the person', () => {
    const events = eventsOf({ ...nothing, incoming: [incoming] }, 'sms', at);
    expect(events).toMatchObject([
      { event: 'message', address: from, conversationKey: from, phone: `+${from}`, text: 'STOP', answerable: false },
      { event: 'opt-out', address: from, on: true },
    ]);
    for (const one of events) expect(() => inboundEvent.parse(one)).not.toThrow();
  });

  it('has no telephone number of a short one', () => {
    expect(eventsOf({ ...nothing, incoming: [{ ...incoming, from: '70007', optOut: null }] }, 'sms', at)).toEqual([
      expect.not.objectContaining({ phone: expect.anything() }),
    ]);
  });

  it('has a place for files that cannot be read', () => {
    const files = { ...incoming, text: '', hasFiles: true, optOut: null, isAnswered: false };
    expect(eventsOf({ ...nothing, incoming: [files] }, 'sms', at)).toMatchObject([
      { kind: 'unsupported', detail: 'mms' },
    ]);
    expect(eventsOf({ ...nothing, incoming: [{ ...files, text: 'صورة' }] }, 'sms', at)).toMatchObject([
      { kind: 'text', detail: 'mms' },
    ]);
  });

  it('finds a sending by our id where it came back, and says whom it reached', () => {
    const all = { ...report, ref: 'd1', to: from, cost: { units: 1, amount: 0.08, currency: 'SAR' } };
    const [receipt] = eventsOf({ ...nothing, reports: [all] }, 'sms', at);
    expect(inboundEvent.parse(receipt)).toEqual({
      event: 'receipt',
      inboxId: 'sms',
      externalId: '77',
      deliveryId: 'd1',
      status: 'delivered',
      address: from,
      at,
      cost: all.cost,
    });
  });
});

describe('taking a post', () => {
  const counted: string[] = [];
  const { log, count } = hostDeps({ counted });
  const take = (read: Read, sink = createRecordingSink()) => {
    const posts: ProviderPosts = {
      isOpen: false,
      maxBytes: 1000,
      isGenuine: () => true,
      about: () => ({ mine: true, strangers: [] }),
      read: () => read,
    };
    return takePost({ inboxId: 'sms', posts, now: () => Date.parse(at), log, count }, sink, '');
  };

  it('hands on what can be read and keeps the post where something cannot', async () => {
    const sink = createRecordingSink();
    expect(await take({ ...nothing, reports: [report], odd: ['unknown-status'] }, sink)).toBe('odd');
    expect(sink.events).toHaveLength(1);
    expect(counted).toEqual(['odd-unknown-status']);
    expect(await take({ ...nothing, reports: [report] })).toBe('taken');
  });

  it('goes past an event that the core refuses whatever happens, and stops at a failure', async () => {
    const sink = createRecordingSink();
    const { receive } = sink;
    sink.receive = (event) =>
      event.event === 'message' ? Promise.reject(new WaslError('invalid', 'no')) : receive(event);
    expect(await take({ ...nothing, incoming: [incoming] }, sink)).toBe('odd');
    expect(sink.events).toMatchObject([{ event: 'opt-out' }]);
    sink.fail(new Error('the disk is full'));
    await expect(take({ ...nothing, reports: [report] }, sink)).rejects.toThrow('the disk is full');
  });
});
