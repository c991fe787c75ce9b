import { createHash } from 'node:crypto';
import { withoutLinks } from '../length.ts';

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * The words of a post or message as they are the same before and after X had them: X shortens links, puts mentions before a
 * reply, writes three characters as HTML does, and composes letters.
 */
export const said = (text: string): string =>
  withoutLinks(text.replaceAll(/&(?:amp|lt|gt);/g, (found) => characters[found] ?? found))
    .replace(/^(?:\s*@\w{1,50})+/, '')
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Tells words apart without showing them. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(said(text)).digest('base64url').slice(0, 22);
