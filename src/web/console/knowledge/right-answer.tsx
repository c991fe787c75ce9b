import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { correctQuestion, titleOf, useArticle, useQuestionsOf } from '../api/knowledge.ts';
import { useMay } from '../api/session.ts';
import type { Decision, Question } from '../api/shapes.ts';
import { PickArticle } from './pick-article.tsx';
import classes from './right-answer.module.css';

function Told({ articleId }: { articleId: string }) {
  const { t, i18n } = useTranslation();
  const { data } = useArticle(articleId);
  return (
    <p className={classes.told}>
      {t('right.told')} <q dir="auto">{data ? titleOf(data, i18n.language) : articleId}</q>
    </p>
  );
}

function Saying({ question }: { question: Question }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isPicking, setPicking] = useState(false);
  const [isDone, setDone] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const correct = async (articleId: string): Promise<void> => {
    setFailure(null);
    await correctQuestion(client, question.id, articleId).then(
      () => setDone(true),
      (error: unknown) => setFailure(errorText(t, error)),
    );
  };
  return (
    <div className={classes.right}>
      {question.assignedTo && <Told articleId={question.assignedTo} />}
      <div role="status">{isDone && <p className={classes.told}>{t('right.thanks')}</p>}</div>
      <Button size="compact-xs" variant="light" onClick={() => setPicking(true)}>
        {t(question.said ? 'right.say' : 'right.sayNone')}
      </Button>
      {failure && (
        <p role="alert" className={classes.failure}>
          {failure}
        </p>
      )}
      <PickArticle isOpen={isPicking} onClose={() => setPicking(false)} onPick={({ id }) => void correct(id)} />
    </div>
  );
}

/** Where the bank was asked in a decision: for agents to say which article was the right answer. */
export function RightAnswer({ decision: { id, conversationId } }: { decision: Decision }) {
  const may = useMay();
  const mayCorrect = may('conversations.work') && may('questions.read');
  const { data: asked = [] } = useQuestionsOf(conversationId, mayCorrect);
  // A question is named after the decision in which the bank was asked.
  const question = asked.find((one) => one.id.startsWith(`${id}:`));
  return question ? <Saying question={question} /> : null;
}
