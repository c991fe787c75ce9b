/**
 * Why an inbox is not well, as sentences that people read; the console translates them by their beginnings. One that ends
 * with a colon is followed by what the machine said.
 */
export const reasons = {
  scan: 'The account is not linked: scan the QR code with WhatsApp on the phone.',
  enterCode: 'The account is not linked: enter the pairing code in WhatsApp on the phone.',
  loggedOut: 'The account was unlinked on the phone: link it again.',
  refused: 'WhatsApp refused the stored session: link the account again.',
  starting: 'WhatsApp Web is being opened in the browser.',
  loading: 'The account is linked; its chats are being loaded.',
  noBrowser: 'No browser can be started on this machine; set CHROMIUM_PATH to one:',
  noLibrary: 'The library for WhatsApp Web is not installed; run npm install.',
  profileInUse: 'Another process uses the browser profile of this account; end it.',
  openFailed: 'WhatsApp Web could not be opened; it is tried again.',
  openLate: 'WhatsApp Web did not open within two minutes; it is tried again.',
  readyLate: 'The account is linked, but its chats did not load within two minutes; it is tried again.',
  qrIdle: 'WhatsApp gave no new QR code; the page is opened again.',
  browserGone: 'The browser ended unexpectedly; it is started again.',
  pageCrashed: 'The page of WhatsApp Web crashed; it is opened again.',
  pageClosed: 'The page of WhatsApp Web was closed; it is opened again.',
  frameGone: 'The page of WhatsApp Web was replaced while in use; it is opened again.',
  notAnswering: 'The page of WhatsApp Web does not answer; it is opened again.',
  offline: 'WhatsApp Web has no connection to WhatsApp at the moment; it goes on trying.',
  conflict: 'The account is open in another WhatsApp Web; it is opened here again.',
  banned: 'WhatsApp has blocked this account or asks for its terms to be accepted; look at the phone.',
  outdated: 'WhatsApp Web refuses this version of its page; it is opened again.',
  disconnected: 'WhatsApp ended the connection; it is opened again.',
  dailyRestart: 'The browser is started afresh, as every day.',
  elsewhere:
    'The account is linked, but its session is not on this machine: let all machines share DATA_DIR, or link it here with WhatsApp on the phone.',
} as const;

export type Reason = keyof typeof reasons;

/** Of the library's reasons for a disconnection, those that a person should hear in their own words. */
const disconnections: Readonly<Record<string, Reason>> = {
  LOGOUT: 'loggedOut',
  UNPAIRED: 'loggedOut',
  UNPAIRED_IDLE: 'qrIdle',
  CONFLICT: 'conflict',
  UNLAUNCHED: 'disconnected',
  DEPRECATED_VERSION: 'outdated',
  TOS_BLOCK: 'banned',
  SMB_TOS_BLOCK: 'banned',
  PROXYBLOCK: 'banned',
  'Max qrcode retries reached': 'qrIdle',
};

/** What a disconnection means, by the library's word for it. */
export const reasonOfDisconnection = (said: unknown): Reason => disconnections[String(said)] ?? 'disconnected';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The page, its frame or the browser went away under a call: only another page helps. */
export const isPageGone = (error: unknown): boolean =>
  /detached|Target closed|Session closed|Connection closed|Execution context was destroyed|Protocol error|Page\.|has been closed|Navigating frame/i.test(
    messageOf(error),
  );

/** Why opening failed. The library rejects with errors and with plain text. */
export function reasonOfFailure(error: unknown): Reason {
  const said = messageOf(error);
  if (/already running|Failed to create .*Singleton|ProcessSingleton|Code: 21/i.test(said)) return 'profileInUse';
  if (/not found at the configured executablePath|Failed to launch the browser|spawn .* E\w+/i.test(said))
    return 'noBrowser';
  return isPageGone(error) ? 'browserGone' : 'openFailed';
}
