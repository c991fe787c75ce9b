import { expect, it } from 'vitest';
import { Refusal, withoutAnswer } from '../../../channels/whatsapp-cloud/graph.ts';
import { createHealth } from '../../../channels/whatsapp-cloud/health.ts';
import { meaningOf } from '../../../channels/whatsapp-cloud/payload/codes.ts';

const silence = withoutAnswer(new TypeError('fetch failed'));
const refusal = (code: number) => new Refusal(meaningOf({ code }), { providerCode: String(code) });

it('is reconnecting, with the reason, while the provider does not answer, and connected by the next success', () => {
  for (const heal of ['asked', 'sent'] as const) {
    const health = createHealth();
    health.asked(silence);
    expect(health.state()).toEqual({ state: 'reconnecting', reason: silence.message });
    health[heal](null);
    expect([health.state(), health.isUnsure()]).toEqual([{ state: 'connected', reason: null }, false]);
  }
});

it('is looked at when a sending meets with silence, which may be of that message alone', () => {
  const health = createHealth();
  health.sent(silence);
  expect([health.state().state, health.isUnsure()]).toEqual(['connected', true]);
  health.asked(null);
  expect(health.isUnsure()).toBe(false);
});

it('is not ill because it is asked too often', () => {
  const health = createHealth();
  health.asked(refusal(80007));
  expect(health.state()).toMatchObject({ state: 'connected', reason: expect.any(String) });
});

it('does not take a token for good because an earlier message went out', () => {
  const health = createHealth();
  health.asked(refusal(190));
  health.sent(null);
  expect(health.state().state).toBe('bad-credentials');
  health.asked(null);
  expect(health.state().state).toBe('connected');
});
