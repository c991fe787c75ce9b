import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contacts } from '../../../src/contact/contact.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { createPaidChannel } from '../../fakes/paid-channel.ts';
import { type Casework, openCasework, texts } from '../flow/open-casework.ts';

const text = 'انتهى التحقيق، وعولج الأمر.';

let test: Casework;
let paid: FakeChannel;
beforeEach(async () => {
  paid = createPaidChannel();
  test = await openCasework({ channel: createFakeChannel(), more: [paid] });
  await test.settle();
});
afterEach(() => test.cleanUp());

/** A restricted ticket that staff opened without a conversation. */
async function open(): Promise<string> {
  const number = await test.open({ type: 'inquiry', conversationId: null });
  await test.step(number, 'samia', 'restrict', { restricted: true });
  return number;
}

async function answer(number: string) {
  await test.step(number, 'samia', 'reply', { text });
  return test.step(number, 'adel', 'approve-reply');
}

describe('the answer to a restricted ticket that staff opened', () => {
  it('is told in full in the private chat of its person', async () => {
    const number = await open();
    expect(texts(await answer(number))).toContain(text);
  });

  it('is read there by its number, where the person was told of it elsewhere', async () => {
    const number = await open();
    test.clock.advance(86_400_000);
    await test.store.write([{ op: 'update', in: contacts, id: test.contactId, set: { phone: '+966500000001' } }]);
    await answer(number);
    expect(texts(paid.sent)).not.toContain(text);
    expect(texts(await test.say(number))).toContain(text);
  });
});
