import type { Clock } from '../../../src/clock.ts';
import { titleOf } from './errors.ts';
import { contactOf, type Person, type Utterance } from './person.ts';
import type { MessageRequest } from './schema.ts';

export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** A message that the provider took. */
export interface SentMessage {
  wamid: string;
  request: MessageRequest;
  to: Person;
  /** When it was taken, by the clock. */
  at: number;
  /** Receipts so far, in the order in which they were posted. */
  receipts: ReceiptStatus[];
}

/** Which receipts follow a message by themselves, in this order and after these times; null: none. */
export interface ReceiptPlan {
  statuses: readonly ReceiptStatus[];
  /** For each status, counted from acceptance. */
  afterMs: readonly number[];
}

const details: Record<number, string> = {
  131047:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  131026: 'Message Undeliverable.',
};

const failure = (code: number) => ({
  code,
  title: titleOf(code),
  message: titleOf(code),
  error_data: { details: details[code] ?? titleOf(code) },
  href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes',
});

const pricingOf = (message: SentMessage): Record<string, unknown> => {
  const isTemplate = message.request.type === 'template';
  const category = isTemplate ? 'utility' : 'service';
  return {
    billable: isTemplate,
    pricing_model: 'PMP',
    type: isTemplate ? 'regular' : 'free_customer_service',
    category,
  };
};

const whoOf = ({ to }: SentMessage, byUserId: boolean): Record<string, unknown> => ({
  ...(byUserId && to.phoneHidden ? {} : { recipient_id: to.phone }),
  ...(to.userIdHidden ? {} : { recipient_user_id: to.userId }),
});

/** A receipt as a webhook carries it: no contacts and no price where the message failed. */
export function receiptOf(message: SentMessage, status: ReceiptStatus, at: number, code?: number): Utterance {
  const byUserId = message.request.to === undefined;
  const failed = status === 'failed';
  const opaque = message.request.biz_opaque_callback_data;
  return {
    ...(failed ? {} : { contact: contactOf(message.to) }),
    status: {
      id: message.wamid,
      status,
      timestamp: String(Math.floor(at / 1000)),
      ...whoOf(message, byUserId),
      ...(failed || status === 'played' ? {} : { pricing: pricingOf(message) }),
      ...(failed ? { errors: [failure(code ?? 131000)] } : {}),
      ...(opaque === undefined ? {} : { biz_opaque_callback_data: opaque }),
    },
  };
}

/** Posts the receipts of a plan in the background. */
export interface Receipts {
  /** `code` is why the message fails, where the plan says so. */
  follow(message: SentMessage, plan: ReceiptPlan | null, code?: number): void;
  /** One receipt now; resolves when the receiver has answered. */
  post(message: SentMessage, status: ReceiptStatus, code?: number): Promise<void>;
  /** Receipts that are still to be posted. */
  pending(): number;
  stop(): void;
}

export function createReceipts(
  clock: Clock,
  deliver: (said: Utterance) => Promise<unknown>,
  noticed: (message: SentMessage, status: ReceiptStatus) => void,
): Receipts {
  const cancels = new Set<() => void>();
  const post = async (message: SentMessage, status: ReceiptStatus, code?: number): Promise<void> => {
    message.receipts.push(status);
    noticed(message, status);
    await deliver(receiptOf(message, status, clock.now(), code));
  };
  return {
    follow(message, plan, code) {
      for (const [step, status] of (plan?.statuses ?? []).entries()) {
        const cancel = clock.after(plan?.afterMs[step] ?? 0, () => {
          cancels.delete(cancel);
          void post(message, status, code);
        });
        cancels.add(cancel);
      }
    },
    post,
    pending: () => cancels.size,
    stop() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}
