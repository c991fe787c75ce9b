/** System fonts only: a letter loads nothing from anywhere. Segoe UI and Tahoma have Arabic letters made for screens. */
export const fonts = "'Segoe UI', Tahoma, 'Geeza Pro', Arial, sans-serif";

/** Each pair of text and ground has a contrast of at least 4.5 (WCAG 2.2 AA), light and dark. */
export const light = {
  page: '#f3f4f6',
  card: '#ffffff',
  text: '#1f2a37',
  quiet: '#4d5761',
  line: '#d2d6db',
  soft: '#f3fcf6',
  link: '#166a45',
  band: '#14573a',
  onBand: '#ffffff',
  onBandQuiet: '#dff6e7',
};
export const dark = {
  page: '#0d121c',
  card: '#1f2a37',
  text: '#f3f4f6',
  quiet: '#c3cad3',
  line: '#4d5761',
  soft: '#253545',
  link: '#88d8ad',
  band: '#14573a',
};

/** What each element of a letter's words looks like, inline: many clients drop style sheets. */
export const elementStyles = (start: 'right' | 'left'): Record<string, string> => ({
  p: 'margin:0 0 16px',
  ul: `margin:0 0 16px;padding:0;padding-${start}:24px`,
  ol: `margin:0 0 16px;padding:0;padding-${start}:28px`,
  li: 'margin:0 0 6px',
  a: `color:${light.link};text-decoration:underline`,
  h1: 'margin:0 0 12px;font-size:20px;line-height:1.5',
  h2: 'margin:0 0 12px;font-size:18px;line-height:1.5',
  h3: 'margin:0 0 12px;font-size:16px;line-height:1.6',
  blockquote: `margin:0 0 16px;padding:0;padding-${start}:12px;border-${start}:3px solid ${light.line}`,
  pre: 'margin:0 0 16px;white-space:pre-wrap',
  table: 'border-collapse:collapse;margin:0 0 16px;width:100%',
});

/** For clients that read style sheets: phones, and a dark screen. */
export const styleSheet = `
body{margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%}
a{overflow-wrap:anywhere}
@media (max-width:620px){
.edge{padding:0!important}
.cell{padding-left:20px!important;padding-right:20px!important}
.card{border-radius:0!important;border-left:0!important;border-right:0!important}
}
@media (prefers-color-scheme:dark){
.page{background-color:${dark.page}!important}
.card,.words{background-color:${dark.card}!important;color:${dark.text}!important}
.card{border-color:${dark.line}!important}
.words a{color:${dark.link}!important}
.fact{background-color:${dark.soft}!important;border-color:${dark.line}!important;color:${dark.text}!important}
.foot{background-color:${dark.card}!important;color:${dark.quiet}!important;border-color:${dark.line}!important}
.foot a{color:${dark.link}!important}
.quiet{color:${dark.quiet}!important}
}`;
