import { type Capabilities, capabilitiesIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import type { Attachment } from '../message/message.ts';
import { measureOf, split } from './fit-to.ts';

const nothingTold = { words: '', type: 'inquiry', service: null } as const;

/** The conversation once somebody of ours has answered in it where everybody reads it; a private one as it is. */
export function answeredPublicly(conversation: Conversation, at: string): Conversation {
  if (conversation.visibility === 'private') return conversation;
  return { ...conversation, matter: { ...(conversation.matter ?? nothingTold), repliedAt: at } };
}

/** A thread of more posts than this is no answer that anybody reads. */
const mostParts = 4;

const numbered = (parts: readonly string[]): string[] => parts.map((part, at) => `${part} (${at + 1}/${parts.length})`);

/**
 * An agent's words as posts: one, or a thread of a few numbered ones, each within the length of the medium. Rejects with
 * `invalid` and the lengths where even that is too little.
 */
export function publicParts(text: string, channel: Pick<Channel, 'measure' | 'capabilities'>): string[] {
  const { maxLength } = capabilitiesIn(channel.capabilities, { visibility: 'public' }).text;
  const measure = measureOf(channel);
  if (measure(text) <= maxLength) return [text];
  const parts = numbered(split(text, maxLength - ' (1/4)'.length, measure));
  if (parts.length <= mostParts) return parts;
  const may = mostParts * (maxLength - ' (1/4)'.length);
  throw new WaslError(
    'invalid',
    `text: it is ${measure(text)} characters long; in public it may have about ${may}, as ${mostParts} posts of ${maxLength}. Shorten it, or send it privately.`,
    { details: { length: measure(text), mayBe: may, maxLength, mostParts } },
  );
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;

/** Refuses files that may not stand in public, with a sentence that tells what may. */
export function requirePublicFiles(
  files: readonly Pick<Attachment, 'name' | 'type' | 'bytes'>[],
  { attachments }: Pick<Capabilities, 'attachments'>,
): void {
  const refuse = (why: string): never => {
    throw new WaslError('not-allowed', `attachmentIds: ${why} Send it privately.`, { details: { reason: 'files' } });
  };
  const { maxCount, maxBytes, types } = attachments ?? { maxCount: 0, maxBytes: 0, types: [] };
  if (files.length > 0 && maxCount === 0) refuse('Files cannot be sent in public over this channel.');
  if (files.length > maxCount) refuse(`In public at most ${maxCount} files can be sent at once.`);
  for (const { name, type, bytes } of files) {
    const group = `${type.split('/')[0]}/*`;
    if (!types.some((one) => one === type || one === group || one === '*/*'))
      refuse(`"${name}" is of a kind that cannot be sent in public.`);
    if (bytes > maxBytes) refuse(`"${name}" is larger than the ${megabytes(maxBytes)} that can be sent in public.`);
  }
}
