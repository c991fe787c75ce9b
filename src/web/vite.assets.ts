import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** One font file that is copied: the subset it covers and its weight. */
export interface FontFile {
  url: string;
  weight: string;
  unicodeRange: string;
  content: Buffer;
}

const fontFolder = 'node_modules/@fontsource/ibm-plex-sans-arabic';
const subsets = ['arabic', 'latin'] as const;
const weights = ['400', '600'] as const;

const hashed = (name: string, content: Buffer | string): string => {
  const extension = extname(name);
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8);
  return `${name.slice(0, -extension.length)}-${hash}${extension}`;
};

function readFont(root: string, subset: string, weight: string): FontFile {
  const content = readFileSync(join(root, fontFolder, `files/ibm-plex-sans-arabic-${subset}-${weight}-normal.woff2`));
  const css = readFileSync(join(root, fontFolder, `${subset}-${weight}.css`), 'utf8');
  const unicodeRange = /unicode-range:\s*([^;]+);/.exec(css)?.[1]?.trim() ?? 'U+0-10FFFF';
  return { url: `/assets/${hashed(`plex-${subset}-${weight}.woff2`, content)}`, weight, unicodeRange, content };
}

/** The fonts of the pages and the widget: Arabic and Latin, regular and semi-bold, with the addresses they are served at. */
export const readFonts = (root: string): FontFile[] =>
  subsets.flatMap((subset) => weights.map((weight) => readFont(root, subset, weight)));

const fontFace = (font: FontFile): string =>
  `@font-face{font-family:"Wasl Plex";font-style:normal;font-weight:${font.weight};font-display:swap;` +
  `src:url(${font.url}) format("woff2");unicode-range:${font.unicodeRange}}`;

/** The contact page's styles; what adapts them to screens and paper comes last. */
const sheets = ['frame', 'sections', 'adapt'] as const;

const readSheet = (root: string, name: string): string =>
  readFileSync(join(root, `src/web/contact/styles/${name}.css`), 'utf8');

/** The styles of the pages for people outside: the contact page's frame, and their own. */
const outsideStyle = (root: string, fonts: readonly FontFile[]): string =>
  [
    ...fonts.map(fontFace),
    readSheet(root, 'frame'),
    readFileSync(join(root, 'src/web/outside/outside.css'), 'utf8'),
  ].join('\n');

/** Fonts, the styles of the pages, the icon, each with its content hash in its name, and the list of them (`assets.json`). */
export async function buildAssets(root: string, output: string): Promise<readonly string[]> {
  const place = (url: string, content: Buffer | string): string => {
    writeFileSync(join(output, url.slice('/assets/'.length)), content);
    return url;
  };
  const fonts = readFonts(root);
  for (const font of fonts) place(font.url, font.content);
  const style = [...fonts.map(fontFace), ...sheets.map((sheet) => readSheet(root, sheet))].join('\n');
  const outside = outsideStyle(root, fonts);
  const icon = readFileSync(join(root, 'src/web/contact/icon.svg'));
  const list = {
    style: place(`/assets/${hashed('contact.css', style)}`, style),
    outside: place(`/assets/${hashed('outside.css', outside)}`, outside),
    icon: place(`/assets/${hashed('icon.svg', icon)}`, icon),
    fonts: fonts.map((font) => font.url),
  };
  writeFileSync(join(output, 'assets.json'), JSON.stringify(list));
  return [];
}
