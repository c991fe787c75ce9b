import type { BounceReport, MailFacts, OwnMailbox } from '../mail.ts';
import { delayPhrases, gaveUpPhrases, successPhrases } from './bounce-phrases.ts';
import { headerValue, isDeliveryStatus, ownParts, prose } from './facts.ts';
import { recipientsOf } from './recipients.ts';
import { findMessageId } from './returned.ts';
import { holds, oneLine, wordsOf } from './words.ts';

type Fields = ReadonlyMap<string, string>;

/** Reads `Name: value` lines with continuation lines; the first of several with one name stands. */
function fieldsOf(block: string): Fields {
  const fields = new Map<string, string>();
  let last = '';
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && last) fields.set(last, `${fields.get(last)} ${line.trim()}`.slice(0, 4000));
    else if (colon > 0 && colon < 60) {
      const name = line.slice(0, colon).trim().toLowerCase();
      last = fields.has(name) ? '' : name;
      if (last) fields.set(last, line.slice(colon + 1).trim());
    }
  }
  return fields;
}

/** An address as a report writes it: `rfc822; <ada@example.org>` gives `ada@example.org`. */
function addressIn(value: string | undefined): string | null {
  const plain = (value ?? '').slice(0, 600).split(';').at(-1) ?? '';
  return /[^\s<>"(),:;]{1,128}@[^\s<>"(),:;]{1,253}/.exec(plain)?.[0]?.toLowerCase() ?? null;
}

const enhanced = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
const basic = /(?<![\d.])([45]\d\d)(?=[ -]\S|$)/;

/** The most telling status code in a text: enhanced (5.1.1) before basic (550). */
export const codeIn = (text: string): string | null =>
  enhanced.exec(text.slice(0, 4000))?.[1] ?? basic.exec(text.slice(0, 4000))?.[1] ?? null;

const isVague = (code: string | null): boolean => code === null || /\.0\.0$/.test(code);

function codeOf(fields: Fields): string | null {
  const status = enhanced.exec(fields.get('status') ?? '')?.[1] ?? null;
  const said = enhanced.exec(fields.get('diagnostic-code') ?? '')?.[1] ?? null;
  return isVague(status) ? (said ?? status ?? codeIn(fields.get('diagnostic-code') ?? '')) : status;
}

const outcomes: Readonly<Record<string, BounceReport['outcome']>> = {
  failed: 'failed',
  failure: 'failed',
  fail: 'failed',
  delayed: 'delayed',
  delay: 'delayed',
  delivered: 'delivered',
  relayed: 'delivered',
  expanded: 'delivered',
  deliverable: 'delivered',
};

function outcomeOf(fields: Fields, code: string | null, otherwise: BounceReport['outcome']): BounceReport['outcome'] {
  const action = /[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0] ?? '';
  return outcomes[action] ?? (code?.startsWith('2') ? 'delivered' : otherwise);
}

/** Diagnostic codes come as `smtp; 550 5.1.1 …`. */
const spoken = (fields: Fields): string =>
  (fields.get('diagnostic-code') ?? '').replace(/^(?:smtp|x-[\w-]{1,40}|lmtp|dns|x400)\s?;\s?/i, '');

/** What the words of a notice tell of the fate of the mail. */
export function outcomeInWords(facts: MailFacts): BounceReport['outcome'] {
  const words = wordsOf(`${facts.subject.slice(0, 300)}\n${prose(facts).slice(0, 4000)}`);
  if (holds(words, delayPhrases) && !holds(words, gaveUpPhrases)) return 'delayed';
  return holds(words, successPhrases) && codeIn(prose(facts)) === null ? 'delivered' : 'failed';
}

const most = 100;

function readStatus(text: string, facts: MailFacts, messageId: string | null): BounceReport[] {
  const otherwise = outcomeInWords(facts);
  const blocks = text
    .slice(0, 65_536)
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]{0,20}\n/);
  return blocks
    .map(fieldsOf)
    .filter((fields) =>
      ['final-recipient', 'original-recipient', 'x-actual-recipient', 'action', 'status'].some((name) =>
        fields.has(name),
      ),
    )
    .slice(0, most)
    .map((fields) => {
      const code = codeOf(fields);
      return {
        messageId,
        recipient:
          addressIn(fields.get('original-recipient')) ??
          addressIn(fields.get('final-recipient')) ??
          addressIn(fields.get('x-actual-recipient')),
        outcome: outcomeOf(fields, code, otherwise),
        code,
        reason: oneLine(spoken(fields), 300),
      };
    });
}

/** The line that says why: one with a code, else the first after the greeting that says something. */
function reasonInWords(facts: MailFacts, recipient: string | null): string {
  const lines = prose(facts).slice(0, 8000).split('\n');
  const after =
    recipient === null
      ? 0
      : Math.max(
          0,
          lines.findIndex((line) => line.toLowerCase().includes(recipient)),
        );
  const near = lines.slice(after, after + 12);
  const coded = near.find((line) => codeIn(line) !== null) ?? lines.find((line) => codeIn(line) !== null);
  const next = near.find((line, at) => at > 0 && /\p{L}{3}/u.test(line) && !line.includes('@'));
  return oneLine(coded ?? next ?? lines.find((line) => /\p{L}{3}/u.test(line)) ?? '', 300);
}

function readWords(facts: MailFacts, own: OwnMailbox, messageId: string | null): BounceReport[] {
  const outcome = outcomeInWords(facts);
  const recipients = recipientsOf(facts, own);
  const told = recipients.length === 0 ? [null] : recipients;
  return told.slice(0, most).map((recipient) => {
    const reason = reasonInWords(facts, recipient);
    return { messageId, recipient, outcome, code: codeIn(reason) ?? codeIn(prose(facts)), reason };
  });
}

/** Reads what became of which mail for whom: from the machine-readable part where there is one, else from the words. */
export function readReports(facts: MailFacts, own: OwnMailbox): BounceReport[] {
  const messageId = findMessageId(facts, own);
  const status = ownParts(facts.parts)
    .filter(isDeliveryStatus)
    .map((part) => part.text ?? '');
  const inWords = /^final-recipient\s?:/im.test(facts.text.slice(0, 65_536)) ? [facts.text] : [];
  const read = (status.length > 0 ? status : inWords).flatMap((text) => readStatus(text, facts, messageId));
  const useful = read.filter((report, at) => report.recipient !== null || (read.length === 1 && at === 0));
  if (useful.length === 0) return readWords(facts, own, messageId);
  return useful.map((report) => ({ ...report, reason: report.reason || reasonInWords(facts, report.recipient) }));
}

/** Whether the mail names recipients that it failed for in its head, as Exim does. */
export const namesFailed = (facts: MailFacts): boolean => headerValue(facts, 'x-failed-recipients').includes('@');
