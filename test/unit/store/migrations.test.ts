import { expect, it } from 'vitest';
import { conversation, emptyConversation, freshDialogue } from '../../../src/conversation/conversation.ts';
import { message, plain } from '../../../src/message/message.ts';
import { migrations, type OldDocument } from '../../../src/store/migrations.ts';

const migrated = (collection: string, document: OldDocument): OldDocument | null =>
  migrations.reduce<OldDocument | null>(
    (now, { change }) => (now && change[collection] ? change[collection](now) : now),
    document,
  );

const without = (document: object, names: readonly string[]): OldDocument =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));

it('makes messages of the first version what they are today', () => {
  const old = {
    id: 'm',
    version: 3,
    conversationId: 'c',
    contactId: 'p',
    inboxId: 'web-chat',
    seq: 1,
    ticketNumber: null,
    direction: 'inbound',
    author: 'contact',
    agentId: null,
    kind: 'text',
    text: 'مرحباً',
    html: null,
    language: 'ar',
    attachments: [],
    quickReplies: [],
    quickReplyId: null,
    externalId: 'x',
    automated: 'none',
    decisionId: null,
    template: null,
    sentAt: '2026-11-20T08:00:00.000Z',
    receivedAt: '2026-11-20T08:00:00.000Z',
  };
  expect(message.parse(migrated('messages', old))).toEqual({ ...plain, ...old });
});

it('makes conversations of the first version what they are today', () => {
  const whole = emptyConversation('2026-11-20T08:00:00.000Z', {
    id: 'c',
    channel: 'web-chat',
    inboxId: 'web-chat',
    contactId: 'p',
    address: 'visitor',
    key: 'visitor',
  });
  const old = { ...without(whole, ['subject', 'topic']), dialogue: without(freshDialogue, ['details']) };
  expect(conversation.parse(migrated('conversations', old))).toEqual(whole);
});
