import type { Outgoing } from '../../../channels/web-chat/widget/panel/thread.ts';
import type { ChatMessage } from '../../../channels/web-chat/widget/protocol.ts';

export const aMessage = (fields: Partial<ChatMessage> = {}): ChatMessage => ({
  id: 'm1',
  direction: 'outbound',
  author: 'assistant',
  text: 'مرحبًا',
  quickReplies: [],
  attachments: [],
  at: '2026-11-21T09:00:00.000Z',
  ...fields,
});

export const anOutgoing = (fields: Partial<Outgoing> = {}): Outgoing => ({
  clientId: 'c1',
  tab: 'tab-1',
  text: 'السلام عليكم',
  attachments: [],
  at: '2026-11-21T09:00:00.000Z',
  state: 'queued',
  attempted: false,
  ...fields,
});

/** Time that passes when the test says so. */
export function aClock(): { after(ms: number, run: () => void): () => void; pass(ms: number): void } {
  let now = 0;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    after(ms, run) {
      const entry = { at: now + ms, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((one) => one !== entry);
      };
    },
    pass(ms) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { run } of due) run();
    },
  };
}
