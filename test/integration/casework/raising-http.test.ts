import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OutsideGateway, openOutsideGateway } from './outside-gateway.ts';

const api = '/api/v1';

let opened: OutsideGateway;
beforeAll(async () => {
  opened = await openOutsideGateway();
});
afterAll(() => opened.close());

const post = (number: string, name: string, body: object) =>
  opened.ask('POST', `${api}/tickets/${number}/${name}`, body);

it('an objection over the API is answered with the ticket that it opens, tied to the earlier', async () => {
  const { number } = await opened.aTicket();
  const stepsOf = async () => (await opened.ask('GET', `${api}/tickets/${number}/steps`)).body.steps;
  expect(await stepsOf()).not.toContain('object');
  const early = await post(number, 'object', { version: (await opened.ticket(number)).version, text: 'أعترض' });
  expect(early).toMatchObject({ status: 422, body: { error: { code: 'not-allowed' } } });
  const replied = await opened.step(number, 'reply', { text: 'ننظر فيه' });
  expect([replied.status, (await stepsOf()).includes('object')]).toEqual(['new', true]);
  const { version } = await opened.step(number, 'resolve', { text: 'لا يمكن ذلك' });
  expect(await stepsOf()).toContain('object');

  expect((await post(number, 'object', { version })).status).toBe(400);
  const stale = await post(number, 'object', { version: version - 1, text: 'أعترض' });
  expect(stale).toMatchObject({ status: 409, body: { error: { details: { current: { number, version } } } } });
  const objection = await post(number, 'object', { version, text: 'الرد لم يتناول شكواي', note: 'هاتفياً' });
  expect(objection).toMatchObject({ status: 201, body: { type: 'objection', objectionTo: number, status: 'new' } });
  const events = await opened.kinds(objection.body.number);
  expect(events).toEqual(expect.arrayContaining(['opened', 'escalation-asked', 'noted', 'escalated']));
  const earlier = await opened.ticket(number);
  expect(earlier.objections).toEqual([objection.body.number]);
  expect(await stepsOf()).not.toContain('object');
  const twice = await post(number, 'object', { version: earlier.version, text: 'أعترض' });
  expect(twice).toMatchObject({ status: 422, body: { error: { details: { reason: 'objection-open' } } } });
  expect((await post('26999999', 'object', { version: 1, text: 'أعترض' })).status).toBe(404);
});

it('what is missing is asked for, called for and given over the API', async () => {
  const { number } = await opened.aTicket();
  expect(await opened.step(number, 'ask', { text: 'ما رقم القاعة؟' })).toMatchObject({ status: 'pending_customer' });
  const missed = await post(number, 'call', { version: 1, result: 'asleep' });
  expect(missed.status).toBe(400);
  await opened.step(number, 'call', { result: 'no-answer' });
  await opened.step(number, 'decide', { text: 'نتصل غداً' });
  expect(await opened.step(number, 'call', { result: 'reached', dataGiven: true })).toMatchObject({ status: 'new' });
  expect(await opened.step(number, 'escalate', { note: 'حالة حرجة' })).toMatchObject({ escalation: { why: 'staff' } });
});
