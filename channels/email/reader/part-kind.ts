import type { SourcePart } from './parts.ts';

/** What becomes of a part: read as words, kept as a file, looked at for screening only, or passed over. */
export type PartKind = 'words' | 'file' | 'report' | 'passed-over';

const reports = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'text/rfc822-headers',
  'message/global-headers',
]);

/** Parts of which screening reads the words. */
export const tellsOfMail = (type: string): boolean =>
  reports.has(type) || type === 'message/rfc822' || type === 'message/global';

/** Versions of the words for small screens, beside the ones that everybody sees. */
const versions = new Set(['text/x-amp-html', 'text/watch-html']);

/** The name that a part was given, decoded; empty where there is none. */
export const givenName = (part: SourcePart): string =>
  part.disposition.params.get('filename') ?? part.content.params.get('name') ?? '';

/** `afterWords`: whether words were found before it; a named text after them is a file, whatever its disposition. */
export function kindOfPart(part: SourcePart, afterWords: boolean): PartKind {
  if (part.children.length > 0) return 'passed-over';
  if (reports.has(part.type)) return 'report';
  if (versions.has(part.type) && part.disposition.value !== 'attachment') return 'passed-over';
  if (part.type.startsWith('multipart/')) return 'words';
  if (part.type !== 'text/plain' && part.type !== 'text/html') return 'file';
  const name = givenName(part);
  if (part.disposition.value === 'attachment') return part.parent === null && name === '' ? 'words' : 'file';
  return name !== '' && afterWords ? 'file' : 'words';
}
