import type { Channel } from '../../channel/channel.ts';
import type { OutboundMessage } from '../../channel/outbound.ts';
import { iso } from '../../clock.ts';
import { keyed } from '../../ids.ts';
import { inLanguage } from '../../language/language.ts';
import { linkToken } from '../../link-token.ts';
import type { OutsideBody } from '../../organisation/casework.ts';
import { type Referral, referralSecret } from '../../referral/referral.ts';
import { sendInTime } from '../deliver.ts';
import type { FlowDeps } from '../deps.ts';
import { shortNameOf } from '../notice-values.ts';

/** The address at which an outside body reads and answers what was referred to it. */
export const referralLink = ({ publicUrl, secret }: Pick<FlowDeps, 'publicUrl' | 'secret'>, id: string): string =>
  `${publicUrl}/refer/${linkToken(secret(referralSecret), id)}`;

/** The outside body that a referral is for, as long as the organisation has it. */
export const bodyOf = ({ content }: Pick<FlowDeps, 'content'>, id: string): OutsideBody | null =>
  content.organisation().casework.bodies.find((one) => one.id === id) ?? null;

/** The inboxes that write letters of their own accord. */
export const letterChannels = ({ channels }: Pick<FlowDeps, 'channels'>): Channel[] =>
  [...channels.values()].filter(({ capabilities: { form, canStart } }) => form === 'letter' && canStart);

function wordsOf({ content, ...deps }: FlowDeps, referral: Referral, body: OutsideBody) {
  const { organisation } = content.organisation();
  const language = organisation.defaultLanguage;
  const { ticketNumber: number, text, dueAt, expiresAt, remindedAt } = referral;
  const values = {
    number,
    text,
    dueAt,
    expiresAt,
    body: inLanguage(body.name, language),
    unit: inLanguage(organisation.unit, language),
    organisation: shortNameOf(organisation, language),
    link: referralLink(deps, referral.id),
  };
  const whole =
    remindedAt === null
      ? content.render()('referral-letter', language, values)
      : content.render()('referral-reminder', language, values);
  const [subject = '', ...lines] = whole.split('\n');
  return { language, subject, text: lines.join('\n').trim() };
}

function letterOf(deps: FlowDeps, referral: Referral, body: OutsideBody, inboxId: string): OutboundMessage {
  const { language, subject, text } = wordsOf(deps, referral, body);
  const id = keyed('referral-letter', referral.id, referral.remindedAt ?? 'first');
  return {
    id,
    messageId: id,
    inboxId,
    address: body.email ?? '',
    conversationKey: id,
    visibility: 'private',
    seq: 1,
    text,
    language,
    quickReplies: [],
    attachments: [],
    letter: { subject, inReplyTo: null, references: [], alone: true },
    author: 'system',
    automated: true,
    at: iso(deps.clock.now()),
  };
}

/** Writes to the body what is asked of it, or reminds it. Rejects with a `SendError` where the letter did not leave. */
export async function sendReferralLetter(
  deps: FlowDeps,
  referral: Referral,
  { body, by }: { body: OutsideBody; by: Channel },
) {
  await sendInTime(deps, by, letterOf(deps, referral, body, by.inboxId));
}
