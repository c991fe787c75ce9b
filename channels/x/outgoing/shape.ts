import type { OutboundAttachment, OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { capabilities, inPublic, postLengths } from '../capabilities.ts';
import { hasLink, measure } from '../length.ts';
import type { Billed } from '../prices.ts';
import type { XSettings } from '../settings.ts';
import { type MediaForm, mediaFormOf } from './files.ts';

/** What a message asks of X. */
export interface Wanted {
  text: string;
  files: { file: OutboundAttachment; form: MediaForm }[];
  /** The post that it answers in public; null for a direct message. */
  repliesTo: string | null;
  price: Billed;
}

export interface ShapeOptions extends Pick<XSettings, 'publicLinks' | 'longPosts'> {
  /** Whether a post is one of ours: answering it goes on with a text of several posts. */
  isOwn(externalId: string): boolean;
}

/** Without characters that steer machines and half characters; line ends, tabs and marks of direction stay. */
const plain = (words: string): string =>
  words
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '');

const invalid = (says: string): SendError => new SendError('message-invalid', says);

const anId = /^\d{1,19}$/;

function checkAll(message: OutboundMessage, text: string, most: { length: number; files: number }): void {
  if (!anId.test(message.address)) throw invalid('The address is not the id of an account at X.');
  if (text.trim() === '' && message.attachments.length === 0) throw invalid('The message is empty.');
  if (message.quickReplies.length > 0) throw new SendError('unsupported', 'X has no buttons.');
  if (message.template) throw new SendError('unsupported', 'X has no templates.');
  if (measure(text) > most.length)
    throw invalid(`The text is too long for X, which takes ${most.length} characters here.`);
  if (message.attachments.length > most.files)
    throw new SendError('unsupported', `X takes ${most.files} file(s) here.`);
}

function publicOf(message: OutboundMessage, text: string, options: ShapeOptions): Pick<Wanted, 'repliesTo' | 'price'> {
  const { quotes } = message;
  if (!quotes || !anId.test(quotes)) throw invalid('Nothing says which post is answered.');
  const isLinked = hasLink(text);
  if (isLinked && message.author !== 'agent' && !options.publicLinks)
    throw invalid('The assistant puts no link into a public post, which X bills many times more (X_PUBLIC_LINKS).');
  const price = isLinked ? 'post-create-link' : options.isOwn(quotes) ? 'post-create' : 'reply-summoned';
  return { repliesTo: quotes, price };
}

/** What a message asks of X; what is beyond it is refused before anything is sent. */
export function wantedOf(message: OutboundMessage, options: ShapeOptions): Wanted {
  const text = plain(message.text);
  const isPublic = message.visibility === 'public';
  const length = isPublic ? postLengths[options.longPosts ? 'long' : 'usual'] : capabilities.text.maxLength;
  const files = (isPublic ? inPublic : capabilities).attachments?.maxCount ?? 0;
  checkAll(message, text, { length, files });
  return {
    text,
    files: message.attachments.map((file) => ({ file, form: mediaFormOf(file, message.visibility) })),
    ...(isPublic ? publicOf(message, text, options) : { repliesTo: null, price: 'dm-send' as const }),
  };
}
