import { describe, expect, it } from 'vitest';
import { createOutbox } from '../../../channels/web-chat/widget/panel/outbox.ts';
import { createOutboxStorage, readOutgoing } from '../../../channels/web-chat/widget/panel/outbox-storage.ts';
import { emptyThread, type Outgoing, type Thread } from '../../../channels/web-chat/widget/panel/thread.ts';
import type { SendReply } from '../../../channels/web-chat/widget/protocol.ts';
import type { Storage } from '../../../channels/web-chat/widget/storage.ts';
import { aClock, anOutgoing } from './builders.ts';

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

/** One browser's storage, with a door for each tab that hears what the others do, in order. */
function aBrowser() {
  const kept = new Map<string, string>();
  const listeners: { tab: string; run: (key: string, value: string | undefined) => void }[] = [];
  const tell = (from: string, key: string, value: string | undefined): void => {
    for (const { tab, run } of listeners) if (tab !== from) run(key, value);
  };
  const door = (tab: string): Storage => ({
    get: (key) => kept.get(key),
    set(key, value) {
      kept.set(key, value);
      tell(tab, key, value);
    },
    remove(key) {
      kept.delete(key);
      tell(tab, key, undefined);
    },
    keys: (start) => [...kept.keys()].filter((key) => key.startsWith(start)),
    onChange(run) {
      listeners.push({ tab, run });
      return () => undefined;
    },
  });
  return { kept, door };
}

function aTab(name: string, browser: ReturnType<typeof aBrowser>, alive: ReadonlySet<string>) {
  const clock = aClock();
  const sent: string[] = [];
  let thread: Thread = emptyThread;
  let isConnected = false;
  const emit = async (item: Outgoing): Promise<SendReply> => {
    sent.push(item.clientId);
    return { id: `server-${item.clientId}` };
  };
  const outbox = createOutbox({
    isConnected: () => isConnected,
    emit,
    after: clock.after,
    thread: () => thread,
    change: (next) => {
      thread = next;
    },
    stored: createOutboxStorage(browser.door(name)),
    tabs: { own: name, alive: async () => alive },
    notice: () => undefined,
  });
  const connect = async (): Promise<void> => {
    isConnected = true;
    outbox.connected();
    await settled();
  };
  return { outbox, clock, sent, connect, thread: () => thread };
}

describe('the outbox of two tabs', () => {
  it('shows a message in both and sends it from the one that it was written in', async () => {
    const browser = aBrowser();
    const alive = new Set(['one', 'two']);
    const [one, two] = [aTab('one', browser, alive), aTab('two', browser, alive)];
    one.outbox.add(anOutgoing({ tab: 'one' }));
    expect(two.thread().outbox).toHaveLength(1);
    await two.connect();
    expect(two.sent).toEqual([]);
    await one.connect();
    expect(one.sent).toEqual(['c1']);
    expect(two.thread()).toMatchObject({ outbox: [], messages: [{ id: 'server-c1' }] });
    expect(browser.kept.size).toBe(0);
  });

  it('sends what a closed tab left behind, in its order', async () => {
    const browser = aBrowser();
    const closed = aTab('closed', browser, new Set(['closed']));
    closed.outbox.add(anOutgoing({ clientId: 'c1', tab: 'closed', at: '2026-11-21T09:00:00.000Z' }));
    closed.outbox.add(anOutgoing({ clientId: 'c2', tab: 'closed', at: '2026-11-21T09:00:01.000Z' }));
    const next = aTab('next', browser, new Set(['next']));
    await next.connect();
    expect(next.sent).toEqual(['c1', 'c2']);
  });

  it('takes over from a tab that was closed meanwhile', async () => {
    const browser = aBrowser();
    const alive = new Set(['one', 'two']);
    const [one, two] = [aTab('one', browser, alive), aTab('two', browser, alive)];
    await two.connect();
    one.outbox.add(anOutgoing({ tab: 'one' }));
    alive.delete('one');
    two.clock.pass(5_000);
    await settled();
    expect(two.sent).toEqual(['c1']);
  });
});

describe('a stored message', () => {
  it('comes back as it was', () => {
    const item = anOutgoing({
      quickReplyId: 'yes',
      attempted: true,
      attachments: [{ id: 'f', name: 'n', type: 't', bytes: 1 }],
    });
    expect(readOutgoing(JSON.stringify(item))).toEqual({ item });
  });

  it.each(['', 'null', '[]', '{"clientId":7}', '{'])('that reads %j is no message', (value) => {
    expect(readOutgoing(value)).toBeUndefined();
  });
});
