import { Button, NativeSelect } from '@mantine/core';
import { BookOpen, Plus, SearchX } from 'lucide-react';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { Ltr } from '../../ui/ltr.tsx';
import { type ArticleFilters, titleOf, useArticles, useBankEffect } from '../api/knowledge.ts';
import { useDepartments, useNames, useServices } from '../api/organisation.ts';
import { useMay } from '../api/session.ts';
import type { Article } from '../api/shapes.ts';
import { stepRow } from '../conversations/step-row.ts';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import { SearchBox } from '../search-box.tsx';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import classes from './articles-page.module.css';
import pages from './knowledge-pages.module.css';
import { useArticleFilters } from './use-article-filters.ts';

interface FilterProps {
  filters: ArticleFilters;
  onChange: (change: Partial<ArticleFilters>) => void;
}

function Selects({ filters, onChange }: FilterProps) {
  const { t } = useTranslation();
  const names = useNames();
  const [services, departments] = [useServices() ?? [], useDepartments() ?? []];
  const choose = (field: keyof ArticleFilters) => (event: { currentTarget: { value: string } }) =>
    onChange({ [field]: event.currentTarget.value });
  return (
    <>
      <NativeSelect
        aria-label={t('articles.status')}
        value={filters.status}
        onChange={choose('status')}
        data={[
          { value: '', label: t('articles.allStatuses') },
          ...(['published', 'draft'] as const).map((value) => ({ value, label: t(`knowledge.${value}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('articles.service')}
        value={filters.service}
        onChange={choose('service')}
        data={[
          { value: '', label: t('articles.allServices') },
          ...services.map(({ id }) => ({ value: id, label: names.service(id) ?? id })),
        ]}
      />
      <NativeSelect
        aria-label={t('article.department')}
        value={filters.departmentId}
        onChange={choose('departmentId')}
        data={[
          { value: '', label: t('articles.allDepartments') },
          ...departments.map(({ id }) => ({ value: id, label: names.department(id) ?? id })),
        ]}
      />
    </>
  );
}

/** What became of the questions of an article lately. */
function Lately({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useBankEffect();
  const found = data?.get(id);
  const rate = found?.helpRate ?? null;
  return (
    <>
      <td className={classes.number} data-label={t('articles.asked')}>
        {data && <Ltr>{found?.asked ?? 0}</Ltr>}
      </td>
      <td className={classes.number} data-label={t('articles.helpRate')}>
        {data && (rate === null ? <span title={t('articles.noRate')}>–</span> : <Ltr>{Math.round(rate * 100)}%</Ltr>)}
      </td>
      <td className={classes.number} data-label={t('articles.tickets')}>
        {data && <Ltr>{found?.tickets ?? 0}</Ltr>}
      </td>
    </>
  );
}

function Row({ article, showsLately }: { article: Article; showsLately: boolean }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const { id, status, phrasings, service, outside } = article;
  const counts = { ar: phrasings.ar?.length ?? 0, en: phrasings.en?.length ?? 0 };
  return (
    <tr>
      <th scope="row" className={classes.name}>
        <Link to={`/knowledge/articles/${encodeURIComponent(id)}`} dir="auto" data-row>
          {titleOf(article, i18n.language)}
        </Link>
        {outside && <span className={classes.outside}>{t('articles.outside')}</span>}
      </th>
      <td className={classes.status}>
        <span className={pages.pill} data-look={status === 'draft' ? 'off' : undefined}>
          {t(`knowledge.${status}`)}
        </span>
      </td>
      <td className={classes.phrasings} title={t('articles.phrasingsOf', counts)}>
        {t('articles.inArabic')} <Ltr>{counts.ar}</Ltr> · {t('articles.inEnglish')} <Ltr>{counts.en}</Ltr>
      </td>
      <td className={classes.service}>{service ? names.service(service) : t('articles.noService')}</td>
      {showsLately && <Lately id={id} />}
    </tr>
  );
}

const columns = ['name', 'status', 'phrasings', 'service'] as const;
const lately = ['asked', 'helpRate', 'tickets'] as const;

function Table({ rows }: { rows: readonly Article[] }) {
  const { t } = useTranslation();
  const showsLately = useMay()('questions.read');
  return (
    <table className={classes.table} aria-label={t('articles.list')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" rowSpan={showsLately ? 2 : 1}>
              {t(`articles.${column}`)}
            </th>
          ))}
          {showsLately && (
            <th className={classes.lately} scope="colgroup" colSpan={lately.length}>
              {t('articles.lately')}
            </th>
          )}
        </tr>
        {showsLately && (
          <tr>
            {lately.map((column) => (
              <th key={column} scope="col">
                {t(`articles.${column}`)}
              </th>
            ))}
          </tr>
        )}
      </thead>
      <tbody>
        {rows.map((article) => (
          <Row key={article.id} article={article} showsLately={showsLately} />
        ))}
      </tbody>
    </table>
  );
}

const none: ArticleFilters = { q: '', status: '', service: '', departmentId: '' };

function List({ filters, onChange }: FilterProps) {
  const { t } = useTranslation();
  const query = useArticles(filters);
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data)
    return <Failure title={t('articles.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0 && Object.values(filters).some(Boolean)) {
    return (
      <Empty icon={SearchX} title={t('articles.emptyFiltered')} hint={t('articles.emptyFilteredHint')}>
        <Button variant="light" mt="xs" onClick={() => onChange(none)}>
          {t('articles.clear')}
        </Button>
      </Empty>
    );
  }
  if (rows.length === 0) return <Empty icon={BookOpen} title={t('articles.empty')} hint={t('articles.emptyHint')} />;
  return (
    <>
      <Table rows={rows} />
      {query.hasNextPage && (
        <Button variant="subtle" my="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('knowledge.more')}
        </Button>
      )}
    </>
  );
}

/** The articles of the bank, found by words and facts, with how each did lately. */
export function ArticlesPage() {
  const { t } = useTranslation();
  const mayChange = useMay()('knowledge.change');
  const [filters, change] = useArticleFilters();
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const search = useCallback((q: string) => change({ q }), [change]);
  usePageTitle(t('knowledge.title'));
  useShortcuts({
    search: () => box.current?.focus(),
    next: () => stepRow(list.current, 1),
    previous: () => stepRow(list.current, -1),
  });
  return (
    <>
      <div className={classes.tools}>
        <search className={classes.filters} aria-label={t('articles.filters')}>
          <SearchBox
            box={box}
            className={classes.search}
            words={filters.q}
            label={t('articles.searchLabel')}
            placeholder={t('articles.search')}
            onSearch={search}
          />
          <Selects filters={filters} onChange={change} />
        </search>
        {mayChange && (
          <Button component={Link} to="/knowledge/articles/new" leftSection={<Plus size={16} aria-hidden />}>
            {t('articles.new')}
          </Button>
        )}
      </div>
      <div ref={list}>
        <List filters={filters} onChange={change} />
      </div>
    </>
  );
}
