import { fileURLToPath } from 'node:url';
import type { Contact } from '../../../src/contact/contact.ts';
import { emptyConversation } from '../../../src/conversation/conversation.ts';
import type { Context, ToldInPublic } from '../../../src/flow/context.ts';
import { bareTurn } from '../../../src/flow/public-facts.ts';
import { createKnowledge } from '../../../src/knowledge/engine.ts';
import { loadArticles } from '../../../src/knowledge/load.ts';
import { plainText } from '../../../src/knowledge/markdown.ts';
import { readEntity } from '../../../src/language/entities.ts';
import { readName } from '../../../src/language/names.ts';
import { marksOfPost } from '../../../src/language/post-words.ts';
import { type Message, plain } from '../../../src/message/message.ts';
import { loadOrganisation } from '../../../src/organisation/load.ts';
import type { Ticket } from '../../../src/ticket/ticket.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';
import { createUnderstanding } from '../../../src/understanding/understand.ts';
import { plainChat } from '../../fakes/capabilities.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../../knowledge-base/${name}`, import.meta.url));
const organisation = await loadOrganisation(path('organisation'));
const files = await loadUnderstanding(path('understanding'));
const articles = await loadArticles(path('articles'));
const knowledge = createKnowledge(articles, { synonyms: files.synonyms, lists: files.lists });
const { understand } = createUnderstanding(files, {
  categories: organisation.organisation.categories,
  services: organisation.services,
});

export const now = '2026-11-22T09:00:00.000Z';

/** A post of a person, as it was stored. */
export const aMessage = (text: string, facts: Partial<Message> = {}): Message => ({
  ...plain,
  id: 'm1',
  version: 1,
  conversationId: 'c1',
  contactId: 'p1',
  inboxId: 'square',
  seq: 1,
  ticketNumber: null,
  direction: 'inbound',
  author: 'contact',
  agentId: null,
  kind: 'text',
  text,
  html: null,
  language: null,
  attachments: [],
  quickReplies: [],
  quickReplyId: null,
  externalId: 'e1',
  automated: 'none',
  decisionId: null,
  template: null,
  sentAt: now,
  receivedAt: now,
  ...facts,
});

const contact: Contact = {
  id: 'p1',
  version: 1,
  name: null,
  entity: null,
  category: null,
  language: null,
  preferredChannel: null,
  phone: null,
  email: null,
  blockedAt: null,
  createdAt: now,
  privacyVersion: null,
  joinedTo: null,
};

const inPublic = { maxLength: 280, attachments: null, assistant: 'once', links: false } as const;

interface Given {
  message?: Partial<Message>;
  conversation?: Partial<Context['conversation']>;
  assistant?: 'once' | 'never';
  replied?: boolean;
  matters?: ToldInPublic[];
  openTickets?: Pick<Ticket, 'number'>[];
}

/** What a responder sees of a public post, with the words and the bank that are shipped. */
export function aPublicContext(text: string, given: Given = {}): Context {
  const message = aMessage(text, given.message);
  const raw = { messages: [message], text, words: text, tapped: null, hasMedia: false };
  const turn = bareTurn(raw);
  const understood = understand(turn.text);
  const language = understood.language ?? 'ar';
  const facts = { id: 'c1', channel: 'square', inboxId: 'square', contactId: 'p1', address: 'a1', key: 'post:1:a1' };
  const byId = new Map(articles.map((one) => [one.id, one]));
  const speak = (to: 'ar' | 'en') => ({
    language: to,
    hours: { open: true, closesAt: null, nextOpenAt: null, text: 'HOURS' },
    title: (key: string) => key,
  });
  return {
    now,
    turn,
    understood,
    conversation: emptyConversation(now, { ...facts, visibility: 'public', ...given.conversation }),
    contact,
    capabilities: {
      ...plainChat,
      visibility: 'public',
      inPublic: { ...inPublic, assistant: given.assistant ?? 'once' },
    },
    organisation: { ...organisation } as unknown as Context['organisation'],
    openTickets: (given.openTickets ?? []) as Ticket[],
    ownTickets: [],
    named: [],
    survivors: new Map(),
    stories: new Map(),
    incidents: [],
    lastTemplate: null,
    displayName: '',
    fromStaff: false,
    inboxDepartment: null,
    repetition: null,
    separated: null,
    rating: null,
    lastAskedAt: null,
    joinCode: null,
    publicly: {
      replied: given.replied ?? false,
      matters: given.matters ?? [],
      sender: { id: 'a1', version: 1 },
      marks: marksOfPost(text),
      fits: ({ values }) => String(values?.answer ?? '').length <= 200,
    },
    invitation: null,
    understand,
    ask: (words) => knowledge.answer(words, language),
    consult: (words) => knowledge.answer(words, language),
    article: (id, to) => {
      const body = byId.get(id)?.body[to] ?? '';
      return { text: plainText(body), html: '' };
    },
    readName,
    readEntity,
    readDetails: (rest) => ({ rest }),
    speak,
    ...speak(language),
  };
}
