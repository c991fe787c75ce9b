import { Globe } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../api/shapes.ts';
import classes from './public-sign.module.css';

/** Says of a conversation that everybody reads it; nothing of a private one. */
export function PublicSign({ conversation: { visibility } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  if (visibility !== 'public') return null;
  return (
    <span className={classes.sign} title={t('public.badgeHint')}>
      <Globe size={12} aria-hidden />
      {t('public.badge')}
    </span>
  );
}
