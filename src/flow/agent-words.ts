import { capabilitiesIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { approvedTemplates } from '../inbox/approved-templates.ts';
import { type Attachment, attachments, deliveries, type Message, messages } from '../message/message.ts';
import type { FlowDeps } from './deps.ts';
import { fillTemplate } from './fill-template.ts';
import type { GivenWords } from './flow.ts';
import { publicParts, requirePublicFiles } from './public-reply.ts';
import type { Words } from './say.ts';
import { addressesOf, isOptedOut, waysBeside, windowNow } from './ways.ts';

/** The id of a template as we keep it. */
export const templateIdOf = (inboxId: string, name: string, language: string): string =>
  keyed('approved', inboxId, name, language);

/** The files that an agent attaches, all of them there. */
export async function filesOf({ store }: FlowDeps, ids: readonly string[]): Promise<Attachment[]> {
  const files = ids.length > 0 ? await store.getMany(attachments, ids) : [];
  if (files.length === ids.length) return files;
  throw new WaslError('invalid', 'attachmentIds: a file is not there; upload it again.');
}

/** The channel of a conversation, or a sentence where its inbox is gone. */
export function channelOf({ channels }: FlowDeps, { inboxId }: Pick<Conversation, 'inboxId'>): Channel {
  const channel = channels.get(inboxId);
  if (!channel) throw new WaslError('not-allowed', `The inbox "${inboxId}" is not configured any more.`);
  return channel;
}

/** Refuses whoever asked not to be written to first. */
export async function requireNotOptedOut(
  deps: FlowDeps,
  { contactId, inboxId, lastInboundAt }: Conversation,
): Promise<void> {
  if (!isOptedOut(await addressesOf(deps, contactId), inboxId, lastInboundAt)) return;
  const sentence = 'The person asked not to be written to first: wait until they write.';
  throw new WaslError('not-allowed', sentence, { details: { reason: 'opted-out' } });
}

/** Free words are for an open window; outside it the ways that are allowed are told. */
async function requireOpenWindow(deps: FlowDeps, conversation: Conversation): Promise<void> {
  const window = windowNow(deps, conversation);
  if (!window || window.open) return;
  const sentence =
    window.until === null
      ? 'The person has not written here yet: free words are not allowed, only an approved template.'
      : 'The time in which free words are allowed is over: send an approved template, or write over another channel.';
  const details = { reason: 'window-closed', until: window.until, ways: await waysBeside(deps, conversation) };
  throw new WaslError('not-allowed', sentence, { details });
}

type Approved = NonNullable<Message['approved']>;

async function templateWords(
  deps: FlowDeps,
  conversation: Conversation,
  wanted: Approved,
): Promise<Pick<Words, 'text' | 'approved'>> {
  if (!capabilitiesIn(channelOf(deps, conversation).capabilities, conversation).templates)
    throw new WaslError('not-allowed', 'This channel has no templates: write free words.');
  const { inboxId } = conversation;
  const template = await deps.store.get(approvedTemplates, templateIdOf(inboxId, wanted.name, wanted.language));
  if (!template) throw new WaslError('invalid', 'template.name: this inbox has no such template in this language.');
  if (template.status !== 'approved') {
    const details = { reason: 'template-not-approved', status: template.status };
    throw new WaslError('not-allowed', 'The provider has not approved this template.', { details });
  }
  await requireNotOptedOut(deps, conversation);
  return fillTemplate(template, wanted.parameters);
}

/** An external id as others know it: what was added to tell two of one id apart is ours alone. */
const knownId = (externalId: string): string => externalId.replace(/#[0-9a-f]{12}$/, '');

/** The message that is answered by quoting it: one of this conversation whose id the provider knows. */
async function quotedId({ store }: FlowDeps, { id }: Conversation, messageId: string): Promise<string> {
  const quoted = await store.get(messages, messageId);
  if (quoted?.conversationId !== id) throw new WaslError('invalid', 'replyTo: no message of this conversation.');
  if (quoted.direction === 'inbound') return knownId(quoted.externalId);
  const query = { index: 'by-message', where: { messageId }, limit: 1 } as const;
  const sent = (await store.find(deliveries, query)).items[0]?.externalId;
  if (!sent) throw new WaslError('not-allowed', 'This message has not been sent yet: it cannot be quoted.');
  return sent;
}

/**
 * What an agent wants to say, as it may be said in this conversation: free words while they are allowed, or an approved
 * template with all that fills it. Rejects with the reason and, outside the window, with the allowed ways.
 */
export async function agentWords(deps: FlowDeps, conversation: Conversation, given: GivenWords): Promise<Words> {
  const files = await filesOf(deps, given.attachmentIds ?? []);
  if (given.template && (files.length > 0 || given.text?.trim()))
    throw new WaslError('invalid', 'template: a template stands alone, without a text or files of its own.');
  // a letter says by its head which one it answers
  const channel = channelOf(deps, conversation);
  const isLetter = channel.capabilities.form === 'letter';
  const isPublic = conversation.visibility === 'public';
  if (isPublic) requirePublicFiles(files, capabilitiesIn(channel.capabilities, conversation));
  if (!given.template) await requireOpenWindow(deps, conversation);
  const said = given.template ? await templateWords(deps, conversation, given.template) : { text: given.text ?? '' };
  return {
    html: null,
    quickReplies: [],
    template: null,
    ...said,
    ...(isPublic ? { parts: publicParts(said.text, channel) } : {}),
    quotes: given.replyTo === undefined || isLetter ? null : await quotedId(deps, conversation, given.replyTo),
    attachments: files.map(({ id, name, type, bytes }) => ({ id, name, type, bytes })),
  };
}
