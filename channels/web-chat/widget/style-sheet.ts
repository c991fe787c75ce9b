/**
 * Gives a shadow root its styles as a constructed sheet, which a strict `style-src` allows. Browsers without constructed
 * sheets (Safari before 16.4) get a style element, with the script's nonce where there is one.
 */
export function adoptStyle(root: ShadowRoot, css: string, nonce = ''): void {
  if ('adoptedStyleSheets' in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return;
  }
  const style = document.createElement('style');
  if (nonce) style.nonce = nonce;
  style.textContent = css;
  (root as ShadowRoot).append(style);
}
