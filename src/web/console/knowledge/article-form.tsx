import { Alert, Button } from '@mantine/core';
import { CircleAlert, History, Lightbulb } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import type { Article } from '../api/shapes.ts';
import { ArticleFacts } from './article-facts.tsx';
import classes from './article-form.module.css';
import { ChangedNotice } from './changed-notice.tsx';
import { LanguagePart } from './language-part.tsx';
import { RemoveArticle } from './remove-article.tsx';
import { type ArticleForm as Form, type SaveOutcome, useArticleForm } from './use-article-form.ts';

/** What stands above the form: what was brought back, what it is written for. */
function Notices({ form }: { form: Form }) {
  const { t } = useTranslation();
  return (
    <>
      <ChangedNotice form={form} />
      {form.isRestored && !form.isClean && (
        <Alert color="blue" variant="light" icon={<History aria-hidden />} p="sm">
          {t('article.restored')}{' '}
          <Button size="compact-xs" variant="default" onClick={form.discard}>
            {t('article.discard')}
          </Button>
        </Alert>
      )}
      {form.questionIds.length > 0 && (
        <Alert color="green" variant="light" icon={<Lightbulb aria-hidden />} p="sm">
          {t('article.fromQuestions')}
        </Alert>
      )}
    </>
  );
}

function Failed({ form }: { form: Form }) {
  const { t } = useTranslation();
  if (form.error === null) return null;
  const hasFaults = Object.keys(form.faults).length > 0;
  return (
    <Alert role="alert" color="red" variant="light" icon={<CircleAlert aria-hidden />} p="sm">
      {hasFaults ? t('article.faults') : errorText(t, form.error)}
    </Alert>
  );
}

interface Props {
  /** The article that is changed; null for a new one. */
  article: Article | null;
  /** Under which what is not saved is kept. */
  place: string;
  onSaved: (outcome: SaveOutcome) => void;
  onRemoved: () => void;
}

/** Writes an article or changes one. What is typed is kept in the tab until it is saved. */
export function ArticleForm({ article, place, onSaved, onRemoved }: Props) {
  const { t, i18n } = useTranslation();
  const form = useArticleForm(article, place);
  const [said, setSaid] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSaid(null);
    if (article && form.isClean && form.questionIds.length === 0) return setSaid(t('article.nothingToSave'));
    const outcome = await form.save();
    if (!outcome) return;
    setSaid(t(outcome.article.status === 'published' ? 'article.saved' : 'article.savedDraft'));
    onSaved(outcome);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <Notices form={form} />
      <div className={classes.parts}>
        {(i18n.language === 'en' ? (['en', 'ar'] as const) : (['ar', 'en'] as const)).map((language, place) => (
          <LanguagePart key={language} form={form} language={language} isFirst={place === 0} />
        ))}
      </div>
      <ArticleFacts form={form} />
      <Failed form={form} />
      <div className={classes.foot}>
        <Button type="submit" loading={form.isBusy}>
          {t('article.save')}
        </Button>
        <span className={classes.said} role="status">
          {form.isClean ? said : t('article.unsaved')}
        </span>
        {article && <RemoveArticle id={article.id} onDone={onRemoved} />}
      </div>
    </form>
  );
}
