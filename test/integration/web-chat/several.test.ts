import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWithinMs } from '../../../channels/web-chat/elsewhere/asking.ts';
import { beatMs } from '../../../channels/web-chat/elsewhere/elsewhere.ts';
import { openSeveral, type Several, type SeveralTab, textsOf } from './several.ts';

let wasl: Several;
beforeEach(async () => {
  wasl = await openSeveral(3);
});
afterEach(async () => {
  await wasl.close();
  expect(wasl.lines).toEqual([]);
});

const comesTo = (tab: SeveralTab, texts: string[]): Promise<void> =>
  vi.waitFor(() => expect(textsOf(tab)).toEqual(texts));

/** What was published of this kind, the beats aside. */
const said = (word: string) =>
  wasl.said.filter(({ payload }) => (payload as { said?: { word?: string } }).said?.word === word);

/** Until all that was told so far has been heard. */
const heard = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a visitor who is connected to another process than the one that sends', () => {
  it('gets the message, and whoever has them confirms it, once', async () => {
    const tab = await wasl.visit(1);
    const message = wasl.store(tab.visitor, 'معكم أحد الموظفين');
    expect(await wasl.send(0, message)).toEqual({ externalId: message.id, status: 'sent' });
    await comesTo(tab, ['معكم أحد الموظفين']);
    await vi.waitFor(() => expect(wasl.core.receipts).toEqual([{ delivery: message.id, by: 1 }]));
  });

  it('finds files under addresses with a token of its own, which no other process is told', async () => {
    const tab = await wasl.visit(1);
    const file = { id: 'f1', name: 'خطاب.pdf', type: 'application/pdf', bytes: 10 };
    await wasl.send(0, { ...wasl.store(tab.visitor, 'مرفق'), attachments: [file] });
    await comesTo(tab, ['مرفق']);
    expect(tab.got[0]?.attachments?.[0]).toMatchObject({ ...file, url: expect.stringContaining(tab.token) });
    expect(JSON.stringify(wasl.said)).not.toContain(tab.token);
  });

  it('sees that an agent writes and who answers, and the agents see that the visitor writes', async () => {
    const tab = await wasl.visit(1);
    wasl.chatAt(0).typing?.({ address: tab.visitor, on: true, externalId: null });
    wasl.chatAt(0).handled?.({ address: tab.visitor, by: 'agent' });
    await vi.waitFor(() => expect(tab.hints).toEqual([{ on: true }, { handledBy: 'agent' }]));
    tab.socket.emit('typing', { on: true });
    await vi.waitFor(() => expect(wasl.core.typed).toEqual([{ address: tab.visitor, on: true, by: 1 }]));
  });

  it('keeps its connection when the other process stops', async () => {
    const tab = await wasl.visit(1);
    await wasl.chatAt(0).stop();
    await wasl.send(2, wasl.store(tab.visitor, 'ما زلنا معكم'));
    await comesTo(tab, ['ما زلنا معكم']);
    expect(tab.socket.connected).toBe(true);
  });
});

describe('a visitor who is connected nowhere', () => {
  it('is found to be away as soon as all others have said so, and gets the message when they come', async () => {
    const away = await wasl.visit(1);
    away.close();
    await vi.waitFor(() => expect(wasl.connectedTo(1)).toBe(0));
    const sending = wasl.send(0, wasl.store(away.visitor, 'عند عودتكم'));
    await expect(sending).rejects.toMatchObject({ code: 'recipient-away' });
    const back = await wasl.visit(2, { token: away.token });
    await comesTo(back, ['عند عودتكم']);
  });

  it('holds up nobody longer than the bounded wait where another process is dead', async () => {
    wasl.cut(2);
    let outcome = 'open';
    const sending = wasl.send(0, wasl.store('nobody', 'عند عودتكم')).catch((error: { code: string }) => {
      outcome = error.code;
    });
    await heard();
    wasl.clock.advance(answerWithinMs - 1);
    await heard();
    expect(outcome).toBe('open');
    wasl.clock.advance(1);
    await sending;
    expect(outcome).toBe('recipient-away');
  });

  it('is not waited for where a dead process is not the one that has them', async () => {
    const tab = await wasl.visit(1);
    wasl.cut(2);
    expect((await wasl.send(0, wasl.store(tab.visitor, 'أهلًا'))).status).toBe('sent');
    await comesTo(tab, ['أهلًا']);
  });

  it('gets the message from a process that was paused when it goes on, once', async () => {
    const tab = await wasl.visit(1);
    wasl.hold(1);
    const sending = wasl.send(0, wasl.store(tab.visitor, 'أهلًا')).catch((error: { code: string }) => error.code);
    await heard();
    wasl.clock.advance(answerWithinMs);
    expect(await sending).toBe('recipient-away');
    wasl.release(1);
    await comesTo(tab, ['أهلًا']);
    await vi.waitFor(() => expect(wasl.core.receipts).toHaveLength(1));
  });
});

