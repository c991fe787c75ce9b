import type { MailFacts, MailPart, OwnMailbox } from '../mail.ts';
import { headerValues, isDeliveryStatus, isReturnedHead, ownParts } from './facts.ts';

const id = /<[^<>\s]{1,400}@[^<>\s]{1,400}>/;
const named = /^[>\s|]{0,12}(?:x-)?(?:original-)?message-id\s{0,3}:\s{0,10}(<?[^<>\s]{1,400}>?)/im;
const original = /^(?:x-)?original-message-id\s{0,3}:\s{0,10}(<?[^<>\s]{1,400}>?)/im;

const bracketed = (value: string | undefined): string | null =>
  value?.includes('@') ? `<${value.replace(/^<|>$/g, '')}>` : null;

const idIn = (pattern: RegExp, text: string | null): string | null =>
  bracketed(pattern.exec((text ?? '').slice(0, 131_072))?.[1]);

/** Every Message-ID with our domain in a text, in order. */
function ownIn(text: string, domain: string): string[] {
  const mark = `@${domain.toLowerCase()}>`;
  const low = text.toLowerCase();
  const found: string[] = [];
  for (let at = low.indexOf(mark); at >= 0 && found.length < 20; at = low.indexOf(mark, at + mark.length)) {
    const begin = low.lastIndexOf('<', at);
    const one = text.slice(begin, at + mark.length);
    if (begin >= 0 && at - begin < 400 && !/\s/.test(one)) found.push(one);
  }
  return found;
}

const inHead = (part: MailPart): string | null => idIn(named, part.text);

/**
 * The Message-ID of the mail that a notice speaks of. An id that we gave stands before any other, wherever it is found:
 * the returned head, the report, the quoted text, what the notice answers.
 */
export function findMessageId(facts: MailFacts, own: OwnMailbox): string | null {
  const heads = facts.parts.filter((part) => part.depth > 0 && isReturnedHead(part));
  const answered = ['in-reply-to', 'references'].flatMap((name) => headerValues(facts, name));
  const told = [
    ...heads.map(inHead),
    ...ownParts(facts.parts)
      .filter(isDeliveryStatus)
      .map((part) => idIn(original, part.text)),
    ...headerValues(facts, 'original-message-id').map((value) => bracketed(value.trim())),
    idIn(named, facts.text),
    ...answered.flatMap((value) => value.slice(0, 8000).match(new RegExp(id, 'g'))?.reverse() ?? []),
  ].filter((one) => one !== null);
  const isOurs = (one: string): boolean => one.toLowerCase().endsWith(`@${own.idDomain.toLowerCase()}>`);
  const anywhere = [...facts.parts.map((part) => part.text ?? ''), facts.text.slice(0, 262_144)];
  return told.find(isOurs) ?? anywhere.flatMap((text) => ownIn(text, own.idDomain))[0] ?? told[0] ?? null;
}
