import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Lightbulb } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../../knowledge/article.ts';
import { Ltr } from '../../ui/ltr.tsx';
import { ask } from '../api/client.ts';
import type { Decision } from '../api/shapes.ts';
import { addKnowledgeTexts } from '../texts/desk.ts';
import { useTimes } from '../time/format.ts';
import classes from './decision-note.module.css';
import { explain } from './explain.ts';
import { useReasonText } from './reason-text.ts';

/** Wanted by few and late: its parts and texts are loaded when the reasons are opened. */
const RightAnswer = lazy(async () => {
  const [{ RightAnswer }] = await Promise.all([import('../knowledge/right-answer.tsx'), addKnowledgeTexts()]);
  return { default: RightAnswer };
});

function ArticleTitle({ id }: { id: string }) {
  const { language } = useTranslation().i18n;
  const { data } = useQuery({
    queryKey: ['article', id],
    queryFn: ({ signal }) => ask<Article>(`/articles/${encodeURIComponent(id)}`, { signal }),
    staleTime: 5 * 60_000,
    retry: false,
  });
  const title = language === 'en' ? (data?.title.en ?? data?.title.ar) : (data?.title.ar ?? data?.title.en);
  return <q dir="auto">{title ?? id}</q>;
}

function Steps({ decision }: { decision: Decision }) {
  const { t } = useTranslation();
  const times = useTimes();
  const text = useReasonText();
  return (
    <>
      <ol className={classes.steps}>
        {decision.reasons.map(explain).map((one) => (
          <li key={one.written}>
            {text(one) ?? <Ltr>{one.written}</Ltr>}
            {one.articleIds.map((id) => (
              <span key={id}>
                {' '}
                <ArticleTitle id={id} />
              </span>
            ))}
          </li>
        ))}
        {decision.reasons.length === 0 && <li>{t('reasons.none')}</li>}
      </ol>
      <p className={classes.at}>{t('reasons.at', { time: times.full(decision.at) })}</p>
    </>
  );
}

/** "Why did the assistant say this?": the button that opens the steps, and the steps once they are open. */
export function useDecisionNote(decision: Decision | null, isSilent: boolean): { toggle: ReactNode; body: ReactNode } {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  if (!decision) return { toggle: null, body: null };
  const toggle = (
    <UnstyledButton
      className={classes.toggle}
      aria-expanded={isOpen}
      aria-controls={isOpen ? id : undefined}
      onClick={() => setOpen(!isOpen)}
    >
      <Lightbulb size={13} aria-hidden />
      {t(isSilent ? 'reasons.whySilent' : 'reasons.why')}
      <ChevronDown size={13} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
    </UnstyledButton>
  );
  const body = isOpen && (
    <section id={id} className={classes.note} aria-label={t('reasons.title')}>
      <Steps decision={decision} />
      <Suspense fallback={null}>
        <RightAnswer decision={decision} />
      </Suspense>
    </section>
  );
  return { toggle, body };
}
