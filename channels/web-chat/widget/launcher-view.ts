import { themeOf } from './color.ts';
import css from './launcher.css?inline';
import type { Language } from './protocol.ts';
import type { Settings } from './settings.ts';
import { adoptStyle } from './style-sheet.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';
const bubblePath = 'M20 11.6a7.6 7.6 0 0 1-11 6.8L4 20l1.6-4.6A7.6 7.6 0 1 1 20 11.6ZM8.8 10.4h6.4M8.8 13.4h4';
const closePath = 'm6 9 6 6 6-6';

/** The launcher's elements, in a shadow root of their own. */
export interface LauncherView {
  root: ShadowRoot;
  button: HTMLButtonElement;
  setLanguage(language: Language): void;
  setLabel(label: string): void;
  setOpen(open: boolean): void;
  setBusy(busy: boolean): void;
  setBadge(count: number): void;
  /** Shows a sentence beside the button; an empty one takes it away. */
  tell(sentence: string): void;
}

function icon(path: string, className: string): SVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', className);
  const shape = document.createElementNS(svgNamespace, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

function paint(host: HTMLElement, settings: Settings): void {
  const theme = themeOf(settings.color);
  host.style.setProperty('--wasl-accent', theme.accent);
  host.style.setProperty('--wasl-on-accent', theme.onAccent);
  host.style.setProperty('--wasl-accent-text', theme.accentText);
}

function buildButton(position: string): { button: HTMLButtonElement; label: HTMLElement; badge: HTMLElement } {
  const button = element('button', `launcher ${position}`);
  button.type = 'button';
  button.setAttribute('aria-haspopup', 'dialog');
  const label = element('span', 'label');
  const badge = element('span', 'badge');
  badge.hidden = true;
  badge.setAttribute('aria-hidden', 'true');
  button.append(icon(bubblePath, 'when-closed'), icon(closePath, 'when-open'), label, badge);
  return { button, label, badge };
}

function buildNotice(position: string): HTMLElement {
  const notice = element('p', `notice ${position}`);
  notice.setAttribute('role', 'alert');
  notice.hidden = true;
  return notice;
}

/** Puts the launcher into the page and gives its handles. */
export function createLauncherView(settings: Settings, nonce: string): LauncherView {
  const host = document.createElement('wasl-chat');
  const root = host.attachShadow({ mode: 'open' });
  adoptStyle(root, css, nonce);
  paint(host, settings);
  const { button, label, badge } = buildButton(settings.position);
  const notice = buildNotice(settings.position);
  root.append(button, notice);
  document.body.append(host);
  return {
    root,
    button,
    setLanguage(language) {
      host.lang = language;
      host.dir = language === 'ar' ? 'rtl' : 'ltr';
      button.dir = host.dir;
      notice.dir = host.dir;
    },
    setLabel(text) {
      button.setAttribute('aria-label', text);
      label.textContent = text;
    },
    setOpen: (open) => button.setAttribute('aria-expanded', String(open)),
    setBusy: (busy) => button.setAttribute('aria-busy', String(busy)),
    setBadge(count) {
      badge.hidden = count === 0;
      badge.textContent = count > 99 ? '99+' : String(count);
    },
    tell(sentence) {
      notice.hidden = !sentence;
      notice.textContent = sentence;
    },
  };
}
