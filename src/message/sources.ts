import { z } from 'zod';
import type { Collection } from '../store/port.ts';

export const source = z.object({
  /** The message's id. */
  id: z.string(),
  version: z.number().int(),
  /** The message as it came over the wire: gzip, base64; null where it is large and stands in the blob of `blobId`. */
  gzip: z.string().nullable(),
  blobId: z.string().nullable(),
  createdAt: z.string(),
  /** It is removed after this time. */
  expiresAt: z.string(),
});
/** A message as it came, kept for support for a time. */
export type Source = z.infer<typeof source>;

/** Removed by `sweepFiles`, together with their blobs. */
export const sources: Collection<Source> = {
  name: 'sources',
  schema: source,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
};
