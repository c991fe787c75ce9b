import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { readSaid, useSaid } from '../said.ts';

/** Why the medium does not take a message, as the server says it beside its sentence. */
export function refusalIn(error: unknown): string | null {
  if (!(error instanceof ApiError) || typeof error.details !== 'object' || error.details === null) return null;
  const { details } = error;
  return 'reason' in details && typeof details.reason === 'string' ? details.reason : null;
}

/** A sentence for the agent about what was refused: by its reason where that is known, else as the server says it. */
export function useRefusal(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  return (error) => {
    const reason = refusalIn(error);
    if (reason && i18n.exists(`failures.${reason}`)) return t(`failures.${reason as 'rejected'}`);
    return error instanceof ApiError && readSaid(error.message) ? said(error.message) : errorText(t, error);
  };
}
