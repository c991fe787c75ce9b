import type { InboxKind } from '../api/shapes.ts';

/** The address of a server, in the parts that people know it by. */
export interface ServerAddress {
  host: string;
  port: string;
  /** TLS from the first byte. */
  secure: boolean;
  user: string;
  password: string;
}

/** A secret setting such as `IMAP_URL` is the address of a server; the word before is its scheme. */
export const schemeOf = ({ name, secret }: Pick<InboxKind['fields'][number], 'name' | 'secret'>): string | null =>
  secret ? (/^([A-Z]+)_URL$/.exec(name)?.[1]?.toLowerCase() ?? null) : null;

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

/** The setting that an address makes, with every sign in it that would break it encoded; empty where no server is named. */
export function writeServer(scheme: string, { host, port, secure, user, password }: ServerAddress): string {
  if (!host.trim()) return '';
  const secret = password ? `:${encodeURIComponent(password)}` : '';
  const who = user.trim() || password ? `${encodeURIComponent(user.trim())}${secret}@` : '';
  return `${scheme}${secure ? 's' : ''}://${who}${bracketed(host.trim())}${port.trim() ? `:${port.trim()}` : ''}`;
}

/** The address in what the API shows of such a setting; the password is never among it. */
export function readServer(shown: string | undefined): ServerAddress {
  const parts = /^([a-z]+):\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(shown ?? '');
  const [, scheme = 's', user = '', host = '', port = ''] = parts ?? [];
  return { host, port, secure: scheme.endsWith('s'), user: decodeURIComponent(user), password: '' };
}
