import { createContext } from 'preact';
import { useContext, useLayoutEffect, useState } from 'preact/hooks';
import type { Chat, ChatState } from './chat.ts';
import type { FileTray } from './file-tray.ts';
import { fill } from './words.ts';

/** What every part of the panel can reach. */
export interface PanelContext {
  chat: Chat;
  tray: FileTray;
  /** Own server's origin: only from there are pictures shown. */
  origin: string;
  close(): void;
  setLanguage(language: 'ar' | 'en'): void;
}

export const PanelContextHolder = createContext<PanelContext | undefined>(undefined);

export function usePanel(): PanelContext {
  const found = useContext(PanelContextHolder);
  if (!found) throw new Error('A part of the chat panel stands outside of it.');
  return found;
}

/** Draws again whenever a state changes. */
export function useStateOf<T>(state: { get(): T; subscribe(listener: () => void): () => void }): T {
  const [value, setValue] = useState(state.get());
  useLayoutEffect(() => {
    setValue(state.get());
    return state.subscribe(() => setValue(state.get()));
  }, [state]);
  return value;
}

export const useChat = (): ChatState => useStateOf(usePanel().chat.state);

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The texts of the language in use. A text that the server does not have shows as nothing rather than as a key. */
export function useWords(): Say {
  const { texts } = useChat().config;
  return (key, values) => fill(texts[key] ?? '', values);
}
