import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { FilePlus2, Link2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { isolate } from '../../ui/isolate.ts';
import { Ltr } from '../../ui/ltr.tsx';
import { errorText } from '../api/error-text.ts';
import { assignQuestions, dismissQuestions } from '../api/knowledge.ts';
import { useMay, useSession } from '../api/session.ts';
import type { Question, QuestionGroup } from '../api/shapes.ts';
import { useTimes } from '../time/format.ts';
import { draftFrom, keepDraft } from './article-drafts.ts';
import { Confidence } from './confidence.tsx';
import pages from './knowledge-pages.module.css';
import { PickArticle } from './pick-article.tsx';
import classes from './question-group-card.module.css';

function Facts({ group }: { group: QuestionGroup }) {
  const { t } = useTranslation();
  const times = useTimes();
  const [first, last] = [times.short(group.firstAt), times.short(group.lastAt)];
  return (
    <ul className={classes.facts}>
      <li>{t('knowledge.questionCount', { count: group.count })}</li>
      <li>{t('asked.people', { count: group.people })}</li>
      <li data-look={group.tickets > 0 ? 'tickets' : undefined}>
        {t('asked.becameTickets', { count: group.tickets })}
      </li>
      <li title={times.full(group.lastAt)}>
        {first === last ? last : t('asked.between', { first: isolate(first), last: isolate(last) })}
      </li>
    </ul>
  );
}

function One({ question: { text, conversationId, helped, ticketNumber, at } }: { question: Question }) {
  const { t } = useTranslation();
  const times = useTimes();
  const may = useMay();
  return (
    <li>
      <span dir="auto" className={classes.words}>
        {text}
      </span>
      <span className={pages.soft}>
        <time dateTime={at}>{times.short(at)}</time>
        {helped === 'no' && ` · ${t('asked.notHelped')}`}
        {ticketNumber && (
          <>
            {' · '}
            <Link to={`/tickets/${ticketNumber}`}>
              <Ltr>{ticketNumber}</Ltr>
            </Link>
          </>
        )}
        {may('conversations.read') && (
          <>
            {' · '}
            <Link to={`/conversations/${conversationId}`}>{t('asked.toConversation')}</Link>
          </>
        )}
      </span>
    </li>
  );
}

function Nearest({ nearest }: { nearest: QuestionGroup['nearest'] }) {
  const { t } = useTranslation();
  if (nearest.length === 0) return <p className={pages.soft}>{t('asked.nothingNear')}</p>;
  return (
    <div>
      <span className={pages.soft}>{t('asked.nearest')}</span>
      <ul className={classes.nearest}>
        {nearest.map(({ id, title, confidence }) => (
          <li key={id}>
            <Link to={`/knowledge/articles/${encodeURIComponent(id)}`} dir="auto">
              {title}
            </Link>
            <Confidence share={confidence} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What an editor does with a group: an article for it, the article that answers it, or nothing. */
function useDeciding({ group, onSaid }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { agent } = useSession();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const decide = async (work: () => Promise<void>, said: string): Promise<void> => {
    setBusy(true);
    setFailure(null);
    await work().then(
      () => onSaid(said),
      (error: unknown) => setFailure(errorText(t, error)),
    );
    setBusy(false);
  };
  const begin = (): void => {
    keepDraft(sessionStorage, agent.id, `new-${group.id}`, draftFrom(group.questions, group.questionIds));
    void navigate(`/knowledge/articles/new?from=${encodeURIComponent(group.id)}`);
  };
  return {
    isBusy,
    failure,
    begin,
    assign: (id: string, title: string) =>
      decide(() => assignQuestions(client, group.questionIds, id), t('asked.assigned', { title: isolate(title) })),
    dismiss: () => decide(() => dismissQuestions(client, group.questionIds), t('asked.dismissed')),
  };
}

interface Props {
  group: QuestionGroup;
  onSaid: (said: string) => void;
}

function Actions(props: Props) {
  const { t } = useTranslation();
  const { isBusy, failure, begin, assign, dismiss } = useDeciding(props);
  const [isPicking, setPicking] = useState(false);
  return (
    <>
      <div className={pages.actions}>
        <Button size="compact-sm" leftSection={<FilePlus2 size={14} aria-hidden />} disabled={isBusy} onClick={begin}>
          {t('asked.newArticle')}
        </Button>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Link2 size={14} aria-hidden />}
          disabled={isBusy}
          onClick={() => setPicking(true)}
        >
          {t('asked.belongsTo')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<X size={14} aria-hidden />}
          loading={isBusy}
          onClick={() => void dismiss()}
        >
          {t('asked.dismiss')}
        </Button>
      </div>
      {failure && (
        <p role="alert" className={pages.said} data-look="bad">
          {failure}
        </p>
      )}
      <PickArticle
        isOpen={isPicking}
        onClose={() => setPicking(false)}
        onPick={({ id, title }) => void assign(id, title)}
      />
    </>
  );
}

/** Similar questions without an answer that helped: how many, what the bank has that is near, and what to do. */
export function QuestionGroupCard(props: Props) {
  const { t } = useTranslation();
  const { group } = props;
  return (
    <li className={pages.card}>
      <h2 className={classes.text} dir="auto">
        {group.text}
      </h2>
      <Facts group={group} />
      <Nearest nearest={group.nearest} />
      <details className={classes.newest}>
        <summary>{t('asked.newest', { count: group.questions.length })}</summary>
        <ul>
          {group.questions.map((question) => (
            <One key={question.id} question={question} />
          ))}
        </ul>
      </details>
      {useMay()('knowledge.change') && <Actions {...props} />}
    </li>
  );
}
