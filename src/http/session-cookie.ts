import { parseCookie, stringifySetCookie } from 'cookie';
import { sessionMs } from '../agent/session.ts';

export const sessionCookie = 'wasl_session';

/** The session token in a `Cookie` header, or null. */
export const sessionTokenIn = (header: string | undefined): string | null =>
  (header && parseCookie(header)[sessionCookie]) || null;

const write = (value: string, maxAge: number, publicUrl: string): string =>
  stringifySetCookie(sessionCookie, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/',
    maxAge,
  });

/** The `Set-Cookie` value that keeps a session for its length; the browser's copy outlives no session by much. */
export const keepSession = (token: string, publicUrl: string): string => write(token, sessionMs / 1000, publicUrl);

export const dropSession = (publicUrl: string): string => write('', 0, publicUrl);
