import { StoreError } from '../store/port.ts';

/** Why something failed, for people to read: what the store says names places of this machine, and is for the log alone. */
export function reasonOf(error: unknown): string {
  if (error instanceof StoreError) return 'It could not be stored.';
  return error instanceof Error ? error.message : 'It failed without a reason.';
}
