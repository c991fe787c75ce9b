import { Textarea, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './article-form.module.css';
import { useFaultText } from './fault-text.ts';
import { PhrasingList } from './phrasing-list.tsx';
import type { ArticleForm } from './use-article-form.ts';

const BodyPreview = lazy(() => import('./body-preview.tsx').then(({ BodyPreview }) => ({ default: BodyPreview })));

const fields = {
  ar: { title: 'titleAr', body: 'bodyAr', phrasings: 'phrasingsAr' },
  en: { title: 'titleEn', body: 'bodyEn', phrasings: 'phrasingsEn' },
} as const;

function Preview({ body }: { body: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.preview}>
      <span className={classes.previewTitle}>{t('article.preview')}</span>
      {body.trim() ? (
        <Suspense fallback={null}>
          <BodyPreview body={body} />
        </Suspense>
      ) : (
        <p className={classes.hint}>{t('article.previewEmpty')}</p>
      )}
    </div>
  );
}

interface Props {
  form: ArticleForm;
  language: 'ar' | 'en';
  /** The first of the two says what must stand in either. */
  isFirst: boolean;
}

/** What the server or the form finds wrong with each part of a language. */
function usePartFaults({ form: { faults, typed, isTried }, language, isFirst }: Props) {
  const { t } = useTranslation();
  const say = useFaultText();
  const missing = (isSaid: string, key: 'titleMissing' | 'bodyMissing') =>
    isTried && isFirst && !isSaid.trim() ? t(`article.${key}`) : undefined;
  const ofLines = Object.entries(faults).find(([path]) => path.startsWith(`phrasings.${language}`))?.[1];
  return {
    title: missing(typed.titleAr + typed.titleEn, 'titleMissing') ?? say(faults[`title.${language}`]),
    body: missing(typed.bodyAr + typed.bodyEn, 'bodyMissing') ?? say(faults[`body.${language}`]),
    phrasings: say(ofLines),
  };
}

/** Title, answer and phrasings of an article in one language. */
export function LanguagePart(props: Props) {
  const { form, language } = props;
  const { t } = useTranslation();
  const names = fields[language];
  const faults = usePartFaults(props);
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  const { typed, change } = form;
  return (
    <section className={classes.part} aria-labelledby={`part-${language}`}>
      <h2 className={classes.partTitle} id={`part-${language}`}>
        {t(`article.${language}`)}
      </h2>
      <TextInput
        label={t('article.titleLabel')}
        description={t('article.titleHint')}
        attributes={{ input: { dir: direction } }}
        lang={language}
        maxLength={300}
        value={typed[names.title]}
        onChange={(event) => change({ [names.title]: event.currentTarget.value })}
        error={faults.title}
      />
      <Textarea
        label={t('article.bodyLabel')}
        description={t('article.bodyHint')}
        attributes={{ input: { dir: direction } }}
        lang={language}
        rows={7}
        value={typed[names.body]}
        onChange={(event) => change({ [names.body]: event.currentTarget.value })}
        error={faults.body}
      />
      <Preview body={typed[names.body]} />
      <PhrasingList
        lines={typed[names.phrasings]}
        language={language}
        error={faults.phrasings}
        onChange={(lines) => change({ [names.phrasings]: lines })}
      />
    </section>
  );
}
