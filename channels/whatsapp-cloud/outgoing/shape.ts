import type { OutboundAttachment, OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { capabilities } from '../capabilities.ts';
import { givenIdOf } from '../payload/given-id.ts';
import { digitsOf } from '../payload/person.ts';
import { partMark } from '../payload/statuses.ts';
import { choicesOf } from './choices.ts';
import { bearsCaption, type MediaForm, mediaFormOf } from './files.ts';
import { templateOf } from './template.ts';

/** One call to the provider. Where it has a file, the file goes up first and its id is put in. */
export type Step =
  | { is: 'plain'; type: 'text' | 'interactive' | 'template'; content: object }
  | { is: 'file'; file: OutboundAttachment; form: MediaForm; caption: string };

const captionLength = 1024;
const nameLength = 240;

const text = (body: string): Step => ({ is: 'plain', type: 'text', content: { body, preview_url: false } });

function words(message: OutboundMessage, listButton: () => string): Step[] {
  if (message.text.trim() === '') {
    if (message.quickReplies.length === 0 && message.attachments.length > 0) return [];
    throw new SendError('message-invalid', 'The message is empty.');
  }
  if (message.quickReplies.length === 0) return [text(message.text)];
  const content = choicesOf(message.text, message.quickReplies, listButton);
  return [{ is: 'plain', type: 'interactive', content }];
}

/** The words stand below the last file where they fit there, so that both are one message to the person. */
function withCaption(files: Step[], said: Step[], caption: string): Step[] {
  const last = files.at(-1);
  const [only] = said;
  const fits = only?.is === 'plain' && only.type === 'text' && caption.length <= captionLength;
  if (last?.is !== 'file' || !fits || !bearsCaption(last.form)) return [...files, ...said];
  return [...files.slice(0, -1), { ...last, caption }];
}

/** Without characters that steer machines and half characters; line ends, tabs and marks of direction stay. */
const plain = (words: string): string =>
  words
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '');

/** The message in words that the provider takes. */
const sayable = (message: OutboundMessage): OutboundMessage => ({
  ...message,
  text: plain(message.text),
  quickReplies: message.quickReplies.map(({ id, title }) => ({ id, title: plain(title) })),
  attachments: message.attachments.map((file) => ({ ...file, name: plain(file.name) })),
  ...(message.template
    ? {
        template: {
          ...message.template,
          parameters: message.template.parameters.map((one) => ({ ...one, value: plain(one.value) })),
        },
      }
    : {}),
});

/** What is beyond the medium is refused before anything is sent. */
function check(message: OutboundMessage): void {
  if (message.text.length > capabilities.text.maxLength)
    throw new SendError('message-invalid', 'The text is too long for one WhatsApp message.');
  if (message.attachments.length > (capabilities.attachments?.maxCount ?? 0))
    throw new SendError('unsupported', 'There are too many files for one message.');
}

/**
 * The calls that a message takes, in their order: one, or one for each file and the words with or after the last. `listButton`
 * gives the word on the button that opens a list.
 */
export function stepsOf(given: OutboundMessage, listButton: () => string): Step[] {
  const message = sayable(given);
  if (message.template) return [{ is: 'plain', type: 'template', content: templateOf(message.template) }];
  check(message);
  const files = message.attachments.map((file): Step => ({ is: 'file', file, form: mediaFormOf(file), caption: '' }));
  return withCaption(files, words(message, listButton), message.text);
}

/** By number where one is known, else by whatever id the provider gave for the person. */
function recipient(address: string): object {
  const digits = digitsOf(address);
  if (digits) return { to: digits };
  const isNoNumber = /[^+\d()-]/.test(address);
  if (isNoNumber && !/[\s\p{Cc}]/u.test(address)) return { recipient: address };
  throw new SendError('message-invalid', 'The address is neither a number nor a user id of WhatsApp.');
}

const mediaContent = ({ file, form, caption }: Extract<Step, { is: 'file' }>, id: string): object => ({
  id,
  ...(caption ? { caption } : {}),
  ...(form.kind === 'document' ? { filename: [...file.name].slice(-nameLength).join('') || 'file' } : {}),
});

/** Where a step stands among those of its message. The receipts of the last are those of the message. */
export interface Place {
  at: number;
  of: number;
  /** The id under which the file of the step went up. */
  mediaId?: string | undefined;
}

/** The body of the request. Our id comes back with the receipts; the parts before the last are marked. */
export function bodyOf(message: OutboundMessage, step: Step, { at, of, mediaId = '' }: Place): object {
  const content = step.is === 'file' ? mediaContent(step, mediaId) : step.content;
  const type = step.is === 'file' ? step.form.kind : step.type;
  const quoted = at === 0 ? givenIdOf(message.quotes ?? '') : null;
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipient(message.address),
    type,
    [type]: content,
    ...(quoted ? { context: { message_id: quoted } } : {}),
    biz_opaque_callback_data: at === of - 1 ? message.id : `${message.id}${partMark}${at}`,
  };
}
