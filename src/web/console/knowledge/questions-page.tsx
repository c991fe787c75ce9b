import { Button } from '@mantine/core';
import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { useQuestionGroups } from '../api/knowledge.ts';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import classes from './knowledge-pages.module.css';
import { QuestionGroupCard } from './question-group-card.tsx';

function Groups({ onSaid }: { onSaid: (said: string) => void }) {
  const { t } = useTranslation();
  const query = useQuestionGroups();
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data)
    return <Failure title={t('asked.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  const groups = query.data.pages.flatMap(({ items }) => items);
  if (groups.length === 0) return <Empty icon={CircleHelp} title={t('asked.empty')} hint={t('asked.emptyHint')} />;
  return (
    <>
      <ul className={classes.cards} aria-label={t('asked.list')}>
        {groups.map((group) => (
          <QuestionGroupCard key={group.id} group={group} onSaid={onSaid} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="subtle" my="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('knowledge.more')}
        </Button>
      )}
    </>
  );
}

/** What people asked without getting an answer that helped, similar questions together. */
export function QuestionsPage() {
  const { t } = useTranslation();
  const [said, setSaid] = useState<string | null>(null);
  usePageTitle(t('knowledge.questions'));
  return (
    <>
      <p className={classes.lead}>{t('asked.lead')}</p>
      <div role="status">{said && <p className={classes.said}>{said}</p>}</div>
      <Groups onSaid={setSaid} />
    </>
  );
}
