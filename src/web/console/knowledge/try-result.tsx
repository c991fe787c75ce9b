import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isolate } from '../../ui/isolate.ts';
import type { BankAnswer } from '../api/knowledge.ts';
import { Confidence } from './confidence.tsx';
import pages from './knowledge-pages.module.css';
import type { Picked } from './pick-article.tsx';
import classes from './try-page.module.css';
import { WhyLines } from './why-lines.tsx';

interface Props {
  answer: BankAnswer;
  mayChange: boolean;
  /** The question belongs to this article. */
  onBelongs: (picked: Picked) => void;
  /** It belongs to another one. */
  onElsewhere: () => void;
  /** There should be an article for it. */
  onNew: () => void;
}

function Nearest({ answer: { outcome, articles }, mayChange, onBelongs }: Props) {
  const { t } = useTranslation();
  if (articles.length === 0) return <p className={pages.soft}>{t('try.nothing')}</p>;
  return (
    <ol className={classes.nearest}>
      {articles.map(({ id, title, confidence, phrasing }, place) => (
        <li key={id}>
          <span className={classes.article}>
            <Link to={`/knowledge/articles/${encodeURIComponent(id)}`} dir="auto">
              {title}
            </Link>
            {phrasing && <span className={pages.soft}>{t('try.like', { phrasing: isolate(phrasing) })}</span>}
          </span>
          <Confidence share={confidence} />
          {mayChange && !(outcome === 'answer' && place === 0) && (
            <Button size="compact-sm" variant="default" onClick={() => onBelongs({ id, title })}>
              {t('try.belongsHere')}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

/** What the person would get: the answer, or what can be chosen from. */
function Seen({ answer: { outcome, articles, text } }: { answer: BankAnswer }) {
  const { t } = useTranslation();
  if (outcome === 'none') return null;
  return (
    <section className={classes.seen} aria-label={t(outcome === 'answer' ? 'try.seen' : 'try.offered')}>
      <span className={classes.small}>{t(outcome === 'answer' ? 'try.seen' : 'try.offered')}</span>
      {outcome === 'answer' ? (
        <p className={classes.bubble} dir="auto">
          {text}
        </p>
      ) : (
        <ul className={classes.offered}>
          {articles.map(({ id, title }) => (
            <li key={id} dir="auto">
              {title}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const looks = { answer: undefined, choose: 'busy', none: 'off' } as const;

/** What the bank would say to the question, how sure it is, and why. */
export function TryResult(props: Props) {
  const { t } = useTranslation();
  const { answer, mayChange, onElsewhere, onNew } = props;
  return (
    <section className={pages.card} aria-label={t('try.result')}>
      <span>
        <span className={classes.outcome} data-look={looks[answer.outcome]}>
          {t(`try.${answer.outcome}`)}
        </span>
      </span>
      <h2 className={classes.small}>{t('try.nearest')}</h2>
      <Nearest {...props} />
      {mayChange && (
        <div className={pages.actions}>
          <Button size="compact-sm" variant="light" onClick={onElsewhere}>
            {t('try.belongsElsewhere')}
          </Button>
          <Button size="compact-sm" variant="light" onClick={onNew}>
            {t('try.belongsNew')}
          </Button>
        </div>
      )}
      <Seen answer={answer} />
      <WhyLines why={answer.why} />
    </section>
  );
}