describe('tabs of one visitor in several processes', () => {
  it('show everything that the visitor and the assistant say, once each', async () => {
    const one = await wasl.visit(0);
    const two = await wasl.visit(1, { token: one.token });
    await vi.waitFor(() => expect(said('here')).toHaveLength(1));
    await heard();
    await one.say('من الأول');
    await comesTo(two, ['من الأول']);
    await wasl.send(0, wasl.store(one.visitor, 'جواب'));
    await comesTo(one, ['جواب']);
    await comesTo(two, ['من الأول', 'جواب']);
    await two.say('من الثاني');
    await comesTo(one, ['جواب', 'من الثاني']);
    await wasl.send(2, wasl.store(one.visitor, 'جواب آخر'));
    await comesTo(one, ['جواب', 'من الثاني', 'جواب آخر']);
    await comesTo(two, ['من الأول', 'جواب', 'جواب آخر']);
  });

  it('cost nothing on the bus as long as there is one, nor once there is one again', async () => {
    const one = await wasl.visit(0);
    await one.say('وحدي');
    await wasl.send(0, wasl.store(one.visitor, 'جواب'));
    expect(wasl.said).toEqual([]);
    const two = await wasl.visit(1, { token: one.token });
    await vi.waitFor(() => expect(said('here')).toHaveLength(1));
    await heard();
    two.close();
    await vi.waitFor(() => expect(said('left')).toHaveLength(1));
    await heard();
    const before = wasl.said.length;
    await one.say('وحدي من جديد');
    await wasl.send(0, wasl.store(one.visitor, 'جواب'));
    expect(wasl.said).toHaveLength(before);
  });

  it('miss nothing that was given to one of them before its process heard of the other', async () => {
    const one = await wasl.visit(0);
    wasl.hold(0);
    const two = await wasl.visit(1, { token: one.token });
    await wasl.send(0, wasl.store(one.visitor, 'في الأثناء'));
    await one.say('مني في الأثناء');
    expect(textsOf(two)).toEqual([]);
    wasl.release(0);
    await comesTo(two, ['في الأثناء', 'مني في الأثناء']);
    expect(textsOf(one)).toEqual(['في الأثناء']);
  });

  it('miss nothing that was given to one that was closed at once', async () => {
    const one = await wasl.visit(0);
    wasl.hold(0);
    const two = await wasl.visit(1, { token: one.token });
    await wasl.send(0, wasl.store(one.visitor, 'في الأثناء'));
    await comesTo(one, ['في الأثناء']);
    one.close();
    await vi.waitFor(() => expect(wasl.connectedTo(0)).toBe(0));
    wasl.release(0);
    await comesTo(two, ['في الأثناء']);
  });
});

describe('a process that others could not reach for a while', () => {
  it('reads anew what it missed, in order, at the next word of another', async () => {
    const tab = await wasl.visit(1);
    wasl.cut(1);
    const lost = wasl.send(0, wasl.store(tab.visitor, 'الأولى')).catch((error: { code: string }) => error.code);
    await heard();
    wasl.clock.advance(answerWithinMs);
    expect(await lost).toBe('recipient-away');
    wasl.mend(1);
    await wasl.send(0, wasl.store(tab.visitor, 'الثانية'));
    await comesTo(tab, ['الأولى', 'الثانية']);
  });

  it('does so within a beat where nobody says anything any more', async () => {
    const tab = await wasl.visit(1);
    wasl.cut(1);
    const lost = wasl.send(0, wasl.store(tab.visitor, 'الأخيرة')).catch(() => undefined);
    await heard();
    wasl.clock.advance(answerWithinMs);
    await lost;
    wasl.mend(1);
    await heard();
    expect(textsOf(tab)).toEqual([]);
    wasl.clock.advance(beatMs);
    await comesTo(tab, ['الأخيرة']);
  });
});

describe('a visitor who moves between processes while messages flow', () => {
  it('gets every message once over each connection, in order, and misses none', async () => {
    let tab = await wasl.visit(0);
    const { token, visitor } = tab;
    const sent: string[] = [];
    const shown: string[] = [];
    let flows = true;
    const flow = async (): Promise<void> => {
      for (let at = 0; flows; at++) {
        const message = wasl.store(visitor, String(at));
        sent.push(message.text);
        // as a lane does: the next one once the one before is sent, by whichever process
        await wasl.send((at * 7) % 3, message).catch((error: { code: string }) => error.code);
        await heard();
      }
    };
    const flowing = flow();
    const show = (from: SeveralTab): void => {
      expect(new Set(textsOf(from)).size).toBe(from.got.length);
      for (const text of textsOf(from)) if (!shown.includes(text)) shown.push(text);
    };
    for (let round = 1; round <= 12; round++) {
      const before = tab;
      await vi.waitFor(() => expect(before.got.length).toBeGreaterThan(5), { interval: 5 });
      const overlaps = round % 2 === 0;
      if (!overlaps) before.close();
      tab = await wasl.visit(round % 3, { token, after: before.got.at(-1)?.id });
      if (overlaps) before.close();
      show(before);
    }
    flows = false;
    await flowing;
    await vi.waitFor(() => expect([...shown, ...textsOf(tab)]).toContain(sent.at(-1)));
    show(tab);
    expect(shown).toEqual(sent);
    const open = () => wasl.core.all(visitor).filter(({ deliveryId }) => deliveryId !== null);
    await vi.waitFor(() => expect(open()).toEqual([]));
  });
});
