import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { isolate } from '../../ui/isolate.ts';
import { LateLoader } from '../../ui/late.tsx';
import { errorText } from '../api/error-text.ts';
import { titleOf, useArticle, useArticleToEdit, useSuggestions } from '../api/knowledge.ts';
import { useMay } from '../api/session.ts';
import type { Article } from '../api/shapes.ts';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { ArticleForm } from './article-form.tsx';
import { ArticleRead } from './article-read.tsx';
import { EffectPanel } from './effect-panel.tsx';
import classes from './knowledge-pages.module.css';

const list = '/knowledge/articles';

function Head({ title, status }: { title: string; status?: Article['status'] }) {
  const { t } = useTranslation();
  usePageTitle(title);
  return (
    <>
      <Link to={list} className={classes.back}>
        <ArrowLeft size={15} className="turns-with-text" aria-hidden />
        {t('article.back')}
      </Link>
      <div className={classes.singleHead}>
        <h1 className={classes.title} dir="auto">
          {title}
        </h1>
        {status && (
          <span className={classes.pill} data-look={status === 'draft' ? 'off' : undefined}>
            {t(`knowledge.${status}`)}
          </span>
        )}
      </div>
    </>
  );
}

function Waiting({ id }: { id: string }) {
  const { t } = useTranslation();
  const count = useSuggestions(id).data?.pages[0]?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <p className={classes.said}>
      <Link to={`/knowledge/suggestions?articleId=${encodeURIComponent(id)}`}>{t('article.waiting', { count })}</Link>
    </p>
  );
}

/** One article: the form for those who may change it, else its words; and what became of its questions. */
export function ArticlePage() {
  const { t, i18n } = useTranslation();
  const { id = '' } = useParams();
  const [parameters] = useSearchParams();
  const may = useMay();
  const navigate = useNavigate();
  const query = useArticleToEdit(id);
  const shown = useArticle(id).data ?? query.data;
  if (query.isPending || (query.isFetching && !query.isFetchedAfterMount))
    return <LateLoader label={t('app.loading')} />;
  if (!query.data)
    return <Failure title={t('article.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  const unassigned = parameters.get('unassigned');
  return (
    <div className={classes.single}>
      <Head title={titleOf(shown ?? query.data, i18n.language)} status={shown?.status} />
      {unassigned && (
        <p role="alert" className={classes.said} data-look="bad">
          {t('article.notAssigned', { reason: unassigned })}
        </p>
      )}
      <Waiting id={id} />
      {may('knowledge.change') ? (
        <ArticleForm
          key={id}
          article={query.data}
          place={id}
          onSaved={() => undefined}
          onRemoved={() => void navigate(list)}
        />
      ) : (
        <ArticleRead article={query.data} />
      )}
      {may('questions.read') && <EffectPanel id={id} />}
    </div>
  );
}

/** A new article; what it begins with may lie ready under the name that the address gives (`from`). */
export function NewArticlePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const from = parameters.get('from');
  const place = from ? `new-${from}` : 'new';
  return (
    <div className={classes.single}>
      <Head title={t('article.new')} />
      <ArticleForm
        key={place}
        article={null}
        place={place}
        onSaved={({ article, assignFault }) => {
          const fault = assignFault ? `?unassigned=${encodeURIComponent(isolate(errorText(t, assignFault)))}` : '';
          void navigate(`${list}/${encodeURIComponent(article.id)}${fault}`, { replace: true });
        }}
        onRemoved={() => undefined}
      />
    </div>
  );
}
