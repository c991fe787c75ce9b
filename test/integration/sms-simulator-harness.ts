import { onTestFinished } from 'vitest';
import { createFakeClock } from '../fakes/clock.ts';
import type { Provider } from '../fakes/sms/model.ts';
import { createReceiver } from '../fakes/sms/receiver.ts';
import { createSmsSimulator, type SmsSimulatorOptions } from '../fakes/sms/simulator.ts';

export const sara = '966500000001';
export const notice = 'تم تسجيل طلبكم برقم 1042';
export const twilioAccount = 'AC00000000000000000000000000000001';

/** What a provider answered. */
export interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path
  body: any;
}

export const ask = async (url: string, init: RequestInit = {}): Promise<Answered> => {
  const answer = await fetch(url, init);
  const text = await answer.text();
  return {
    status: answer.status,
    body: answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
};

/** The three providers over real HTTP under a clock that stands, and a webhook they know; both end with the test. */
export const openSms = async (options: SmsSimulatorOptions = {}) => {
  const clock = createFakeClock('2026-11-01T08:00:00Z');
  const simulator = createSmsSimulator({ clock, reports: null, ...options });
  const receiver = await createReceiver();
  onTestFinished(async () => {
    await simulator.stop();
    await receiver.stop();
  });
  await simulator.start();
  simulator.connect(receiver.url);
  const at = (provider: Provider, path: string): string => `${simulator.settings(provider).SMS_BASE_URL}${path}`;
  const token = (provider: Provider): string => simulator.settings(provider).SMS_TOKEN ?? '';
  const basic = `Basic ${Buffer.from(`${twilioAccount}:${token('twilio')}`).toString('base64')}`;
  const unifonic = (fields: Record<string, string> = {}, signal?: AbortSignal): Promise<Answered> =>
    ask(at('unifonic', '/rest/SMS/messages'), {
      method: 'POST',
      signal: signal ?? null,
      body: new URLSearchParams({
        AppSid: token('unifonic'),
        SenderID: 'Wasl',
        Recipient: sara,
        Body: notice,
        ...fields,
      }),
    });
  const taqnyat = (fields: object = {}, bearer = token('taqnyat')): Promise<Answered> =>
    ask(at('taqnyat', '/v1/messages'), {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ recipients: [sara], body: notice, sender: 'Wasl', ...fields }),
    });
  const twilio = (fields: Record<string, string> = {}, authorization = basic): Promise<Answered> =>
    ask(at('twilio', `/2010-04-01/Accounts/${twilioAccount}/Messages.json`), {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ To: `+${sara}`, From: '+12025550123', Body: notice, ...fields }),
    });
  return { simulator, receiver, clock, at, token, basic, unifonic, taqnyat, twilio };
};

/** What a form says. */
export const fieldsOf = (raw: string): Record<string, string> => Object.fromEntries(new URLSearchParams(raw));
