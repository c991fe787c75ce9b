import { onTestFinished } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { createWhatsappCloudSimulator, type WhatsappCloudOptions } from '../../fakes/whatsapp-cloud/simulator.ts';

/** What the provider answered. */
export interface Answer {
  status: number;
  body: Record<string, never> & {
    error?: { code: number; message: string; type: string; fbtrace_id: string; error_data?: { details: string } };
    messages?: { id: string }[];
    contacts?: Record<string, string>[];
  };
}

/** A provider over real HTTP with one person, Sara, and what asks it; it stops when the test ends. */
export const openSimulator = async (options: WhatsappCloudOptions = {}) => {
  const clock = createFakeClock('2026-11-01T08:00:00Z');
  const simulator = createWhatsappCloudSimulator({ clock, receipts: null, ...options });
  onTestFinished(() => simulator.stop());
  const { baseUrl } = await simulator.start();
  const settings = simulator.settings();
  const token = settings.WHATSAPP_CLOUD_ACCESS_TOKEN ?? '';
  const ask = async (path: string, init: RequestInit = {}, bearer: string | null = token): Promise<Answer> => {
    const headers = { ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...init.headers };
    const answer = await fetch(path.startsWith('http') ? path : `${baseUrl}/${path}`, { ...init, headers });
    const body = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {};
    return { status: answer.status, body };
  };
  const number = settings.WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '';
  const account = settings.WHATSAPP_CLOUD_WABA_ID ?? '';
  const post = (body: unknown, bearer?: string): Promise<Answer> =>
    ask(
      `${number}/messages`,
      { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      bearer,
    );
  const sara = simulator.person({ phone: '966500000001', name: 'سارة' });
  const text = (body = 'مرحبا', more: object = {}) =>
    post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: sara.phone,
      type: 'text',
      text: { body },
      ...more,
    });
  const template = (name: string, code: string, components?: unknown) =>
    post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: sara.phone,
      type: 'template',
      template: { name, language: { code }, components },
    });
  return { simulator, clock, sara, ask, post, text, template, number, account, token };
};

/** The same after Sara wrote, so that free words may be sent to her. */
export const openToSara = async (options: WhatsappCloudOptions = {}) => {
  const all = await openSimulator(options);
  await all.simulator.deliver(all.sara.text('السلام عليكم'));
  return all;
};

/** The provider's number of what is wrong. */
export const codeOf = (answer: Answer): number | undefined => answer.body.error?.code;
