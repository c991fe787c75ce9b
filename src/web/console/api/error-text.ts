import type { TFunction } from 'i18next';
import { ApiError } from './client.ts';

const keys = {
  offline: 'errors.offline',
  unavailable: 'errors.unavailable',
  forbidden: 'errors.forbidden',
  'not-found': 'errors.notFound',
  gone: 'errors.notFound',
  conflict: 'errors.conflict',
  'not-allowed': 'errors.notAllowed',
  'rate-limited': 'errors.rateLimited',
  'too-large': 'errors.tooLarge',
  invalid: 'errors.invalid',
  unauthorized: 'errors.unauthorized',
  failed: 'errors.failed',
} as const;

const errorIdIn = (details: unknown): string | null =>
  typeof details === 'object' && details !== null && 'errorId' in details && typeof details.errorId === 'string'
    ? details.errorId
    : null;

/** A sentence for the agent about what went wrong, in their language. */
export function errorText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('errors.failed');
  const id = errorIdIn(error.details);
  return error.code === 'failed' && id ? t('errors.failedWith', { id }) : t(keys[error.code] ?? 'errors.failed');
}
