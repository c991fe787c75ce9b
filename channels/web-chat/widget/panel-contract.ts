import type { Language } from './protocol.ts';
import type { Settings } from './settings.ts';

/** What the launcher gives the lazily loaded panel. */
export interface PanelHost {
  root: ShadowRoot;
  settings: Settings;
  nonce: string;
  /** The panel wants to be closed (its button, or Escape). */
  close(): void;
  /** How many messages wait unread, and how to say so. */
  tellUnread(count: number, label: string): void;
  /** The words of the launcher in the language that the visitor uses now. */
  tellWords(language: Language, words: { open: string; close: string }): void;
}

/** The chat panel, made once and then shown and hidden. */
export interface Panel {
  show(): void;
  hide(): void;
  setLanguage(language: Language): void;
}

/** What the panel's file exports as `createPanel`. Rejects where the server gives no configuration. */
export type CreatePanel = (host: PanelHost) => Promise<Panel>;
