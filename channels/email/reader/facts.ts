import type { MailFacts, MailPart } from '../mail.ts';
import { contentOf } from './body.ts';
import { decodeBytes } from './charset.ts';
import { cleanText } from './clean-text.ts';
import { cleanName } from './file-name.ts';
import type { ReaderLimits } from './limits.ts';
import type { MailHead } from './mail-head.ts';
import { givenName, tellsOfMail } from './part-kind.ts';
import type { SourcePart } from './parts.ts';

/** Reports hold a few kilobytes; a mail made of a thousand of them tells no more than its first ones. */
const mostReports = 20;

const wordsOf = (raw: Buffer, part: SourcePart, most: number): string =>
  cleanText(decodeBytes(contentOf(raw, part, most * 2).subarray(0, most), part.content.params.get('charset') ?? null));

function readReports(raw: Buffer, parts: SourcePart[], limits: ReaderLimits): MailPart[] {
  let left = mostReports;
  return parts.map((part, i) => {
    const given = givenName(part);
    const told = tellsOfMail(part.type) && left > 0;
    if (told) left -= 1;
    return {
      type: part.type,
      depth: part.depth,
      name: given === '' ? '' : cleanName(given, part.type, i),
      text: told ? wordsOf(raw, part, limits.reportBytes) : null,
    };
  });
}

/** What screening looks at. */
export function factsOf(
  raw: Buffer,
  parts: SourcePart[],
  { head, text, written, limits }: { head: MailHead; text: string; written: string; limits: ReaderLimits },
): MailFacts {
  return {
    headers: head.headers,
    from: head.from,
    replyTo: head.replyTo,
    returnPath: head.returnPath,
    to: head.to,
    subject: head.subject,
    text,
    written,
    parts: readReports(raw, parts, limits),
  };
}
