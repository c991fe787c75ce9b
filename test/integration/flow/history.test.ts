import { afterEach, beforeEach, expect, it } from 'vitest';
import type { History } from '../../../src/channel/channel.ts';
import { conversationIdOf } from '../../../src/flow/thread.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const conversationId = conversationIdOf('fake', 'visitor');

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow();
  await test.say('السلام عليكم');
  await test.say('سارة أحمد الغامدي');
  await test.say('كلية العلوم');
});
afterEach(() => test.cleanUp());

const history = async (query: { after?: string; limit?: number; address?: string } = {}): Promise<History> => {
  const found = await test.channel.sink?.history({ inboxId: 'fake', address: 'visitor', limit: 50, ...query });
  if (!found) throw new Error('the channel was not started');
  return found;
};
const idsOf = ({ messages }: History): string[] => messages.map((one) => one.id);

const confirm = async (): Promise<void> => {
  const at = new Date(test.clock.now()).toISOString();
  for (const { id } of test.channel.sent)
    await test.flow.receive({ event: 'receipt', inboxId: 'fake', externalId: id, status: 'delivered', at });
};

it('gives both sides of the conversation in order', async () => {
  const found = await history();
  expect(found).toMatchObject({ conversationId, handledBy: 'assistant' });
  expect(found.messages.map((one) => one.seq)).toEqual(found.messages.map((_, at) => at + 1));
  expect(idsOf(found)).toEqual((await test.all(conversationId)).map((one) => one.id));
});

it('gives the last ones where there are more than asked for', async () => {
  expect(idsOf(await history({ limit: 2 }))).toEqual(idsOf(await history()).slice(-2));
});

it('gives what came after the message that the person has last', async () => {
  await confirm();
  const all = idsOf(await history());
  expect(idsOf(await history({ after: all[3] ?? '' }))).toEqual(all.slice(4));
  expect(idsOf(await history({ after: all.at(-1) ?? '' }))).toEqual([]);
});

it('gives ours that nobody confirmed once more, even before the message that the person has last', async () => {
  const all = await history();
  const ours = all.messages.filter((one) => one.direction === 'outbound').map((one) => one.id);
  const missed = await history({ after: idsOf(all).at(-1) ?? '' });
  expect(idsOf(missed)).toEqual(ours);
  expect(missed.messages.map((one) => one.deliveryId)).toEqual(test.channel.sent.map((one) => one.id));
  await confirm();
  expect((await history()).messages.every((one) => one.deliveryId === null)).toBe(true);
});

it('gives the last ones where the message is not known, or is of another conversation', async () => {
  await test.say('السلام عليكم', { address: 'other', conversationKey: 'other' });
  const foreign = (await test.all(conversationIdOf('fake', 'other')))[0]?.id ?? '';
  const all = idsOf(await history());
  expect(idsOf(await history({ after: 'unheard-of' }))).toEqual(all);
  expect(idsOf(await history({ after: foreign }))).toEqual(all);
});

it('gives nothing to somebody who never wrote', async () => {
  expect(await history({ address: 'nobody' })).toEqual({ conversationId: null, handledBy: null, messages: [] });
});

it('tells who has the conversation', async () => {
  await test.flow.staff.assign(conversationId, { id: 'a', name: 'نورة' }, { id: 'a', name: 'نورة' });
  expect(await history()).toMatchObject({ handledBy: 'agent' });
});
