import { afterEach, expect, it } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { type OpenGateway, openGateway } from './open-gateway.ts';

let wasl: OpenGateway;
afterEach(async () => {
  await wasl.close();
});

const start = '2026-11-22T07:00:00.000Z';

it("keeps the server's time, whatever time a client claims to have", async () => {
  wasl = await openGateway({ clock: createFakeClock(start) });
  const tab = await wasl.visit();
  for (const claim of [
    { at: '2099-01-01T00:00:00.000Z' },
    { sentAt: '1970-01-01T00:00:00.000Z' },
    { receivedAt: 'x' },
  ]) {
    expect((await tab.say('السلام عليكم', claim)).error?.code).toBe('invalid');
  }
  const { id } = await tab.say('السلام عليكم');
  expect(await wasl.inboundBeside(id ?? '')).toMatchObject([{ sentAt: start, receivedAt: start }]);
});

it("keeps the order of a conversation while the server's own clock jumps back and forth", async () => {
  const clock = createFakeClock(start);
  wasl = await openGateway({ clock });
  const tab = await wasl.visit();
  const said: string[] = [];
  for (const jump of [0, -3_600_000, 7_200_000, -86_400_000, 1]) {
    clock.set(clock.now() + jump);
    const text = `كلام بعد ${jump}`;
    expect((await tab.say(text)).id).toEqual(expect.any(String));
    said.push(text);
    await wasl.gateway.flow.idle();
  }
  const { id } = await tab.say('آخر الكلام');
  const stored = await wasl.inboundBeside(id ?? '');
  expect(stored.map(({ text }) => text)).toEqual([...said, 'آخر الكلام']);
  const back = await wasl.visit({ auth: { token: tab.session.token } });
  await expect
    .poll(() => back.got.filter(({ author }) => author === 'contact').map(({ text }) => text))
    .toEqual([...said, 'آخر الكلام']);
  expect(wasl.faults).toEqual([]);
});
