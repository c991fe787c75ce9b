import { Button, SegmentedControl, UnstyledButton } from '@mantine/core';
import '@mantine/core/styles/FloatingIndicator.css';
import '@mantine/core/styles/SegmentedControl.css';
import { Globe, Lock, Reply, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/shapes.ts';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import type { Audience } from './audience.ts';
import type { Fit } from './fit.ts';
import { jumpTo } from './jump.ts';
import type { PersonalData } from './personal-data.ts';
import { mostPosts } from './public-length.ts';
import classes from './public-writing.module.css';

/** Who will read what is written, said over the box, with the switch between the two. */
export function AudienceLine({ audience: { visibility, choose } }: { audience: Audience }) {
  const { t } = useTranslation();
  useShortcuts({ audience: () => choose?.(visibility === 'public' ? 'private' : 'public') });
  if (!choose) return null;
  const isPublic = visibility === 'public';
  const Icon = isPublic ? Globe : Lock;
  return (
    <div className={classes.line} data-visibility={visibility}>
      <p className={classes.readers} role="status">
        <Icon size={15} aria-hidden />
        <span>
          <strong>{t(isPublic ? 'public.everybody' : 'public.onlyPerson')}</strong>
          {isPublic && <span className={classes.more}> {t('public.everybodyHint')}</span>}
        </span>
      </p>
      <SegmentedControl
        size="xs"
        radius="md"
        color={isPublic ? '#93370d' : 'green.7'}
        aria-label={t('public.audience')}
        value={visibility}
        onChange={choose}
        data={[
          { value: 'public', label: t('public.toAll') },
          { value: 'private', label: t('public.toPerson') },
        ]}
      />
    </div>
  );
}

/** The post that a public reply answers, and that no program may where that is so. */
export function Target({ post: { id, text, kind, answerable } }: { post: Message }) {
  const { t } = useTranslation();
  return (
    <div className={classes.target}>
      <p>
        <Reply size={13} className="turns-with-text" aria-hidden />
        <span>{t('public.answers')}</span>
        <UnstyledButton className={classes.post} onClick={() => jumpTo(id)} title={t('lines.show')}>
          <bdi>{text || t(kind === 'text' ? 'kinds.file' : `kinds.${kind}`)}</bdi>
        </UnstyledButton>
      </p>
      {answerable === false && <p className={classes.barred}>{t('public.notAnswerable')}</p>}
    </div>
  );
}

/** How much of a post a public text takes, how many it makes, or that it is too long for everybody. */
export function PostCount({ posts }: { posts: NonNullable<Fit['posts']> }) {
  const { t } = useTranslation();
  const { used, max, count } = posts;
  if (count > mostPosts) return <span className={classes.excess}>{t('public.tooLong', { most: mostPosts })}</span>;
  return (
    <span className={classes.count} data-several={count > 1 || undefined}>
      <bdi dir="ltr" aria-hidden>
        {used} / {max}
      </bdi>
      <span className={classes.unseen}>{t('public.used', { used, max })}</span>
      {count > 1 && <span>{t('public.posts', { count })}</span>}
    </span>
  );
}

/** Asks before words that look like personal data are read by everybody. What is safe has the focus. */
export function PersonalWarning(props: {
  kinds: readonly PersonalData[];
  onPrivately: () => void;
  onEdit: () => void;
  onAnyway: () => void;
}) {
  const { t, i18n } = useTranslation();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  const list = new Intl.ListFormat(i18n.language === 'en' ? 'en' : 'ar', { type: 'conjunction' });
  const kinds = list.format(props.kinds.map((kind) => t(`public.personal.kinds.${kind}`)));
  return (
    <section className={classes.warning} role="alertdialog" aria-label={t('public.personal.title', { kinds })}>
      <TriangleAlert size={18} aria-hidden />
      <div>
        <p>
          <strong>{t('public.personal.title', { kinds })}</strong>
          <span>{t('public.personal.why')}</span>
        </p>
        <span className={classes.ways}>
          <Button ref={safe} size="compact-md" onClick={props.onPrivately}>
            {t('public.personal.privately')}
          </Button>
          <Button size="compact-md" variant="default" onClick={props.onEdit}>
            {t('public.personal.edit')}
          </Button>
          <Button size="compact-md" variant="subtle" color="red" onClick={props.onAnyway}>
            {t('public.personal.anyway')}
          </Button>
        </span>
      </div>
    </section>
  );
}
