import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepName } from '../../../src/casework/path.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { actor } from '../../unit/casework/builders.ts';
import { type Casework, openCasework, texts } from './open-casework.ts';

let test: Casework;
let first = '';
let second = '';
let others = '';
beforeEach(async () => {
  test = await openCasework();
  first = await test.open({ subject: 'موضوع سارة' });
  await test.say('السلام عليكم', { address: 'other', conversationKey: 'other' });
  others = conversationIdOf('fake', 'other');
  const contactId = (await test.store.get(conversations, others))?.contactId ?? '';
  expect(contactId).not.toBe(test.contactId);
  const about = { contactId, conversationId: others, type: 'complaint' as const, subject: 'انقطاع', channel: 'desk' };
  second = (await test.flow.staff.openTicket(actor('sara'), about, 'of-the-other')).number;
  await test.flow.idle();
});
afterEach(() => test.cleanUp());

/** What each of the two people is told of a step on the first ticket. */
async function told(name: StepName, given: object = {}) {
  const sent = await test.step(first, 'samia', name, given);
  const to = (address: string) => texts(sent.filter((one) => one.address === address)).replaceAll(/\p{Cf}/gu, '');
  return { owner: to('visitor'), other: to('other') };
}
const merged = () => told('merge', { otherNumber: second });

describe('tickets of two people that are handled as one', () => {
  it('tell the other person that theirs goes on with another, and nothing of that one', async () => {
    const { owner, other } = await merged();
    expect(owner).toBe('');
    expect(other).toContain(`طلبكم رقم ${second} يُعالَج مع طلب آخر`);
    expect(other).not.toContain(first);
    expect(other).not.toContain('سارة');
  });

  it('tell both the answer and the end, each by their own number', async () => {
    await merged();
    const reply = await told('reply', { text: 'أُصلح الخط الرئيس.' });
    expect(reply.owner).toContain(first);
    expect(reply.other).toContain(`رد على طلبكم رقم ${second}`);
    expect(reply.other).toContain('أُصلح الخط الرئيس.');
    const resolved = await told('resolve', { outcome: 'not_done' });
    expect(resolved.owner).toContain('نعم');
    expect(resolved.other).toContain(`نعتذر، تعذّر تنفيذ طلبكم رقم ${second}`);
    for (const { other } of [reply, resolved]) {
      expect(other).not.toContain(first);
      expect(other).not.toContain('سارة');
    }
  });

  it('tell no words of what is restricted since', async () => {
    await merged();
    await told('restrict', { restricted: true });
    const { other } = await told('close');
    expect(other).toContain(second);
    expect(other).not.toContain('انقطاع');
  });

  it('tell the other person nothing any more once theirs stands by itself', async () => {
    await merged();
    await told('unmerge', { otherNumber: second });
    expect((await told('resolve', { text: 'تم' })).other).toBe('');
  });

  it('tell a person once what several of their own numbers came to', async () => {
    const third = await test.open();
    await test.step(third, 'samia', 'merge', { otherNumber: first });
    const sent = await test.step(third, 'samia', 'close');
    expect(sent).toHaveLength(1);
  });
});
