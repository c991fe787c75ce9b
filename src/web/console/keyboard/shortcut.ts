/** What a press can mean. Letters are told by their place on the keyboard, so they work in the Arabic layout too. */
export type Shortcut = 'next' | 'previous' | 'search' | 'answer' | 'attach' | 'audience' | 'take' | 'help' | 'leave';

const byCode: Readonly<Record<string, Shortcut>> = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyR: 'answer',
  KeyF: 'attach',
  KeyP: 'audience',
  KeyT: 'take',
};

export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The question mark of either layout; the place of the key differs between keyboards. */
const isHelp = ({ key }: Press): boolean => key === '?' || key === '؟';
const isSearch = ({ key, code, shiftKey }: Press): boolean => key === '/' || (code === 'Slash' && !shiftKey);

/** The shortcut of a press, or null. While writing, only leaving is one. */
export function shortcutOf(press: Press, isWriting: boolean): Shortcut | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === 'Escape') return 'leave';
  if (isWriting) return null;
  if (isHelp(press)) return 'help';
  if (isSearch(press)) return 'search';
  return press.shiftKey ? null : (byCode[press.code] ?? null);
}
