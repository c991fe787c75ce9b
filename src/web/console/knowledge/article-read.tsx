import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../api/shapes.ts';
import classes from './article-form.module.css';

const BodyPreview = lazy(() => import('./body-preview.tsx').then(({ BodyPreview }) => ({ default: BodyPreview })));

function Part({ article: { title, body, phrasings }, language }: { article: Article; language: 'ar' | 'en' }) {
  const { t } = useTranslation();
  const answer = body[language];
  const lines = phrasings[language] ?? [];
  if (!answer && lines.length === 0) return null;
  return (
    <section
      className={classes.part}
      aria-labelledby={`part-${language}`}
      lang={language}
      dir={language === 'ar' ? 'rtl' : 'ltr'}
    >
      <h2 className={classes.partTitle} id={`part-${language}`} dir="auto">
        {title[language] ?? t(`article.${language}`)}
      </h2>
      <Suspense fallback={null}>{answer && <BodyPreview body={answer} />}</Suspense>
      {lines.length > 0 && (
        <ul className={classes.read} aria-label={t('article.phrasings')}>
          {lines.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** An article for those who may not change it. */
export function ArticleRead({ article }: { article: Article }) {
  const { t } = useTranslation();
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t('article.readOnly')}</p>
      <div className={classes.parts}>
        <Part article={article} language="ar" />
        <Part article={article} language="en" />
      </div>
    </div>
  );
}
