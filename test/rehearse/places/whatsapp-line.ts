import type { Utterance } from '../../fakes/whatsapp-cloud/person.ts';
import type { ReceiptStatus, SentMessage } from '../../fakes/whatsapp-cloud/receipts.ts';
import type { MessageRequest } from '../../fakes/whatsapp-cloud/schema.ts';
import { type ListedTemplate, renderTemplate } from '../../fakes/whatsapp-cloud/templates.ts';

/** How far a line has come. For the person's own: waiting, arrived, read; for the service's: its receipts. */
export type Progress = 'waiting' | 'arrived' | ReceiptStatus;

/** One line of a chat as the phone shows it. */
export interface Line {
  id: string;
  by: 'person' | 'service';
  at: number;
  progress: Progress;
  kind: 'text' | 'file' | 'location' | 'other';
  text?: string;
  header?: string;
  footer?: string;
  file?: { type: string; url: string; name?: string };
  location?: { latitude: number; longitude: number; name?: string };
  /** Things to tap on. */
  buttons?: Button[];
  list?: { label: string; sections: { title?: string; rows: { id: string; title: string; description?: string }[] }[] };
  isTemplate?: boolean;
  reaction?: string;
}

/** A tap answers with an id, a template's with a payload; a link opens; `place` sends the location. */
export interface Button {
  kind: 'reply' | 'template' | 'link' | 'place';
  title: string;
  id?: string;
  url?: string;
}

type Shown = Omit<Line, 'id' | 'by' | 'at' | 'progress'>;

const words = (text: string): Shown => ({ kind: 'text', text });

const fileOf = (type: string, file: { id?: string; link?: string; caption?: string; filename?: string }): Shown => ({
  kind: 'file',
  text: file.caption,
  file: { type, url: file.id ? `whatsapp/file/${file.id}` : (file.link ?? ''), name: file.filename },
});

type Interactive = Extract<MessageRequest, { type: 'interactive' }>['interactive'];

const headerText = (one: Interactive): string | undefined =>
  'header' in one && one.header?.type === 'text' ? one.header.text : undefined;

const toTap = (one: Interactive): Pick<Shown, 'buttons' | 'list'> => {
  switch (one.type) {
    case 'button':
      return { buttons: one.action.buttons.map(({ reply }) => ({ kind: 'reply', id: reply.id, title: reply.title })) };
    case 'list':
      return { list: { label: one.action.button, sections: one.action.sections } };
    case 'cta_url':
      return { buttons: [{ kind: 'link', title: one.action.parameters.display_text, url: one.action.parameters.url }] };
    case 'location_request_message':
      return { buttons: [{ kind: 'place', title: '' }] };
  }
};

const interactiveLine = (one: Interactive): Shown => ({
  ...words(one.body.text),
  header: headerText(one),
  footer: 'footer' in one ? one.footer?.text : undefined,
  ...toTap(one),
});

type Template = Extract<MessageRequest, { type: 'template' }>['template'];

const payloadAt = (asked: Template, at: number): string | undefined =>
  asked.components
    ?.filter((one) => one.type === 'button')
    .flatMap((one) =>
      one.sub_type === 'quick_reply' && Number(one.index) === at ? [one.parameters[0].payload] : [],
    )[0];

const suffixAt = (asked: Template, at: number): string =>
  asked.components
    ?.filter((one) => one.type === 'button')
    .flatMap((one) => (one.sub_type === 'url' && Number(one.index) === at ? [one.parameters[0].text] : []))[0] ?? '';

const templateLine = (templates: readonly ListedTemplate[], asked: Template): Shown => {
  const { header, body, footer, buttons } = renderTemplate(templates, asked);
  return {
    ...words(body),
    header,
    footer,
    isTemplate: true,
    buttons: buttons.flatMap((button, at): Button[] => {
      if (button.type === 'QUICK_REPLY') {
        return [{ kind: 'template', title: button.text, id: payloadAt(asked, at) ?? button.text }];
      }
      if (button.type !== 'URL') return [];
      return [{ kind: 'link', title: button.text, url: button.url.replace(/\{\{\w+\}\}/, suffixAt(asked, at)) }];
    }),
  };
};

const shownOf = (request: MessageRequest, templates: readonly ListedTemplate[]): Shown => {
  switch (request.type) {
    case 'text':
      return words(request.text.body);
    case 'interactive':
      return interactiveLine(request.interactive);
    case 'template':
      return templateLine(templates, request.template);
    case 'location': {
      const { latitude, longitude, name } = request.location;
      return { kind: 'location', location: { latitude: Number(latitude), longitude: Number(longitude), name } };
    }
    case 'contacts':
      return words(
        request.contacts
          .map(({ name, phones = [] }) => [name.formatted_name, ...phones.map(({ phone }) => phone)].join('\n'))
          .join('\n\n'),
      );
    case 'reaction':
      return { kind: 'other', text: request.reaction.emoji };
    case 'audio':
      return fileOf('audio', request.audio as { id?: string });
    case 'image':
      return fileOf('image', request.image as { id?: string });
    case 'video':
      return fileOf('video', request.video as { id?: string });
    case 'document':
      return fileOf('document', request.document as { id?: string });
    case 'sticker':
      return fileOf('sticker', request.sticker as { id?: string });
  }
};

/** What the service sent, as the person sees it. */
export const lineOfSent = ({ wamid, request, at }: SentMessage, templates: readonly ListedTemplate[]): Line => ({
  id: wamid,
  by: 'service',
  at,
  progress: 'waiting',
  ...shownOf(request, templates),
});

interface Heard {
  id: string;
  type: string;
  text?: { body: string };
  interactive?: { button_reply?: { title: string }; list_reply?: { title: string } };
  button?: { text: string };
  location?: { latitude: number; longitude: number; name?: string };
  [kind: string]: unknown;
}

const tapped = ({ interactive, button }: Heard): string | undefined =>
  interactive?.button_reply?.title ?? interactive?.list_reply?.title ?? button?.text;

const said = (message: Heard): Shown => {
  if (message.text) return words(message.text.body);
  if (message.location) return { kind: 'location', location: message.location };
  const tap = tapped(message);
  if (tap !== undefined) return words(tap);
  const file = message[message.type];
  const isFile = typeof file === 'object' && file !== null && 'mime_type' in file;
  return isFile
    ? fileOf(message.type, file as { id?: string; caption?: string; filename?: string })
    : { kind: 'other', text: message.type };
};

/** What the person said, as the person sees it. */
export function lineOfSaid(utterance: Utterance, at: number): Line {
  const message = utterance.message as unknown as Heard;
  return { id: message.id, by: 'person', at, progress: 'waiting', ...said(message) };
}
