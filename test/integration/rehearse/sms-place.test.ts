import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import type { Provider } from '../../fakes/sms/model.ts';
import { createReceiver } from '../../fakes/sms/receiver.ts';
import { createSmsSimulator } from '../../fakes/sms/simulator.ts';
import { createSmsPlace } from '../../rehearse/places/sms.ts';
import type { SmsLine } from '../../rehearse/places/sms-line.ts';
import { createSmsLogPlace } from '../../rehearse/places/sms-log.ts';
import { khalid, openPage, sara } from './page-harness.ts';

const notice = 'تم تسجيل طلبكم برقم 1042';

const openSms = async (provider: Provider = 'twilio') => {
  const clock = createFakeClock('2026-11-22T08:00:00Z');
  const simulator = createSmsSimulator({ clock });
  const receiver = await createReceiver();
  await simulator.start();
  simulator.connect(receiver.url);
  onTestFinished(async () => {
    await simulator.stop();
    await receiver.stop();
  });
  const { SMS_BASE_URL, SMS_ACCOUNT, SMS_TOKEN, SMS_SENDER = '' } = simulator.settings('twilio');
  const send = async (to = sara, text = notice): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`${SMS_ACCOUNT}:${SMS_TOKEN}`).toString('base64')}`;
    const body = new URLSearchParams({ To: `+${to}`, From: SMS_SENDER, Body: text });
    const url = `${SMS_BASE_URL}/2010-04-01/Accounts/${SMS_ACCOUNT}/Messages.json`;
    return (await fetch(url, { method: 'POST', headers: { authorization }, body })).status;
  };
  const page = await openPage((parts) => createSmsPlace({ ...parts, simulator, provider }), clock);
  const lines = (): SmsLine[] => page.newest<SmsLine>('line', 'line');
  return { ...page, simulator, receiver, send, lines };
};

describe('the place of text messages', () => {
  it('shows what arrives with its segments, coding and cost, and how far it came', async () => {
    const { send, lines, ofKind, clock } = await openSms();
    expect(await send(sara, `${notice}. ${notice}. ${notice}. ${notice}`)).toBe(201);
    clock.advance(1500);
    await vi.waitFor(() => expect(lines()).toMatchObject([{ progress: 'delivered' }]));
    expect(lines()).toMatchObject([{ by: 'service', segments: 2, encoding: 'UCS-2', cost: 0.04, currency: 'USD' }]);
    expect(ofKind('line').map(({ phone }) => phone)).toEqual([sara, sara, sara]);
  });

  it('hands on what somebody writes, and says so where nobody takes it', async () => {
    const { post, receiver, lines, troubles } = await openSms();
    expect(await post('say', { text: 'السلام عليكم' })).toBe(202);
    await vi.waitFor(() =>
      expect(lines()).toMatchObject([{ by: 'person', text: 'السلام عليكم', progress: 'arrived' }]),
    );
    receiver.answerNext(404);
    await post('say', { text: 'هل من أحد؟' });
    await vi.waitFor(() => expect(lines()).toMatchObject([{}, { progress: 'refused' }]));
    expect(new URLSearchParams(receiver.posts[0]?.raw).get('From')).toBe(`+${sara}`);
    expect(troubles()).toEqual([{ by: 'wasl', status: 404 }]);
  });

  it('obeys STOP, and tells which code refuses the next message', async () => {
    const { post, send, troubles, lines, clock } = await openSms();
    await post('say', { text: 'STOP' });
    await vi.waitFor(() => expect(lines()).toMatchObject([{ progress: 'arrived' }]));
    expect(await send()).toBe(400);
    clock.advance(400);
    await vi.waitFor(() => expect(troubles()).toEqual([{ by: 'provider', status: 400, detail: '21610' }]));
  });

  it('lets messages to a blocked number fail afterwards', async () => {
    const { post, send, lines, ofKind, clock } = await openSms();
    expect(await post('switch', { name: 'blocked', on: true })).toBe(204);
    await vi.waitFor(() => expect(ofKind('state').at(-1)).toMatchObject({ blocked: [sara] }));
    await send();
    await send(khalid);
    clock.advance(1500);
    await vi.waitFor(() =>
      expect(lines()).toMatchObject([{ progress: 'undelivered', error: '30003' }, { progress: 'delivered' }]),
    );
  });

  it('lets a report come late, or be one of a failure', async () => {
    const { post, send, lines, clock } = await openSms();
    expect(await post('switch', { name: 'late', on: true })).toBe(204);
    await send();
    clock.advance(59_000);
    await vi.waitFor(() => expect(lines()).toMatchObject([{ progress: 'sent' }]));
    clock.advance(1000);
    await vi.waitFor(() => expect(lines()).toMatchObject([{ progress: 'delivered' }]));
    expect(await post('switch', { name: 'failed', on: true })).toBe(204);
    await send(khalid);
    clock.advance(1200);
    await vi.waitFor(() => expect(lines()[1]).toMatchObject({ progress: 'undelivered', error: '30008' }));
  });

  it('says that the provider is down', async () => {
    const { post, send, troubles, clock } = await openSms();
    expect(await post('switch', { name: 'down', on: true })).toBe(204);
    expect(await send()).toBe(503);
    clock.advance(400);
    await vi.waitFor(() => expect(troubles()).toEqual([{ by: 'provider', status: 503 }]));
    await post('switch', { name: 'down', on: false });
    expect(await send()).toBe(201);
  });

  it('lets nobody answer a name', async () => {
    const { post, ofKind } = await openSms('taqnyat');
    await vi.waitFor(() => expect(ofKind('state').at(-1)).toMatchObject({ provider: 'taqnyat', canAnswer: false }));
    expect(await post('say', { text: 'مرحبا' })).toBe(409);
  });

  it('makes room for a number that nobody in the rehearsal had', async () => {
    const { send, cast, ofKind } = await openSms();
    await send('966555000999');
    expect(cast.find('966555000999')).toMatchObject({ name: 'مستفيد 0999' });
    await vi.waitFor(() => expect(ofKind('cast').at(-1)?.people).toHaveLength(5));
  });

  it('refuses what it does not know', async () => {
    const { post } = await openSms();
    expect(await post('say', { text: ' ' })).toBe(400);
    expect(await post('switch', { name: 'light', on: true })).toBe(400);
    expect(await post('say', { text: 'x' }, '966511111111')).toBe(404);
  });
});

describe('text messages that are only logged', () => {
  const line = (to: string, text = notice): string =>
    JSON.stringify({
      level: 30,
      time: '2026-11-21T08:00:00.000Z',
      deliveryId: 'd-1',
      to,
      parts: 1,
      text,
      msg: 'a text message that nobody gets',
    });

  it('are taken out of the log for the one whose number ends so', async () => {
    const { place, newest, ofKind } = await openPage(createSmsLogPlace);
    expect(place.hear(line('…102'))).toBe(true);
    await vi.waitFor(() => expect(newest('line', 'line')).toMatchObject([{ text: notice, progress: 'logged' }]));
    expect(ofKind('line')[0]?.phone).toBe(khalid);
  });

  it('say so where the log does not tell the text', async () => {
    const { place, newest } = await openPage(createSmsLogPlace);
    place.hear(line('…102', '[hidden]'));
    await vi.waitFor(() => expect(newest('line', 'line')).toMatchObject([{ text: '', isHidden: true }]));
  });

  it.each([line('…999'), '{"level":40,"msg":"something else"}', 'Wasl is ready in 1.0 s'])(
    'leave %s alone',
    async (one) => {
      const { place } = await openPage(createSmsLogPlace);
      expect(place.hear(one)).toBe(false);
    },
  );
});
