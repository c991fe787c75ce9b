import type { MailFacts, OwnMailbox } from '../mail.ts';
import { headerValues, isReturnedHead, prose } from './facts.ts';
import { isOwn, senderSort } from './sender.ts';

const address = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@[\p{L}\p{N}.-]{1,253}/gu;

const addressesIn = (text: string): string[] =>
  [...text.matchAll(address)]
    .map(([found]) => found.toLowerCase().replace(/^(?:smtp|rfc822)=|^[.']+|[.'-]+$/g, ''))
    .filter((one) => one.split('@')[1]?.includes('.'));

/** The recipient that the returned mail itself was for. */
function inReturnedHead(facts: MailFacts): string[] {
  const heads = facts.parts.filter(isReturnedHead).map((part) => part.text ?? '');
  const texts = [...heads, facts.text.slice(prose(facts).length, 65_536)];
  const lines = texts.flatMap(
    (text) => text.slice(0, 65_536).match(/^(?:to|x-original-to|envelope-to)\s?:[^\n]{1,500}/gim) ?? [],
  );
  return lines.flatMap(addressesIn);
}

/** An address stands alone on its line, or at its beginning with what happened behind it. */
const standsOut = (line: string): boolean =>
  /^[\s*>•-]{0,12}(?:<|["'([]|\S{1,64}@)/.test(line.slice(0, 100)) ||
  /[:=]\s{0,5}<?\S{1,64}@\S{1,253}$/.test(line.slice(-330));

/** Whom a notice without a machine-readable part speaks of, each once. */
export function recipientsOf(facts: MailFacts, own: OwnMailbox): string[] {
  const told = headerValues(facts, 'x-failed-recipients').flatMap((value) => addressesIn(value.slice(0, 8000)));
  const isOther = (one: string): boolean => {
    const mail = { address: one, name: '' };
    return (
      !isOwn(mail, own) &&
      one !== facts.from?.address &&
      senderSort(mail) !== 'server' &&
      !one.endsWith(`@${own.idDomain.toLowerCase()}`)
    );
  };
  const lines = prose(facts)
    .split('\n')
    .filter((line) => !/message-?id|^\s{0,8}(?:to|cc|from|sender|إلى|من)\s{0,3}:/i.test(line.slice(0, 200)));
  const standing = lines.filter(standsOut).flatMap((line) => addressesIn(line.slice(0, 500)).slice(0, 1));
  const anywhere = lines.flatMap((line) => addressesIn(line.slice(0, 1000)));
  const found = [told, standing, anywhere.slice(0, 1), anywhere, inReturnedHead(facts)].map((list) =>
    list.filter(isOther),
  );
  return [...new Set((found.find((list) => list.length > 0) ?? []).slice(0, 500))];
}
