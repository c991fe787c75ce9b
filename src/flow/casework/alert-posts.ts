import { type Agent, agents } from '../../agent/agent.ts';
import { type Alert, alerts } from '../../alert/alert.ts';
import type { Channel } from '../../channel/channel.ts';
import type { OutboundMessage } from '../../channel/outbound.ts';
import { iso } from '../../clock.ts';
import { keyed } from '../../ids.ts';
import type { Update } from '../../store/port.ts';
import type { FlowDeps } from '../deps.ts';
import { isPaidPhone } from '../new-notice.ts';
import { type AlertLetter, alertBrief, alertLetter, type FilledAlert } from './alert-words.ts';

/** How far an alert is on one of its ways out of the console. */
export interface Standing {
  state: NonNullable<Alert['phone']>;
  /** ISO; null where it does not wait. */
  dueAt: string | null;
  tries: number;
  /** When it was first tried. */
  triedAt?: string | undefined;
  /** When it failed for good. */
  failedAt?: string;
}

/** What goes together to one agent. */
export interface Parcel {
  /** The same for the same alerts, so that a letter that is tried again is known for the same one. */
  id: string;
  to: Pick<Agent, 'id' | 'email'>;
  alerts: readonly Alert[];
  filled: readonly FilledAlert[];
}

/** One way by which alerts leave the console. */
export interface Post {
  name: 'letter' | 'phone';
  index: 'by-due' | 'by-phone-due';
  /** The field of the index. */
  field: 'dueAt' | 'phoneDueAt';
  carries(channel: Channel): boolean;
  standing(alert: Alert): Standing;
  /** The change that makes an alert stand so, as long as nobody else has tried it meanwhile. */
  move(alert: Alert, to: Partial<Standing>): Update<Alert>;
  /** Alerts with the same key go in one parcel. */
  bundle(alert: Alert): string;
  /** Without the files, which are added once it is to be sent. Null where this agent cannot be reached by it. */
  message(deps: FlowDeps, parcel: Parcel, by: Channel): Promise<OutboundMessage | null>;
}

const envelope = (deps: FlowDeps, { id }: Parcel, { inboxId }: Channel) => ({
  id,
  messageId: id,
  inboxId,
  // an answer to it is known by this
  conversationKey: `staff${id.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`.slice(0, 26),
  visibility: 'private' as const,
  seq: 1,
  language: deps.content.organisation().organisation.defaultLanguage,
  quickReplies: [],
  attachments: [],
  author: 'system' as const,
  automated: true,
  at: iso(deps.clock.now()),
});

/** Letters to the addresses of staff: what is due to one of them at a time goes in one, what has a file in one of its own. */
export const letterPost: Post = {
  name: 'letter',
  index: 'by-due',
  field: 'dueAt',
  carries: ({ capabilities: { form, visibility, canStart } }) =>
    form === 'letter' && visibility === 'private' && canStart,
  standing: ({ mail, dueAt, tries, triedAt }) => ({ state: mail, dueAt, tries, triedAt }),
  move: ({ id, mail, tries }, { state, ...rest }) => ({
    op: 'update',
    in: alerts,
    id,
    when: { mail, tries },
    set: { ...rest, ...(state === undefined ? {} : { mail: state }) },
  }),
  // what failed together is tried again together
  bundle: ({ id, file, tries, dueAt }) => (file ? id : tries > 0 ? (dueAt ?? '') : ''),
  async message(deps, parcel, by) {
    const common = envelope(deps, parcel, by);
    const { subject, text }: AlertLetter = alertLetter(deps, common.language, parcel.filled);
    const letter = { subject, inReplyTo: null, references: [], alone: true as const };
    return { ...common, address: parcel.to.email, text, letter };
  },
};

/** Brief messages to the phones of staff, each by itself, where a medium reaches whoever has a number (WF-16). */
export const phonePost: Post = {
  name: 'phone',
  index: 'by-phone-due',
  field: 'phoneDueAt',
  carries: isPaidPhone,
  standing: ({ phone = 'none', phoneDueAt = null, phoneTries = 0, phoneTriedAt }) => ({
    state: phone,
    dueAt: phoneDueAt,
    tries: phoneTries,
    triedAt: phoneTriedAt,
  }),
  move: ({ id, phone = 'none', phoneTries = 0 }, { state, dueAt, tries, triedAt, failedAt }) => ({
    op: 'update',
    in: alerts,
    id,
    when: { phone, phoneTries },
    set: {
      ...(state === undefined ? {} : { phone: state }),
      ...(dueAt === undefined ? {} : { phoneDueAt: dueAt }),
      ...(tries === undefined ? {} : { phoneTries: tries }),
      ...(triedAt === undefined ? {} : { phoneTriedAt: triedAt }),
      ...(failedAt === undefined ? {} : { failedAt }),
    },
  }),
  bundle: ({ id }) => id,
  async message(deps, parcel, by) {
    const phone = (await deps.store.get(agents, parcel.to.id))?.phone ?? null;
    const [filled] = parcel.filled;
    if (phone === null || !filled) return null;
    const common = envelope(deps, parcel, by);
    const text = alertBrief(deps, common.language, filled);
    return { ...common, address: by.addressOf?.(phone) ?? phone, text };
  },
};

/** The id of what is sent of these alerts over this way. */
export const parcelId = ({ name }: Post, all: readonly Pick<Alert, 'id'>[]): string =>
  keyed('alert', name, ...all.map(({ id }) => id).sort());
