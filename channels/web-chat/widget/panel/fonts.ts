/**
 * Loads the widget's font once, from its own server, without blocking anything: faces inside a shadow root are ignored by
 * browsers, so they are added to the document. Where the page forbids it, the system's fonts stay.
 */
export function loadFonts(origin: string): void {
  for (const { url, weight, unicodeRange } of WASL_FONTS) {
    const source = `url(${JSON.stringify(origin + url)}) format("woff2")`;
    document.fonts.add(new FontFace('Wasl Plex', source, { weight, unicodeRange, display: 'swap' }));
  }
}
