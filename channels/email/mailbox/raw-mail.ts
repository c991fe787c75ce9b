/** A mail as it came from the server. */
export interface RawMail {
  folder: string;
  uid: number;
  raw: Uint8Array;
  /** How large it is on the server. */
  bytes: number;
  /** True where only head and words were fetched since it is larger than `maxBytes`. */
  truncated: boolean;
  /** When it arrived in the folder (INTERNALDATE), ISO. */
  arrivedAt: string;
  /** Somebody had flagged it as answered before we saw it. */
  answered: boolean;
}
