import { describe, expect, it } from 'vitest';
import { createSendings, type OwnEvent } from '../../../channels/x/outgoing/sendings.ts';
import { anOutbound } from './an-outbound.ts';

const day = 86_400_000;

const open = async (notes = new Map<string, string>(), clock = { now: 0 }) => {
  const sendings = createSendings(() => clock.now);
  await sendings.open({
    recall: async (key) => notes.get(key) ?? null,
    remember: async (key, value) => void notes.set(key, value),
  });
  return { sendings, notes, clock };
};

const echo = (fields: Partial<OwnEvent> = {}): OwnEvent => ({
  event: 'own-message',
  inboxId: 'x',
  externalId: '900',
  address: '77',
  conversationKey: '77',
  sentAt: '2026-11-21T08:00:00.000Z',
  kind: 'text',
  text: 'وصلتنا رسالتك',
  attachments: [],
  ...fields,
});

describe('a sending', () => {
  it('is remembered from before its first try, over a crash', async () => {
    const { sendings, notes } = await open();
    const message = anOutbound({ visibility: 'public', quotes: '500' });
    await sendings.begin(message);
    expect([...notes.values()].join()).not.toContain(message.text);
    const { sendings: after } = await open(notes);
    expect(after.find(message.id)).toMatchObject({ to: '77', repliesTo: '500', externalId: null });
    await after.became(message.id, '900');
    expect(after.has('900')).toBe(true);
    expect((await open(notes)).sendings.find(message.id)).toMatchObject({ externalId: '900' });
  });

  it('keeps the time of its first try, and is forgotten after the core has given it up', async () => {
    const { sendings, clock } = await open();
    const message = anOutbound();
    await sendings.begin(message);
    clock.now += day;
    expect(await sendings.begin(message)).toMatchObject({ at: 0 });
    clock.now += 4 * day;
    await sendings.begin(anOutbound());
    expect(sendings.find(message.id)).toBeNull();
  });

  it('is known by its echo only where address and words are the same', async () => {
    const { sendings } = await open();
    const message = anOutbound();
    await sendings.begin(message);
    expect(await sendings.claim(echo({ address: '78' }))).toBe(false);
    expect(await sendings.claim(echo({ text: 'من موظف' }))).toBe(false);
    expect(await sendings.claim(echo())).toBe(true);
    expect(sendings.find(message.id)?.externalId).toBe('900');
    // the next one with these words is somebody else's
    expect(await sendings.claim(echo({ externalId: '901' }))).toBe(false);
    expect(await sendings.claim(echo())).toBe(true);
  });

  it('holds back judging echoes while it is under way', async () => {
    const { sendings } = await open();
    let end = (): void => undefined;
    const sending = sendings.during(() => new Promise<void>((resolve) => (end = resolve)));
    let isIdle = false;
    const waiting = sendings.idle().then(() => {
      isIdle = true;
    });
    await Promise.resolve();
    expect(isIdle).toBe(false);
    end();
    await sending;
    await waiting;
    expect(isIdle).toBe(true);
  });

  it('whose fate is known is kept over a restart only among the last fifty, one whose fate is not always', async () => {
    const { sendings, notes } = await open();
    const all = Array.from({ length: 60 }, () => anOutbound());
    for (const one of all) await sendings.begin(one);
    for (const [at, one] of all.entries()) if (at > 0) await sendings.became(one.id, String(900 + at));
    const { sendings: after } = await open(notes);
    const known = all.map(({ id }) => after.find(id) !== null);
    expect([known[0], known.slice(1).indexOf(true)]).toEqual([true, 9]);
    expect(sendings.has('901')).toBe(true);
  });

  it('that is not readable any more hinders nothing', async () => {
    for (const text of ['{', '7', '[{"id":1}]']) {
      const { sendings } = await open(new Map([['x-sendings', text]]));
      expect(sendings.has('900')).toBe(false);
    }
  });
});
