import type { Automated, MailFacts, OwnMailbox, Verdict } from '../mail.ts';
import { headReason, wordingReason } from './automatic.ts';
import { bounceReason } from './bounce.ts';
import { bulkReason } from './bulk.ts';
import { says } from './facts.ts';
import { readReports } from './reports.ts';
import { isOwn } from './sender.ts';

const verdict = (automated: Automated, why: string | null): Verdict => ({ automated, why, reports: [] });

/**
 * Tells robots from people, by what is in the mail alone. A mail is a person's unless a sign speaks against it that
 * people's mails do not bear, or several weak ones of different kind do: silencing a person costs as much as answering
 * a machine. Never throws; time is linear in the size of the mail.
 */
export function screen(facts: MailFacts, own: OwnMailbox): Verdict {
  const isOurs = facts.from !== null && isOwn(facts.from, own);
  const bounced = isOurs ? null : bounceReason(facts);
  if (bounced) return { automated: 'bounce', why: bounced, reports: readReports(facts, own) };
  const many = isOurs || isReply(facts) ? null : bulkReason(facts, own);
  if (many) return verdict('bulk', many);
  const automatic = headReason(facts, own) ?? bulkReason(facts, own) ?? wordingReason(facts);
  return automatic
    ? verdict(isReply(facts) || !bulkReason(facts, own) ? 'auto-reply' : 'bulk', automatic)
    : verdict('none', null);
}

/** Vacation programs of old put `Precedence: bulk` on what they answer: what calls itself an answer is one. */
const isReply = (facts: MailFacts): boolean => {
  const value = facts.headers.get('auto-submitted')?.[0]?.toLowerCase() ?? '';
  return value.includes('repl') || ['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => says(facts, name));
};
