import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SendError } from '../../../src/channel/send-error.ts';
import { contacts } from '../../../src/contact/contact.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { messages } from '../../../src/message/message.ts';
import { notices } from '../../../src/notice/notice.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { createPaidChannel } from '../../fakes/paid-channel.ts';
import { removeStore } from '../../support/store-env.ts';

const agent = { id: 'agent', name: 'نورة' };

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-tell-'));
});
afterAll(() => removeStore(directory));

/** The first paid way refuses, the second takes. */
function channels() {
  const [refusing, taking] = [createPaidChannel('a-paid'), createPaidChannel('b-paid')];
  refusing.answer = () => {
    throw new SendError('rejected', 'It was refused.');
  };
  return { channel: createFakeChannel(), more: [refusing, taking], taking };
}

/** From its n-th write on the process is dead. */
function dieAt(test: TestFlow, n: number): void {
  const { write } = test.store;
  let writes = 0;
  test.store.write = (unit) => (writes++ < n ? write(unit) : Promise.reject(new Error('the process ended')));
}

const open = async (test: TestFlow): Promise<void> => {
  const visitorsId = conversationIdOf('fake', 'visitor');
  const contactId = (await test.store.get(conversations, visitorsId))?.contactId ?? '';
  const about = { contactId, conversationId: visitorsId, type: 'inquiry' as const, subject: 'سؤال', channel: 'phone' };
  await test.flow.staff.openTicket(agent, about, 'ticket');
};

/** What is sent over the way that works, by both lives of the process. */
async function twoLives(n: number): Promise<{ sent: FakeChannel['sent']; test: TestFlow; ended: boolean }> {
  const place = join(directory, String(n));
  const first = channels();
  let test = await openFlow({ ...first, directory: place });
  await test.say('السلام عليكم');
  const [person] = (await test.store.find(contacts, { index: 'by-created' })).items;
  await test.store.write([{ op: 'update', in: contacts, id: person?.id ?? '', set: { phone: '+966500000001' } }]);
  dieAt(test, n);
  await open(test).catch(() => undefined);
  await test.flow.idle();
  const ended = test.errors.length > 0 || (await test.store.find(tickets, { index: 'by-opened' })).items.length === 0;
  await test.close();
  const second = channels();
  test = await openFlow({ ...second, directory: place, at: '2026-11-22T07:00:05.000Z' });
  await open(test);
  await test.flow.idle();
  return { sent: [...first.taking.sent, ...second.taking.sent], test, ended };
}

describe('a process that ends at any of its writes', () => {
  it('loses no notice, tells none twice, and goes on by the way that is left', async () => {
    let cut = 0;
    for (let n = 0; n < 14; n++) {
      const { sent, test, ended } = await twoLives(n);
      if (ended) cut++;
      const [ticket, ...more] = (await test.store.find(tickets, { index: 'by-opened' })).items;
      expect(more).toEqual([]);
      const where = { ticketNumber: ticket?.number ?? '' };
      const told = (await test.store.find(notices, { index: 'by-ticket', where })).items;
      expect(told.map(({ kind, state }) => `${kind} ${state}`).sort(), `cut at ${n}`).toEqual([
        'number told',
        'received told',
      ]);
      const number = told.find(({ kind }) => kind === 'number');
      expect(number?.tried).toMatchObject([{ inboxId: 'a-paid', failure: 'rejected' }, { inboxId: 'b-paid' }]);
      const said = await test.store.getMany(messages, number?.messageIds ?? []);
      expect(said.map(({ inboxId }) => inboxId)).toEqual(['a-paid', 'b-paid']);
      // once more only where it ended between the provider's word and our note of it, and then under the same id
      expect(new Set(sent.map(({ id }) => id)).size, `cut at ${n}`).toBe(1);
      await test.close();
    }
    expect(cut).toBeGreaterThan(5);
    expect(cut).toBeLessThan(14);
  });
});
