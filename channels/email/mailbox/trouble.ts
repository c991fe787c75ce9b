import type { InboxState } from '../../../src/channel/channel.ts';
import type { MailServer } from '../settings.ts';
import { TokenError } from './access-token.ts';
import { ConnectionLost } from './connection.ts';

/** What is wrong, for people, and whether trying again soon can help. */
export interface Trouble {
  state: Extract<InboxState, 'reconnecting' | 'bad-credentials'>;
  reason: string;
  /** True where somebody has to change something first. */
  slow: boolean;
}

/** A folder that is to be read and does not exist. */
export class FolderMissing extends Error {
  constructor(folder: string, there: readonly string[]) {
    const list = there.slice(0, 40).map((name) => `"${name}"`);
    super(`The mailbox has no folder "${folder}"; there are: ${list.join(', ')}.`);
    this.name = 'FolderMissing';
  }
}

type Fault = Readonly<Record<string, unknown>>;

const certificate = (why: string) => (at: string) =>
  `The certificate of the mail server ${at} is not trusted (${why}); check the name of the server, or let its authority be trusted by NODE_EXTRA_CA_CERTS.`;
const timedOut = (at: string): string =>
  `The mail server ${at} does not answer; check the port and whether a firewall stands between.`;
const unknownName = (at: string): string =>
  `The name of the mail server ${at} is not found; check how it is written and the name service.`;
const noWay = (at: string): string => `There is no way to the mail server ${at}; check the network.`;
const dropped = (at: string, words = ''): string => `The mail server ${at} ended the connection${words}.`;
const wrongScheme = (at: string): string =>
  `The mail server ${at} does not speak TLS at this port; check the port, or use imap:// for STARTTLS.`;

const sentences: Readonly<Record<string, (at: string) => string>> = {
  ECONNREFUSED: (at) => `The mail server ${at} refuses the connection; check the address and port, and that it runs.`,
  CONNECT_TIMEOUT: timedOut,
  GREETING_TIMEOUT: timedOut,
  UPGRADE_TIMEOUT: timedOut,
  ETIMEDOUT: timedOut,
  ETIMEOUT: timedOut,
  ENOTFOUND: unknownName,
  EAI_AGAIN: unknownName,
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  ECONNRESET: dropped,
  EPIPE: dropped,
  NoConnection: dropped,
  EConnectionClosed: dropped,
  ClosedAfterConnectText: dropped,
  ClosedAfterConnectTLS: dropped,
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate('it is self-signed'),
  SELF_SIGNED_CERT_IN_CHAIN: certificate('its authority is unknown'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate('its authority is unknown'),
  UNABLE_TO_GET_ISSUER_CERT: certificate('its authority is unknown'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate('its authority is unknown'),
  CERT_HAS_EXPIRED: certificate('it has expired'),
  CERT_NOT_YET_VALID: certificate('it is not valid yet'),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate('it was made for another name'),
  ERR_SSL_WRONG_VERSION_NUMBER: wrongScheme,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: wrongScheme,
};

/** Response codes (RFC 5530) of a refused sign-in that say nothing against user and password. */
const passing = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN', 'ALERT']);

const faultOf = (error: unknown): Fault => (typeof error === 'object' && error !== null ? { ...error } : {});

/** What the server said, on one line, without the user's name. */
function said(text: unknown, user: string): string {
  const words = typeof text === 'string' ? text.replaceAll(/\s+/g, ' ').trim().slice(0, 200) : '';
  const shown = user ? words.replaceAll(user, '…') : words;
  return shown ? ` (it says: ${shown})` : '';
}

function explainRefusal(fault: Fault, server: MailServer): Trouble {
  const words = said(fault.response, server.user);
  if (passing.has(String(fault.serverResponseCode ?? '')))
    return { state: 'reconnecting', reason: `The mail server lets nobody in at the moment${words}.`, slow: false };
  const what = server.password ? 'user or password' : 'access token';
  return {
    state: 'bad-credentials',
    reason: `The mail server refuses the ${what}${words}; check them in the settings of this inbox.`,
    slow: true,
  };
}

const reconnecting = (reason: string, slow = false): Trouble => ({ state: 'reconnecting', reason, slow });

/** What the server or the protocol did, by what the error holds. */
function explainFault(error: unknown, server: MailServer, at: string): Trouble {
  const fault = faultOf(error);
  const message = error instanceof Error ? error.message : '';
  if (fault.authenticationFailed) return explainRefusal(fault, server);
  if (message.startsWith('Unsupported authentication')) {
    const what = server.password ? 'no password' : 'no access token';
    const reason = `The mail server ${at} takes ${what} here; check how it wants to be signed in to.`;
    return { state: 'bad-credentials', reason, slow: true };
  }
  if (message.includes('STARTTLS'))
    return reconnecting(
      `The mail server ${at} offers no encryption (STARTTLS) at this port; use imaps:// and its port (mostly 993).`,
      true,
    );
  const sentence = sentences[String(fault.code ?? '')];
  if (sentence === dropped) return reconnecting(dropped(at, said(fault.reason, server.user)));
  if (sentence) return reconnecting(sentence(at));
  return reconnecting(`Reading from the mail server ${at} failed${said(fault.responseText ?? message, server.user)}.`);
}

/** Turns whatever stopped a connection into a sentence that says what to look at. Holds no user name and no password. */
export function explainTrouble(error: unknown, server: MailServer): Trouble {
  const at = `${server.host}:${server.port}`;
  if (error instanceof ConnectionLost)
    return error.cause ? explainTrouble(error.cause, server) : reconnecting(dropped(at));
  if (error instanceof FolderMissing) return reconnecting(error.message, true);
  if (error instanceof TokenError)
    return { state: error.refused ? 'bad-credentials' : 'reconnecting', reason: error.message, slow: error.refused };
  return explainFault(error, server, at);
}
