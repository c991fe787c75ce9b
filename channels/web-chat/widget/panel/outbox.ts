import type { OutboxStorage } from './outbox-storage.ts';
import { createSender, type Outcome, type Sender, type SenderDeps } from './sender.ts';
import type { Tabs } from './tabs.ts';
import { acknowledge, drop, enqueue, markAttempted, type Outgoing, refuse, sendAgain, type Thread } from './thread.ts';

const adoptEveryMs = 5_000;

/** What the outbox needs of the chat around it. */
export interface OutboxDeps extends Pick<SenderDeps, 'isConnected' | 'emit' | 'after'> {
  thread(): Thread;
  change(thread: Thread): void;
  stored: OutboxStorage;
  tabs: Tabs;
  /** A sentence of the server's for the visitor; empty when it no longer holds. */
  notice(sentence: string): void;
}

/** The messages on their way: shown at once, kept over a reload, sent once by one tab, seen by all. */
export interface Outbox {
  add(item: Outgoing): void;
  sendAgain(clientId: string): void;
  drop(clientId: string): void;
  connected(): void;
}

function createOutboxSender(deps: OutboxDeps): Sender {
  const { stored, tabs } = deps;
  const done = (item: Outgoing, outcome: Outcome): void => {
    deps.notice(outcome.kind === 'later' ? outcome.message : '');
    if (outcome.kind === 'sent') {
      stored.acknowledge(item, outcome.id);
      deps.change(acknowledge(deps.thread(), item.clientId, outcome.id));
    } else if (outcome.kind === 'refused') {
      deps.change(refuse(deps.thread(), item.clientId, outcome.message));
      saveOne(deps, item.clientId);
    }
  };
  return createSender({
    isConnected: deps.isConnected,
    emit: deps.emit,
    after: deps.after,
    next: () => deps.thread().outbox.find((item) => item.state === 'queued' && item.tab === tabs.own),
    attempted(item) {
      deps.change(markAttempted(deps.thread(), item.clientId));
      saveOne(deps, item.clientId);
    },
    done,
  });
}

function saveOne({ thread, stored }: OutboxDeps, clientId: string): void {
  const item = thread().outbox.find((one) => one.clientId === clientId);
  if (item) stored.save(item);
}

/** Takes over the messages of tabs that were closed before they were sent. */
async function adopt(deps: OutboxDeps): Promise<void> {
  const foreign = (): Outgoing[] => deps.thread().outbox.filter((item) => item.tab !== deps.tabs.own);
  if (foreign().length === 0) return;
  const alive = await deps.tabs.alive(foreign().map((item) => item.tab));
  for (const item of foreign().filter((one) => !alive.has(one.tab))) {
    deps.change(enqueue(deps.thread(), { ...item, tab: deps.tabs.own }));
    saveOne(deps, item.clientId);
  }
}

function followOtherTabs(deps: OutboxDeps): void {
  deps.stored.listen({
    waits: (item) => deps.change(enqueue(deps.thread(), item)),
    acknowledged: (item, id) => deps.change(acknowledge(deps.thread(), item.clientId, id)),
    gone: (clientId) => deps.change(drop(deps.thread(), clientId)),
  });
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const sender = createOutboxSender(deps);
  const { stored, tabs } = deps;
  const adoptAndPump = async (): Promise<void> => {
    await adopt(deps);
    sender.pump();
  };
  const watch = (): void => {
    deps.after(adoptEveryMs, watch);
    void adoptAndPump();
  };
  deps.change(stored.load().reduce(enqueue, deps.thread()));
  followOtherTabs(deps);
  watch();
  return {
    add(item) {
      deps.change(enqueue(deps.thread(), item));
      stored.save(item);
      sender.pump();
    },
    sendAgain(clientId) {
      deps.change(sendAgain(deps.thread(), clientId, tabs.own));
      saveOne(deps, clientId);
      sender.pump();
    },
    drop(clientId) {
      deps.change(drop(deps.thread(), clientId));
      stored.remove(clientId);
    },
    connected() {
      sender.renew();
      void adoptAndPump();
    },
  };
}
