import { Button, Checkbox } from '@mantine/core';
import { Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Empty } from '../../ui/empty.tsx';
import { isolate } from '../../ui/isolate.ts';
import { LateLoader } from '../../ui/late.tsx';
import { useArticleTitles, useSuggestions } from '../api/knowledge.ts';
import { useMay } from '../api/session.ts';
import type { Suggestion } from '../api/shapes.ts';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import classes from './knowledge-pages.module.css';
import { SuggestionRow } from './suggestion-row.tsx';
import own from './suggestions-page.module.css';
import { useDeciding } from './use-deciding.ts';

interface Props {
  shown: readonly Suggestion[];
  deciding: ReturnType<typeof useDeciding>;
}

/** Deciding on several at once. */
function Several({ shown, deciding }: Props) {
  const { t } = useTranslation();
  const { selected, select, isBusy, decide } = deciding;
  const chosen = shown.filter(({ id }) => selected.has(id));
  const isAll = chosen.length === shown.length;
  return (
    <div className={own.several}>
      <Checkbox
        label={t('proposed.selectAll')}
        checked={isAll}
        indeterminate={chosen.length > 0 && !isAll}
        onChange={() => select(isAll ? [] : shown.map(({ id }) => id))}
      />
      {chosen.length > 0 && (
        <>
          <span className={classes.soft}>{t('proposed.selected', { count: chosen.length })}</span>
          <Button size="compact-sm" loading={isBusy} onClick={() => void decide(chosen, { verdict: 'approve' })}>
            {t('proposed.approveSelected')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            onClick={() => void decide(chosen, { verdict: 'reject' })}
          >
            {t('proposed.rejectSelected')}
          </Button>
        </>
      )}
    </div>
  );
}

function Rows({ shown, deciding }: Props) {
  const { t, i18n } = useTranslation();
  const mayChange = useMay()('knowledge.change');
  const titles = useArticleTitles(
    shown.map(({ articleId }) => articleId),
    i18n.language,
  );
  return (
    <ul className={classes.cards} aria-label={t('proposed.list')}>
      {shown.map((one) => (
        <SuggestionRow
          key={one.id}
          suggestion={one}
          title={titles.get(one.articleId) ?? t('knowledge.someArticle')}
          deciding={mayChange ? deciding : null}
        />
      ))}
    </ul>
  );
}

function List({ articleId }: { articleId: string | null }) {
  const { t } = useTranslation();
  const mayChange = useMay()('knowledge.change');
  const query = useSuggestions(articleId);
  const deciding = useDeciding();
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data)
    return <Failure title={t('proposed.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  const shown = query.data.pages.flatMap(({ items }) => items);
  if (shown.length === 0) return <Empty icon={Sparkles} title={t('proposed.empty')} hint={t('proposed.emptyHint')} />;
  return (
    <>
      {deciding.failure && (
        <p role="alert" className={classes.said} data-look="bad">
          {deciding.failure}
        </p>
      )}
      {mayChange && <Several shown={shown} deciding={deciding} />}
      <Rows shown={shown} deciding={deciding} />
      {query.hasNextPage && (
        <Button variant="subtle" my="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('knowledge.more')}
        </Button>
      )}
    </>
  );
}

/** Ways of asking that use proposes as phrasings, of all articles or of one (`articleId` in the address). */
export function SuggestionsPage() {
  const { t, i18n } = useTranslation();
  const articleId = useSearchParams()[0].get('articleId');
  const titles = useArticleTitles(articleId ? [articleId] : [], i18n.language);
  usePageTitle(t('knowledge.suggestions'));
  return (
    <>
      <p className={classes.lead}>{t('proposed.lead')}</p>
      {articleId && (
        <p className={own.ofOne}>
          {t('proposed.ofOne', { title: isolate(titles.get(articleId) ?? '…') })}{' '}
          <Link to="/knowledge/suggestions">{t('proposed.showAll')}</Link>
        </p>
      )}
      <List key={articleId} articleId={articleId} />
    </>
  );
}
