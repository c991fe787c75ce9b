import type { ChannelState } from '../channel/channel.ts';
import type { Contact } from '../contact/contact.ts';
import type { Message } from '../message/message.ts';
import type { NoticeKind } from '../notice/kinds.ts';
import type { NoticeTry } from '../notice/notice.ts';
import type { ReplyWindow } from './window.ts';

/** The texts of the notices. */
export const noticeTexts = {
  received: { template: 'notice-ticket-received' },
  number: { template: 'notice-number' },
  inProgress: { template: 'notice-in-progress' },
  delayed: { template: 'notice-delayed' },
  closed: { template: 'notice-closed' },
  rejected: { template: 'notice-rejected' },
  asked: { template: 'notice-asked' },
  askedAgain: { template: 'notice-asked-again' },
  closedWithoutData: { template: 'notice-closed-without-data' },
  answered: { template: 'notice-answered' },
  resolved: { template: 'notice-resolved' },
  reopened: { template: 'notice-reopened' },
  escalated: { template: 'notice-escalated' },
  objection: { template: 'notice-objection' },
  referred: { template: 'notice-referred' },
  referralAnswered: { template: 'notice-referral-answered' },
  supply: { template: 'notice-supply' },
  merged: { template: 'notice-merged' },
  incident: { template: 'notice-incident' },
  survey: { template: 'notice-survey' },
  surveyAgain: { template: 'notice-survey-again' },
} as const satisfies Record<NoticeKind, { template: string }>;

/** One way in which a person could be told. */
export type Way = {
  inboxId: string;
  /** The kind of its channel. */
  channel: string;
  /** It makes a phone ring. */
  rings: boolean;
  /** The person asked not to be written to first over this inbox. */
  optedOut: boolean;
  /** Nothing can leave by this inbox until somebody sets it right. */
  isDown: boolean;
} & (
  | {
      by: 'conversation';
      conversationId: string;
      window: ReplyWindow | null;
      /** It is where the ticket came from. */
      ofTicket: boolean;
      /** What is said here is seen soon: not in a chat window that was closed long ago. */
      reaches: boolean;
    }
  | { by: 'template'; text: string; approved: NonNullable<Message['approved']> }
  /** A message that costs, to a number. */
  | { by: 'phone'; phone: string }
  | { by: 'letter' }
);

/** States of an inbox in which it waits for people. */
const downStates: readonly ChannelState['state'][] = ['bad-credentials', 'needs-login', 'stopped'];
export const isDownIn = (state: ChannelState['state']): boolean => downStates.includes(state);

/** What a way costs: money is spent only where nothing cheaper leads to the person. */
const costs = { free: 0, template: 1, paid: 2 } as const;
const costOf = ({ by }: Way): number => {
  if (by === 'template') return costs.template;
  return by === 'phone' ? costs.paid : costs.free;
};

/** The lower, the rather: what is seen at once and costs nothing, what costs little, what costs more, what is read some day. */
const steps = {
  preferred: 0,
  ofTicket: 1,
  chat: 2,
  preferredPaid: 3,
  template: 4,
  phone: 5,
  letter: 6,
  left: 7,
} as const;

const stepOf = (way: Way): number => {
  if (way.by !== 'conversation') return steps[way.by];
  if (way.reaches) return way.ofTicket ? steps.ofTicket : steps.chat;
  return way.ofTicket ? steps.left : Number.POSITIVE_INFINITY;
};

/** A preference may be for a kind, or for a family of kinds by the word that their names begin with. */
const isPreferred = ({ channel }: Way, preferred: string | null): boolean =>
  preferred !== null && (channel === preferred || channel.startsWith(`${preferred}-`));

/** The preferred channel comes first while it costs no more than a template; a dearer one first of what costs. */
function rankOf(way: Way, preferred: string | null): number {
  const step = stepOf(way);
  if (step >= steps.left || !isPreferred(way, preferred)) return step;
  return costOf(way) <= costs.template ? steps.preferred : steps.preferredPaid;
}

const isAllowed = (way: Way, muted: readonly string[]): boolean =>
  !(way.optedOut || way.isDown || muted.includes(way.channel)) &&
  (way.by !== 'conversation' || (way.window?.open ?? true));

/** It was tried by this way already, in vain. */
const wasTried = ({ inboxId, by }: Way, tried: readonly Pick<NoticeTry, 'inboxId' | 'by'>[]): boolean =>
  tried.some((one) => one.inboxId === inboxId && one.by === by);

/** At most so many ways are tried to tell somebody one thing. */
export const mostTries = 4;

/**
 * Picks the cheapest way that is allowed to tell somebody something, and by which it was not tried yet; null where there is
 * none. Pure.
 */
export function planNotice({
  contact: { blockedAt, preferredChannel, mutedChannels = [] },
  ways,
  tried = [],
}: {
  contact: Pick<Contact, 'blockedAt' | 'preferredChannel' | 'mutedChannels'>;
  ways: readonly Way[];
  tried?: readonly Pick<NoticeTry, 'inboxId' | 'by'>[];
}): Way | null {
  if (blockedAt !== null || tried.length >= mostTries) return null;
  const rank = (way: Way): number => rankOf(way, preferredChannel);
  const possible = ways.filter(
    (way) => isAllowed(way, mutedChannels) && !wasTried(way, tried) && Number.isFinite(rank(way)),
  );
  return possible.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}
