import type { OutboundMessage } from '../../src/channel/outbound.ts';

let made = 0;

/**
 * Makes messages to be sent: each with an id that no other has and a conversation named after its address. `usual` is
 * what all messages of a test share; what one of them is about, the test says when it makes it.
 */
export const outboundOf =
  (usual: Partial<OutboundMessage>) =>
  (fields: Partial<OutboundMessage> = {}): OutboundMessage => {
    made += 1;
    const given = { address: 'visitor', ...usual, ...fields };
    return {
      id: `delivery-${made}`,
      messageId: 'm-out',
      inboxId: 'test',
      conversationKey: given.address,
      visibility: 'private',
      seq: 2,
      text: 'وصلتنا رسالتك',
      language: 'ar',
      quickReplies: [],
      attachments: [],
      author: 'assistant',
      automated: true,
      at: '2026-11-21T08:00:00.000Z',
      ...given,
    };
  };
