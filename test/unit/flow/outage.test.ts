import { expect, it } from 'vitest';
import { createBlocked } from '../../../src/flow/blocked.ts';
import { createOutage, isUnreachable } from '../../../src/flow/outage.ts';
import { StoreError } from '../../../src/store/port.ts';

const away = new StoreError('unavailable', 'It gave no answer.');

const aLog = () => {
  const said: string[] = [];
  const say = (_: object, message: string): void => void said.push(message);
  return { said, log: { debug: say, info: say, warn: say, error: say } };
};

it('tells of a store that is away once, and once that it is back', () => {
  const { said, log } = aLog();
  const outage = createOutage(log);
  for (const what of ['sending failed', 'deciding failed']) outage.log.error({ err: away }, what);
  outage.log.warn({ err: new Error('around it', { cause: away }) }, 'reading failed');
  outage.met(away);
  expect(outage.reason()).toBe(away);
  outage.over();
  outage.over();
  expect(said).toEqual(['the store cannot be reached: what waits goes on once it is back', 'the store is back']);
  expect(outage.reason()).toBeNull();
});

it('passes on all that is no outage, also during one', () => {
  const { said, log } = aLog();
  const outage = createOutage(log);
  outage.met(away);
  outage.log.error({ err: new StoreError('disk-full', 'full') }, 'writing failed');
  outage.log.info({}, 'a word');
  expect(said.slice(1)).toEqual(['writing failed', 'a word']);
});

it('takes nothing else for an outage', () => {
  expect([new Error('x'), new StoreError('closed', 'x'), 'unavailable', null].map(isUnreachable)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

it('forgets for what a conversation waited once it waits for something else', () => {
  const blocked = createBlocked();
  const place = { conversationId: 'c', inboxId: 'i' };
  const change = (id: string) => [{ cursor: 1, collection: 'deliveries', id, kind: 'update' as const }];
  expect([blocked.add(place, 'one'), blocked.add(place, 'one'), blocked.add(place, 'two')]).toEqual([
    true,
    false,
    true,
  ]);
  expect([blocked.concernedBy(change('one')), blocked.concernedBy(change('two'))]).toEqual([[], [place]]);
  expect([blocked.seenOverdue('one'), blocked.seenOverdue('two'), blocked.seenOverdue('two')]).toEqual([0, 1, 2]);
  blocked.remove('c');
  expect([blocked.places(), blocked.concernedBy(change('two'))]).toEqual([[], []]);
});
