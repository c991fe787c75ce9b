import { createAnnouncer } from './announcer.ts';
import { createLauncherView, type LauncherView } from './launcher-view.ts';
import { launcherWords } from './launcher-words.ts';
import { claimPage, installApi, isLoaded } from './page-api.ts';
import type { Panel, PanelHost } from './panel-contract.ts';
import { importPanel, once } from './panel-loader.ts';
import type { Language } from './protocol.ts';
import { readSettings, type Settings } from './settings.ts';
import { openStorage } from './storage.ts';

const dayMs = 86_400_000;
const noticeMs = 7_000;

const findScript = (): HTMLScriptElement | null =>
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');

/** What the button says now, and how. */
interface Words {
  language: Language;
  words: { open: string; close: string };
  unreadLabel: string;
  isOpen: boolean;
}

/** Keeps what the button says true to what is told. */
function createLabel(view: LauncherView, language: Language): { now(): Words; tell(change: Partial<Words>): void } {
  let now: Words = { language, words: launcherWords[language], unreadLabel: '', isOpen: false };
  return {
    now: () => now,
    tell(change) {
      now = { ...now, ...change };
      const { words, unreadLabel, isOpen } = now;
      view.setLanguage(now.language);
      view.setOpen(isOpen);
      view.setLabel(isOpen ? words.close : unreadLabel ? `${words.open} (${unreadLabel})` : words.open);
    },
  };
}

function startLauncher(settings: Settings, nonce: string): void {
  const view = createLauncherView(settings, nonce);
  const page = createAnnouncer();
  const label = createLabel(view, settings.language);
  let opener: HTMLElement = view.button;

  const host: PanelHost = {
    root: view.root,
    settings,
    nonce,
    close: () => close(),
    tellUnread(count, unreadLabel) {
      label.tell({ unreadLabel: count > 0 ? unreadLabel : '' });
      view.setBadge(count);
      page.tell('unread', count);
    },
    tellWords: (language, words) => label.tell({ language, words }),
  };
  const load = once(async () => (await importPanel(settings.origin))(host));
  const fail = (): void => {
    view.tell(launcherWords[label.now().language].failed);
    setTimeout(() => view.tell(''), noticeMs);
  };
  async function open(from: HTMLElement = view.button): Promise<void> {
    if (label.now().isOpen) return;
    opener = from;
    view.setBusy(true);
    view.tell('');
    const panel = await load().catch(fail);
    view.setBusy(false);
    if (!panel || label.now().isOpen) return;
    label.tell({ isOpen: true });
    panel.show();
    page.tell('open');
  }
  function close(): void {
    if (!label.now().isOpen) return;
    label.tell({ isOpen: false });
    void load().then((panel) => panel.hide());
    (opener.isConnected ? opener : view.button).focus();
    page.tell('close');
  }
  const toggle = (): void => (label.now().isOpen ? close() : void open());
  const language = (wanted: Language): void => void load().then((panel) => panel.setLanguage(wanted), fail);

  label.tell({});
  view.button.addEventListener('click', toggle);
  listenForIntent(view.button, load);
  listenForOpeners((from) => void open(from));
  installApi(window, { open: () => void open(), close, toggle, language, on: page.on });
  if (settings.open) void open();
  else if (isTalking(settings)) whenIdle(() => void load().catch(() => undefined));
}

function listenForIntent(button: HTMLElement, load: () => Promise<Panel>): void {
  const prepare = (): void => void load().catch(() => undefined);
  button.addEventListener('pointerenter', prepare, { once: true });
  button.addEventListener('focus', prepare, { once: true });
}

/** Any element of the page with `data-wasl-open` opens the chat. */
function listenForOpeners(open: (opener: HTMLElement) => void): void {
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-wasl-open]') : null;
    if (!opener) return;
    event.preventDefault();
    open(opener);
  });
}

/** Whether the visitor has used the chat within a day, so that an answer may be on its way. */
const isTalking = (settings: Settings): boolean =>
  Date.now() - Number(openStorage(`wasl:${settings.inbox}:`).get('activeAt') ?? 0) < dayMs;

const whenIdle = (run: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 5000 });
  else setTimeout(run, 2000);
};

function begin(): void {
  const script = findScript();
  if (!script || isLoaded(window)) return;
  const settings = readSettings(script.src, { ...script.dataset }, document.documentElement.lang);
  const start = (): void => startLauncher(settings, script.nonce);
  claimPage(window);
  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start, { once: true });
}

begin();
