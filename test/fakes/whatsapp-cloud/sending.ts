import type { Clock } from '../../../src/clock.ts';
import type { ApiError } from './errors.ts';
import type { Counts, Limits } from './limits.ts';
import type { MediaStore } from './media-store.ts';
import type { People } from './people.ts';
import type { Person } from './person.ts';
import type { ReceiptPlan, Receipts, SentMessage } from './receipts.ts';
import type { MessageRequest } from './schema.ts';
import { type ListedTemplate, templateFault } from './templates.ts';
import { newWamid } from './wire.ts';

/** What decides about a message, all of it changeable while the simulator runs. */
export interface Sending {
  clock: Clock;
  people: People;
  media: MediaStore;
  counts: Counts;
  receipts: Receipts;
  limits: Limits;
  templates: ListedTemplate[];
  receiptPlan: ReceiptPlan | null;
  /** Codes with which messages to a person fail afterwards. */
  blocked: Map<string, number>;
  /** Codes with which the next messages fail afterwards, whoever they are for. */
  failures: number[];
  displayNumber: string;
  taken(message: SentMessage): void;
}

const files = ['image', 'audio', 'video', 'document', 'sticker'] as const;

const mediaFault = (media: MediaStore, request: MessageRequest): ApiError | null => {
  const kind = files.find((one) => one === request.type);
  const file = kind && (request as unknown as Record<string, { id?: string }>)[kind];
  if (!file?.id) return null;
  const known = media.get(file.id);
  if (known && !known.expired) return null;
  const message = `Param ${kind}['id'] is not a valid whatsapp business account media attachment ID`;
  return { code: 100, message, details: message };
};

const isAuthentication = (templates: readonly ListedTemplate[], request: MessageRequest): boolean =>
  request.type === 'template' &&
  templates.some(({ name, category }) => name === request.template.name && category === 'AUTHENTICATION');

const recipientOf = (sending: Sending, request: MessageRequest): Person | ApiError => {
  if (request.to !== undefined) {
    if (request.to === sending.displayNumber)
      return { code: 131021, details: 'Recipient phone number cannot be same as sender.' };
    return sending.people.of(request.to);
  }
  if (isAuthentication(sending.templates, request)) {
    return { code: 131062, details: 'Authentication templates need a phone number.' };
  }
  const person = sending.people.byUserId(request.recipient ?? '');
  return person ?? { code: 131026, details: 'Message undeliverable.' };
};

/** What refuses a message in the answer, though its form is right; else null. */
const refusal = (sending: Sending, person: Person, request: MessageRequest): ApiError | null => {
  const { limits, counts, clock, templates, media } = sending;
  const wrong = request.type === 'template' ? templateFault(templates, request.template) : mediaFault(media, request);
  if (wrong) return wrong;
  const isOpen = request.type === 'template' || counts.isWindowOpen(person.userId, clock.now());
  if (!isOpen && limits.window === 'answer') {
    return {
      code: 131047,
      details:
        'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    };
  }
  return counts.admit(person.userId, clock.now(), limits);
};

/** The code with which a message that was taken fails afterwards, or null. */
const laterFailure = (sending: Sending, person: Person, request: MessageRequest): number | null => {
  const { limits, counts, clock, blocked, failures } = sending;
  const planned = failures.shift();
  if (planned !== undefined) return planned;
  const block = blocked.get(person.userId);
  if (block !== undefined) return block;
  if (request.type === 'template' || limits.window !== 'status') return null;
  return counts.isWindowOpen(person.userId, clock.now()) ? null : 131047;
};

const follow = (sending: Sending, message: SentMessage): void => {
  const { receiptPlan, receipts } = sending;
  const code = laterFailure(sending, message.to, message.request);
  if (code === null) receipts.follow(message, receiptPlan);
  else receipts.follow(message, { statuses: ['failed'], afterMs: [receiptPlan?.afterMs[0] ?? 0] }, code);
};

/** Takes a message whose form is right, or says why not. */
export function take(sending: Sending, request: MessageRequest): SentMessage | ApiError {
  const person = recipientOf(sending, request);
  if ('code' in person) return person;
  const wrong = refusal(sending, person, request);
  if (wrong) return wrong;
  const message: SentMessage = {
    wamid: newWamid(person.phone, 'out'),
    request,
    to: person,
    at: sending.clock.now(),
    receipts: [],
  };
  sending.taken(message);
  follow(sending, message);
  return message;
}

/** The answer to a message that was taken. */
export function acceptance({ wamid, request, to }: SentMessage): unknown {
  const byUserId = request.to === undefined;
  return {
    messaging_product: 'whatsapp',
    contacts: [
      {
        input: byUserId ? request.recipient : request.to,
        ...(byUserId && to.phoneHidden ? {} : { wa_id: to.phone }),
        ...(to.userIdHidden ? {} : { user_id: to.userId }),
      },
    ],
    messages: [{ id: wamid, ...(request.type === 'template' ? { message_status: 'accepted' } : {}) }],
  };
}
