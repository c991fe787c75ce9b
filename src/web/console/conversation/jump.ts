const idOf = (messageId: string): string => `message-${messageId}`;
const shownMs = 2_000;

/** What an element of a message carries so that it can be jumped to. */
export const anchor = (messageId: string) => ({ id: idOf(messageId), tabIndex: -1 });

/** Brings a message into sight and marks it for a moment. */
export function jumpTo(messageId: string): void {
  const element = document.getElementById(idOf(messageId));
  if (!element) return;
  element.scrollIntoView({ block: 'center' });
  element.focus({ preventScroll: true });
  element.dataset.found = 'true';
  setTimeout(() => delete element.dataset.found, shownMs);
}
