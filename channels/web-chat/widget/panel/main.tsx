import { render } from 'preact';
import type { CreatePanel, Panel, PanelHost } from '../panel-contract.ts';
import { type ChatConfig, type Language, readConfig } from '../protocol.ts';
import { openStorage, type Storage } from '../storage.ts';
import { adoptStyle } from '../style-sheet.ts';
import { type Chat, createChat } from './chat.ts';
import { createConnection } from './connection.ts';
import { createFileTray } from './file-tray.ts';
import { loadFonts } from './fonts.ts';
import { PanelView } from './panel-view.tsx';
import { panelStyles } from './styles/panel-styles.ts';
import { joinTabs } from './tabs.ts';
import { fill } from './words.ts';

const after = (ms: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Random, since two visitors must never meet; not `randomUUID`, which plain-http pages do not have. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function loadConfig(origin: string, inbox: string, language: Language): Promise<ChatConfig> {
  const asked = new URLSearchParams({ lang: language, ...(inbox ? { inbox } : {}) });
  const response = await fetch(`${origin}/web-chat/config?${asked}`, { credentials: 'omit' });
  if (!response.ok) throw new Error(`The chat's configuration answered ${response.status}.`);
  return readConfig(await response.json());
}

/** The language chosen in the chat, for as long as the page itself asks for the one that it asked for then. */
function chosenLanguage(storage: Storage, pageLanguage: Language): Language {
  const [page, chosen] = (storage.get('language') ?? '').split('>');
  return page === pageLanguage && (chosen === 'ar' || chosen === 'en') ? chosen : pageLanguage;
}

function tellLauncher(host: PanelHost, chat: Chat): () => void {
  let told = '';
  return () => {
    const { config, unread } = chat.state.get();
    const now = `${config.language} ${unread}`;
    if (now === told) return;
    told = now;
    const { texts, language } = config;
    host.tellWords(language, { open: texts.open ?? '', close: texts.close ?? '' });
    host.tellUnread(unread, fill(texts.unread ?? '', { count: unread }));
  };
}

/** Builds the panel inside the launcher's shadow root. It is not shown yet, and connects when it is. */
export const createPanel: CreatePanel = async (host: PanelHost): Promise<Panel> => {
  const { origin, inbox, language: pageLanguage } = host.settings;
  const storage = openStorage(`wasl:${inbox}:`);
  const config = await loadConfig(origin, inbox, chosenLanguage(storage, pageLanguage));
  loadFonts(origin);
  adoptStyle(host.root, panelStyles, host.nonce);
  const chat = createChat({
    config,
    storage,
    tabs: joinTabs(newId()),
    connect: (handshake, events) => createConnection(origin, handshake, events),
    loadConfig: (language) => loadConfig(origin, inbox, language),
    newId,
    now: Date.now,
    after,
  });
  const tray = createFileTray({ origin, token: chat.token, limits: () => chat.state.get().config.files, newId });
  const setLanguage = (language: Language): void => {
    storage.set('language', `${pageLanguage}>${language}`);
    void chat.setLanguage(language).catch(() => undefined);
  };
  const place = document.createElement('div');
  host.root.prepend(place);
  render(
    <PanelView context={{ chat, tray, origin, close: host.close, setLanguage }} position={host.settings.position} />,
    place,
  );
  const tell = tellLauncher(host, chat);
  chat.state.subscribe(tell);
  tell();
  return { show: chat.show, hide: chat.hide, setLanguage };
};
