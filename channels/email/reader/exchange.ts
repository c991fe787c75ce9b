import type { OwnMailbox, ReadMail } from '../mail.ts';
import type { ReaderLimits } from './limits.ts';

/** What the reader asks of its process: first the terms, then mails. */
export type Question =
  | { kind: 'terms'; spool: string; limits: ReaderLimits }
  | { kind: 'read'; id: number; raw: Uint8Array; own: OwnMailbox; now: number; headOnly: boolean };

/** What the process says: that it is ready, a mail read, or that this mail defeated it (the process goes on). */
export type Reply =
  | { kind: 'ready' }
  | { kind: 'mail'; id: number; mail: ReadMail }
  | { kind: 'failed'; id: number; why: string };
