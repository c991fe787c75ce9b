import './styles.ts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Outlet, Route, Routes, useLocation } from 'react-router';
import { useMay } from '../api/session.ts';
import { ArticlePage, NewArticlePage } from './article-page.tsx';
import { ArticlesPage } from './articles-page.tsx';
import { BankSettingsPage } from './bank-settings-page.tsx';
import classes from './knowledge-pages.module.css';
import { QuestionsPage } from './questions-page.tsx';
import { SuggestionsPage } from './suggestions-page.tsx';
import { TryPage } from './try-page.tsx';

const sections = [
  { to: 'articles', needs: 'knowledge.read' },
  { to: 'try', needs: 'knowledge.read' },
  { to: 'questions', needs: 'questions.read' },
  { to: 'suggestions', needs: 'questions.read' },
  { to: 'settings', needs: 'settings.change' },
] as const;

/** On a phone not all sections are in sight: the open one is brought there. */
function useOpenInSight() {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    if (pathname) row.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [pathname]);
  return row;
}

function Sections() {
  const { t } = useTranslation();
  const may = useMay();
  const row = useOpenInSight();
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('knowledge.title')}</h1>
        <nav className={classes.sections} ref={row} aria-label={t('knowledge.sections')}>
          {sections
            .filter(({ needs }) => may(needs))
            .map(({ to }) => (
              <NavLink key={to} to={`/knowledge/${to}`} className={classes.section}>
                {t(`knowledge.${to}`)}
              </NavLink>
            ))}
        </nav>
      </header>
      <div className={classes.body}>
        <Outlet />
      </div>
    </div>
  );
}

/** The knowledge bank for editors: its articles, what people ask of it, and how it answers. */
export function KnowledgePages() {
  const may = useMay();
  return (
    <Routes>
      {may('knowledge.change') && <Route path="articles/new" element={<NewArticlePage />} />}
      <Route path="articles/:id" element={<ArticlePage />} />
      <Route element={<Sections />}>
        <Route path="articles" element={<ArticlesPage />} />
        <Route path="try" element={<TryPage />} />
        {may('questions.read') && <Route path="questions" element={<QuestionsPage />} />}
        {may('questions.read') && <Route path="suggestions" element={<SuggestionsPage />} />}
        {may('settings.change') && <Route path="settings" element={<BankSettingsPage />} />}
      </Route>
      <Route path="*" element={<Navigate to="/knowledge/articles" replace />} />
    </Routes>
  );
}
