import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { type Answer, countInbound, type OpenGateway, openGateway } from './open-gateway.ts';

const clock = createFakeClock('2026-11-22T07:00:00.000Z');
let wasl: OpenGateway;
beforeAll(async () => {
  wasl = await openGateway({ clock, rateLimits: 'on' });
});
afterAll(async () => {
  await wasl.close();
});

const perMinute = 10_000;
const rounds = 100;

it('slows one visitor who writes 10,000 messages in a minute, politely, and nobody else at the same address', async () => {
  const flooder = await wasl.visit({ auth: { language: 'en' } });
  const neighbour = await wasl.visit({ auth: { language: 'ar' } });
  const answers: Answer[] = [];
  const neighbours: Answer[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const burst = Array.from({ length: perMinute / rounds }, (_, at) => flooder.say(`message ${round}-${at}`));
    if (round % 10 === 0) neighbours.push(await neighbour.say('السلام عليكم'));
    answers.push(...(await Promise.all(burst)));
    clock.advance(60_000 / rounds);
  }
  const taken = answers.flatMap(({ id }) => id ?? []);
  const refused = answers.flatMap(({ error }) => error ?? []);
  expect(neighbours).toEqual(Array(10).fill({ id: expect.any(String) }));
  expect(taken.length + refused.length).toBe(perMinute);
  expect(taken.length).toBeGreaterThan(60);
  expect(taken.length).toBeLessThan(120);
  for (const { code, message, retryAfterMs } of [refused[0]!, refused.at(-1)!]) {
    expect({ code, message }).toEqual({
      code: 'rate-limited',
      message: expect.stringContaining('Please wait a moment'),
    });
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(1_000);
  }
  const stored = await wasl.inboundBeside(taken[0] ?? '');
  expect(stored.map(({ id }) => id)).toEqual(taken);
  expect(await countInbound(wasl)).toBe(taken.length + neighbours.length);
  expect(wasl.faults).toEqual([]);
}, 120_000);

it('takes the message again once the time has passed that the refusal named', async () => {
  const tab = await wasl.visit();
  const burst = await Promise.all(
    Array.from({ length: 40 }, (_, at) => tab.send({ clientId: `b${at}`, text: `${at}` })),
  );
  const at = burst.findIndex(({ error }) => error !== undefined);
  const refusal = burst[at]!.error!;
  clock.advance((refusal.retryAfterMs ?? 0) + 1);
  expect(await tab.send({ clientId: `b${at}`, text: `${at}` })).toEqual({ id: expect.any(String) });
});

it('turns away a crowd of connections from one address with a time to come back, and keeps those that are there', async () => {
  const before = await wasl.visit();
  const crowd = await Promise.allSettled(Array.from({ length: 400 }, () => wasl.visit()));
  const turnedAway = crowd.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as Error & { data?: object }] : [],
  );
  expect(turnedAway.length).toBeGreaterThan(50);
  expect(turnedAway[0]?.data).toEqual({ code: 'rate-limited', retryAfterMs: expect.any(Number) });
  expect(await before.say('ما زلت هنا')).toEqual({ id: expect.any(String) });
  clock.advance(60_000);
  expect((await wasl.visit()).session.token).toMatch(/^v1\./);
  expect(wasl.faults).toEqual([]);
}, 60_000);
