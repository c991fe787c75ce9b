import type { Language } from '../../../src/language/language.ts';
import { directionOf, startOf } from './body.ts';
import { fonts, light, styleSheet } from './style.ts';
import { escapeHtml, lineHtml } from './words.ts';

/** What a letter looks like around its words. */
export interface LetterPage {
  language: Language;
  subject: string;
  /** What an inbox shows beside the subject. */
  preview: string;
  unit: string;
  organisation: string;
  /** HTML of the words. */
  body: string;
  /** Lines below the words. */
  foot: readonly string[];
}

/** Outlook for Windows knows no max-width; without the table a letter would fill its window. */
const fixedWidth = (html: string): string =>
  `<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->${html}<!--[if mso]></td></tr></table><![endif]-->`;

const outlookHead =
  '<!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml>' +
  '<style>body,table,td,th,p,a,li{font-family:Tahoma,Arial,sans-serif!important}</style><![endif]-->';

const headHtml = (subject: string): string =>
  `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
${outlookHead}
<style>:root{color-scheme:light dark;supported-color-schemes:light dark}${styleSheet}</style></head>`;

/** Read by inboxes, seen by nobody; the invisible filling keeps the words below out of it. */
const previewHtml = (preview: string): string =>
  `<div aria-hidden="true" style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all">${escapeHtml(preview)}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>`;

const bandHtml = ({ unit, organisation }: LetterPage): string =>
  `<p style="margin:0;font-size:18px;line-height:1.5;font-weight:bold;color:${light.onBand}">${lineHtml(unit)}</p>
<p style="margin:0;font-size:14px;line-height:1.6;color:${light.onBandQuiet}">${lineHtml(organisation)}</p>`;

const footHtml = (lines: readonly string[]): string =>
  lines.map((line) => `<p style="margin:0 0 6px">${lineHtml(line)}</p>`).join('\n');

/** The whole HTML part of a letter: tables and inline styles, so that Outlook shows it too; nothing is loaded. */
export function letterPage(page: LetterPage): string {
  const [direction, start] = [directionOf(page.language), startOf(page.language)];
  const turned = `lang="${page.language}" dir="${direction}"`;
  const cell = (name: string, style: string, html: string, color = ''): string =>
    `<tr><td class="cell ${name}" ${turned} align="${start}"${color && ` bgcolor="${color}"`} style="text-align:${start};font-family:${fonts};${style}">${html}</td></tr>`;
  const table = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
  const card = `<table ${table} class="card" ${turned} bgcolor="${light.card}" style="max-width:600px;margin:0 auto;background-color:${light.card};border:1px solid ${light.line};border-radius:8px;border-collapse:separate;overflow:hidden">
${cell('band', `padding:20px 32px;background-color:${light.band}`, bandHtml(page), light.band)}
${cell('words', `padding:28px 32px 12px;font-size:16px;line-height:1.75;color:${light.text};overflow-wrap:anywhere`, page.body)}
${cell('foot', `padding:18px 32px 14px;font-size:13px;line-height:1.7;color:${light.quiet};border-top:1px solid ${light.line}`, footHtml(page.foot))}
</table>`;
  return `<!DOCTYPE html>
<html ${turned} xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
${headHtml(page.subject)}
<body class="page" ${turned} style="margin:0;padding:0;background-color:${light.page}">
${previewHtml(page.preview)}
<table ${table} class="page" ${turned} bgcolor="${light.page}" style="background-color:${light.page}"><tr><td class="edge" align="center" style="padding:24px 12px">
${fixedWidth(card)}
</td></tr></table>
</body></html>`;
}
