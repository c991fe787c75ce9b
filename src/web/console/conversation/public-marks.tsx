import { Bot, ExternalLink, Globe, Hand } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import type { Message } from '../api/shapes.ts';
import { useChannelName } from '../channels.tsx';
import { useSaid } from '../said.ts';
import type { ReasonKey } from './explain.ts';
import { postsOf, siteOf } from './post-facts.ts';
import classes from './public-marks.module.css';

/** The posts that a post speaks of, as they read. */
export function QuotedPosts({ message }: { message: Message }) {
  const { t } = useTranslation();
  return postsOf(message).map((words) => (
    <blockquote key={words} className={classes.post}>
      <span className={classes.label}>{t('public.quotedPost')}</span>
      <span className={classes.words} dir="auto">
        {words}
      </span>
    </blockquote>
  ));
}

/** Why a message that is no letter is taken for automatic. */
export function AutomaticMark({ message: { automated, automatedWhy } }: { message: Message }) {
  const { t } = useTranslation();
  const said = useSaid();
  if (automated === 'none') return null;
  return (
    <p className={classes.mark}>
      <Bot size={13} aria-hidden />
      <span dir="auto">{automatedWhy ? said(automatedWhy) : t(`letter.automated.${automated}`)}</span>
    </p>
  );
}

/** Why nobody need look at a post. */
export function ScreenedMark({ reason }: { reason: ReasonKey }) {
  const { t } = useTranslation();
  return (
    <p className={classes.mark}>
      <Bot size={13} aria-hidden /> {t(`reasons.${reason as 'postIdle'}`)}
    </p>
  );
}

/** Where a post can be looked at, and that no program may answer it where that is so. */
export function PostMarks({ message: { link, answerable, direction, automated } }: { message: Message }) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const site = siteOf(link);
  const isBarred = answerable === false && direction === 'inbound' && automated === 'none';
  return (
    <>
      {isBarred && (
        <p className={classes.mark} data-barred>
          <Hand size={13} aria-hidden /> {t('public.notAnswerable')}
        </p>
      )}
      {site && (
        <a className={classes.link} href={link} target="_blank" rel="noreferrer noopener">
          <Globe size={13} aria-hidden />
          {t('public.openAt', { name: isolate(channelName(site)) })}
          <ExternalLink size={12} aria-hidden />
        </a>
      )}
    </>
  );
}
