import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OpenGateway, openGateway, type Shown, type Tab } from './open-gateway.ts';

let wasl: OpenGateway;
beforeAll(async () => {
  wasl = await openGateway();
});
afterAll(async () => {
  expect(wasl.faults).toEqual([]);
  await wasl.close();
});

const comeBack = (tab: Tab, more: Record<string, unknown> = {}, acknowledges = true): Promise<Tab> =>
  wasl.visit({ auth: { token: tab.session.token, ...more }, acknowledges });

const ids = (shown: readonly Shown[]): string[] => shown.map(({ id }) => id);

/** All that the store holds of a conversation has come to this tab, each once, in the order of the store. */
const expectWhole = async (tab: Tab, messageId: string | undefined, own: 'with own' | 'without own'): Promise<void> => {
  const [first] = await wasl.inboundBeside(messageId ?? '');
  const all = (await wasl.stored(first?.conversationId ?? '')).filter(
    ({ direction }) => own === 'with own' || direction === 'outbound',
  );
  await vi.waitFor(() => expect(ids(tab.got)).toEqual(ids(all as unknown as Shown[])));
};

describe('the same client id again', () => {
  it('gives the same message id, stores one message and answers it once', async () => {
    const tab = await wasl.visit();
    const payload = { clientId: 'once', text: 'السلام عليكم' };
    const first = await tab.send(payload);
    expect(await tab.send(payload)).toEqual(first);
    expect(await tab.send({ ...payload, text: 'شيء آخر' })).toEqual(first);
    const stored = await wasl.inboundBeside(first.id ?? '');
    expect(stored.map(({ text }) => text)).toEqual(['السلام عليكم']);
    await tab.answers(2);
    await tab.say('سارة أحمد المحمد');
    expect(await tab.answers(3)).toHaveLength(3);
  });

  it('is one message however many come in the same moment, from several tabs', async () => {
    const first = await wasl.visit();
    const second = await comeBack(first);
    const payload = { clientId: 'parallel', text: 'السلام عليكم' };
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 ? first : second).send(payload)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await wasl.inboundBeside(answers[0]?.id ?? '')).toHaveLength(1);
    await first.answers(2);
    expect(new Set(ids(first.got)).size).toBe(first.got.length);
  });

  it('is another message when another visitor uses it', async () => {
    const [one, other] = [await wasl.visit(), await wasl.visit()];
    const payload = { clientId: 'shared', text: 'السلام عليكم' };
    expect((await one.send(payload)).id).not.toBe((await other.send(payload)).id);
  });
});

describe('many messages in one moment', () => {
  it('keeps each once, and the order in which they were answered for is no different in the store', async () => {
    const tab = await wasl.visit();
    const texts = Array.from({ length: 30 }, (_, at) => `رسالة رقم ${at}`);
    const answers = await Promise.all(texts.map((text) => tab.say(text)));
    const stored = await wasl.inboundBeside(answers[0]?.id ?? '');
    expect(stored.map(({ text }) => text).sort()).toEqual(texts.toSorted());
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map(({ seq }) => seq).toSorted((a, b) => a - b));
    await vi.waitFor(() => expect(tab.got.length).toBeGreaterThan(0));
    expect(new Set(ids(tab.got)).size).toBe(tab.got.length);
  });
});

describe('a client that never acknowledges', () => {
  it('gets its messages again on the next connect, once each, until it acknowledges', async () => {
    const deaf = await wasl.visit({ acknowledges: false });
    const { id } = await deaf.say('السلام عليكم');
    const heard = ids(await deaf.answers(2));
    const last = heard.at(-1);
    deaf.close();
    const stillDeaf = await comeBack(deaf, { after: last }, false);
    expect(ids(await stillDeaf.answers(2))).toEqual(heard);
    stillDeaf.close();
    const hearing = await comeBack(deaf, { after: last });
    expect(ids(await hearing.answers(2))).toEqual(heard);
    const [message] = await wasl.inboundBeside(id ?? '');
    const deliveries = async (): Promise<string[]> => {
      const page = await (await wasl.api(`/conversations/${message?.conversationId}/messages`)).json();
      const found = page as { items: { direction: string; deliveries: { status: string }[] }[] };
      return found.items
        .filter(({ direction }) => direction === 'outbound')
        .map((one) => one.deliveries[0]?.status ?? '');
    };
    await expect.poll(deliveries).toEqual(['delivered', 'delivered']);
    hearing.close();
    const later = await comeBack(deaf, { after: last });
    await later.say('سارة أحمد المحمد');
    expect(ids(await later.answers(1)).filter((one) => heard.includes(one))).toEqual([]);
  });
});

describe('two tabs of one visitor', () => {
  it('both show everything that the visitor and the assistant say, once each', async () => {
    const first = await wasl.visit();
    const second = await comeBack(first);
    const one = await first.say('السلام عليكم');
    await first.answers(2);
    const two = await second.say('سارة أحمد المحمد');
    await first.answers(3);
    await second.answers(3);
    expect(first.got.filter(({ author }) => author === 'contact').map(({ id }) => id)).toEqual([two.id]);
    expect(second.got.filter(({ author }) => author === 'contact').map(({ id }) => id)).toEqual([one.id]);
    const third = await comeBack(first);
    await expectWhole(third, one.id, 'with own');
  });

  it('goes on in one when the other is closed', async () => {
    const first = await wasl.visit();
    const second = await comeBack(first);
    second.close();
    await first.say('السلام عليكم');
    expect(await first.answers(2)).toHaveLength(2);
  });
});

describe('coming back', () => {
  const talk = async (): Promise<{ tab: Tab; firstId: string | undefined }> => {
    const tab = await wasl.visit();
    const { id } = await tab.say('السلام عليكم');
    await tab.answers(2);
    await tab.say('سارة أحمد المحمد');
    await tab.answers(3);
    return { tab, firstId: id };
  };

  it('finds the whole conversation again', async () => {
    const { tab, firstId } = await talk();
    tab.close();
    const back = await comeBack(tab);
    expect(back.session.token).toBe(tab.session.token);
    expect(back.session.conversationId).toEqual(expect.any(String));
    await expectWhole(back, firstId, 'with own');
  });

  it('gets what an agent said while nobody was there, and only that', async () => {
    const { tab, firstId } = await talk();
    const last = tab.got.at(-1)!;
    tab.close();
    const [message] = await wasl.inboundBeside(firstId ?? '');
    const answered = await wasl.apiPost(`/conversations/${message?.conversationId}/messages`, {
      text: 'معكم أحد الموظفين',
    });
    expect(answered.status).toBe(201);
    const back = await comeBack(tab, { after: last.id });
    await expect
      .poll(() => back.got.map(({ author, text }) => [author, text]))
      .toEqual([['agent', 'معكم أحد الموظفين']]);
  });

  it('shows the last messages where the message that it has last is unknown, or of somebody else', async () => {
    const { tab, firstId } = await talk();
    const stranger = await talk();
    for (const after of ['no-such-message', stranger.tab.got.at(-1)!.id]) {
      const back = await comeBack(tab, { after });
      await expectWhole(back, firstId, 'with own');
    }
  });
});
