import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isolate } from '../../ui/isolate.ts';
import { ownDirection } from '../../ui/own-direction.ts';
import { errorText } from '../api/error-text.ts';
import { addPhrasing, askBank, type BankAnswer } from '../api/knowledge.ts';
import { useMay, useSession } from '../api/session.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { draftFrom, keepDraft } from './article-drafts.ts';
import { askedLanguage } from './asked-language.ts';
import classes from './knowledge-pages.module.css';
import { PickArticle, type Picked } from './pick-article.tsx';
import own from './try-page.module.css';
import { TryResult } from './try-result.tsx';

interface Tried {
  text: string;
  answer: BankAnswer;
}

/** Asking, and what was asked last with its result. */
function useTrying() {
  const { t } = useTranslation();
  const [tried, setTried] = useState<Tried | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const ask = async (text: string): Promise<void> => {
    if (isBusy || !text.trim()) return;
    setBusy(true);
    setFailure(null);
    // What is said below is said of another question.
    if (tried?.text !== text.trim()) setTried(null);
    try {
      setTried({ text: text.trim(), answer: await askBank(text.trim()) });
    } catch (error) {
      setFailure(errorText(t, error));
    }
    setBusy(false);
  };
  return { tried, isBusy, failure, ask, fail: setFailure };
}

/** Making the tried question a phrasing of an article, or the beginning of a new one. */
function useBelonging(tried: Tried | null, fail: (failure: string | null) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { agent } = useSession();
  const [said, setSaid] = useState<string | null>(null);
  const question = tried && { text: tried.text, language: askedLanguage(tried.text, tried.answer.why) };
  const belongs = async ({ id, title }: Picked): Promise<void> => {
    if (!question) return;
    fail(null);
    try {
      const isNew = await addPhrasing(client, id, question);
      setSaid(t(isNew ? 'try.added' : 'try.known', { title: isolate(title) }));
    } catch (error) {
      fail(errorText(t, error));
    }
  };
  const begin = (): void => {
    if (!question) return;
    const name = crypto.randomUUID();
    keepDraft(sessionStorage, agent.id, `new-${name}`, draftFrom([question], []));
    void navigate(`/knowledge/articles/new?from=${name}`);
  };
  return { said, forget: () => setSaid(null), belongs, begin };
}

/** A box that asks the bank as a person would: what it would say, and why. */
export function TryPage() {
  const { t } = useTranslation();
  const mayChange = useMay()('knowledge.change');
  const [text, setText] = useState('');
  const [isPicking, setPicking] = useState(false);
  const { tried, isBusy, failure, ask, fail } = useTrying();
  const { said, forget, belongs, begin } = useBelonging(tried, fail);
  usePageTitle(t('knowledge.try'));
  const submit = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault();
    forget();
    void ask(text);
  };
  return (
    <div className={own.column}>
      <p className={classes.lead}>{t('try.lead')}</p>
      <form className={own.form} onSubmit={submit}>
        <Textarea
          className={own.box}
          label={t('try.question')}
          placeholder={t('try.placeholder')}
          attributes={ownDirection(text)}
          maxLength={2000}
          rows={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
          }}
        />
        <Button type="submit" loading={isBusy} disabled={!text.trim()}>
          {t(tried?.text === text.trim() ? 'try.again' : 'try.ask')}
        </Button>
      </form>
      <div role="status">{said && <p className={classes.said}>{said}</p>}</div>
      {failure && (
        <p role="alert" className={classes.said} data-look="bad">
          {failure}
        </p>
      )}
      {tried && (
        <TryResult
          answer={tried.answer}
          mayChange={mayChange}
          onBelongs={(picked) => void belongs(picked)}
          onElsewhere={() => setPicking(true)}
          onNew={begin}
        />
      )}
      <PickArticle isOpen={isPicking} onClose={() => setPicking(false)} onPick={(picked) => void belongs(picked)} />
    </div>
  );
}
