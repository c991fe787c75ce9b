import { Globe, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Conversation } from '../api/shapes.ts';
import classes from './ties.module.css';

/** The way between a public conversation and the private one with the same person. */
export function Ties({ conversation: { cameFrom, privateConversationId } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const to = cameFrom ?? privateConversationId;
  if (!to) return null;
  const Icon = cameFrom ? Globe : Lock;
  return (
    <p className={classes.ties}>
      <Icon size={14} aria-hidden />
      <span>{t(cameFrom ? 'public.cameFrom' : 'public.hasPrivate')}</span>
      <Link to={`/conversations/${to}${search}`}>{t(cameFrom ? 'public.toPublic' : 'public.toPrivate')}</Link>
    </p>
  );
}
