import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { watchHealth } from '../../rehearse/health.ts';
import type { News } from '../../rehearse/place.ts';

it('tells the page what Wasl says of its channels, once for each change, and waits while Wasl is away', async () => {
  const reasons: (string | null)[] = ['X is asked less often.', 'X is asked less often.', null];
  const server = createServer((_request, response) => {
    if (reasons.length === 0) return void response.destroy();
    const reason = reasons.shift();
    const inboxes = [
      { id: 'x', channel: 'x', state: 'connected', reason },
      { id: 'web-chat', channel: 'web-chat', state: 'connected', reason: null },
    ];
    response.end(JSON.stringify({ status: 'ok', inboxes }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const clock = createFakeClock('2026-11-22T08:00:00Z');
  const after = vi.spyOn(clock, 'after');
  const told: News[] = [];
  const stage = { tell: (news: News) => void told.push(news), trouble: () => {}, show: () => {}, close: () => {} };
  const health = watchHealth(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, stage, clock);
  for (const asked of [1, 2, 3, 4]) {
    clock.advance(3000);
    await vi.waitFor(() => expect(after).toHaveBeenCalledTimes(asked + 1));
  }
  expect(told.map(({ place, reason }) => [place, reason])).toEqual([
    ['x', 'X is asked less often.'],
    ['x', null],
  ]);
  expect(health.news()).toMatchObject([{ place: 'x', reason: null }]);
  health.stop();
});
