import { describe, expect, it } from 'vitest';
import { codeOf, openSimulator, openToSara } from './open-simulator.ts';

const hour = 3_600_000;

describe('the window', () => {
  it('is closed to whoever never wrote, and open for 24 hours afterwards', async () => {
    const { simulator, sara, text, clock } = await openSimulator();
    expect(codeOf(await text())).toBe(131047);
    await simulator.deliver(sara.text('مرحبا'));
    clock.advance(24 * hour - 1);
    expect((await text()).status).toBe(200);
    clock.advance(1);
    expect(codeOf(await text())).toBe(131047);
  });

  it('stays open for 72 hours after an advertisement, and lets templates through always', async () => {
    const { simulator, sara, text, template, clock } = await openSimulator();
    expect((await template('conversation_resume', 'ar')).status).toBe(200);
    await simulator.deliver(sara.text('مرحبا', { referral: { source_type: 'ad', source_id: '1' } }));
    clock.advance(72 * hour - 1);
    expect((await text()).status).toBe(200);
  });

  it('can refuse by a receipt instead, or not at all', async () => {
    const { simulator, text, clock } = await openSimulator({ limits: { window: 'status' } });
    expect((await text()).status).toBe(200);
    clock.advance(0);
    expect(simulator.sent[0]?.receipts).toEqual(['failed']);
    const lax = await openSimulator({ limits: { window: 'off' } });
    expect((await lax.text()).status).toBe(200);
  });

  it('is for each person alone', async () => {
    const { text } = await openToSara();
    expect(codeOf(await text('x', { to: '966500000002' }))).toBe(131047);
  });
});

describe('the rates', () => {
  it('allow one message in 6 seconds, and a burst that is paid back', async () => {
    const { text, clock } = await openToSara({ limits: { throughput: false } });
    const burst = await Promise.all(Array.from({ length: 20 }, () => text()));
    expect(burst.every(({ status }) => status === 200)).toBe(true);
    clock.advance(6000);
    expect(codeOf(await text())).toBe(131056);
    clock.advance(20 * 6000 - 6001);
    expect(codeOf(await text())).toBe(131056);
    clock.advance(1);
    expect((await text()).status).toBe(200);
    clock.advance(6000);
    expect((await text()).status).toBe(200);
  });

  it('allow no more than 45 in a burst', async () => {
    const { text } = await openToSara({ limits: { throughput: false } });
    const burst = await Promise.all(Array.from({ length: 46 }, () => text()));
    expect(burst.map(codeOf).filter((code) => code === 131056)).toHaveLength(1);
  });

  it('can be counted as a bucket that fills again by one in 6 seconds', async () => {
    const { text, clock } = await openToSara({ limits: { throughput: false, pairRate: 'bucket' } });
    const burst = await Promise.all(Array.from({ length: 45 }, () => text()));
    expect(burst.every(({ status }) => status === 200)).toBe(true);
    expect(codeOf(await text())).toBe(131056);
    clock.advance(6000);
    expect([(await text()).status, codeOf(await text())]).toEqual([200, 131056]);
  });

  it('allow 80 messages a second, in and out together', async () => {
    const { text, clock } = await openToSara({ limits: { pairRate: false } });
    const first = await Promise.all(Array.from({ length: 80 }, () => text()));
    expect(first.filter(({ status }) => status === 200)).toHaveLength(79);
    expect(first.map(codeOf).filter((code) => code === 130429)).toHaveLength(1);
    clock.advance(1000);
    expect((await text()).status).toBe(200);
  });
});
