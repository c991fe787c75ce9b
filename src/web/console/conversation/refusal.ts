import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';

/** Why the medium does not take a message, as the server says it beside its sentence. */
export function refusalIn(error: unknown): string | null {
  if (!(error instanceof ApiError) || typeof error.details !== 'object' || error.details === null) return null;
  const { details } = error;
  return 'reason' in details && typeof details.reason === 'string' ? details.reason : null;
}

/** A sentence for the agent about a message that was refused: by its reason where that is known. */
export function useRefusal(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    const reason = refusalIn(error);
    return reason && i18n.exists(`failures.${reason}`) ? t(`failures.${reason as 'rejected'}`) : errorText(t, error);
  };
}
