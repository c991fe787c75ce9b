import { useTranslation } from 'react-i18next';
import { LateLoader } from '../../ui/late.tsx';
import { Ltr } from '../../ui/ltr.tsx';
import { type ArticleEffect, useArticleEffect } from '../api/knowledge.ts';
import type { Pace, WeekEffect } from '../api/shapes.ts';
import { Failure } from '../shell/failure.tsx';
import { formatTime, useTimes } from '../time/format.ts';
import classes from './effect-panel.module.css';

const measures = ['asked', 'helped', 'notHelped', 'tickets'] as const;
type Measure = (typeof measures)[number];

const barWidth = 14;
const step = 18;
const height = 40;

/** The bars of one measure, a week each; all measures share one scale, so that their heights compare. */
function Bars({ weeks, measure, most }: { weeks: readonly WeekEffect[]; measure: Measure; most: number }) {
  const { t } = useTranslation();
  const total = weeks.reduce((sum, week) => sum + week[measure], 0);
  const last = weeks.at(-1)?.[measure] ?? 0;
  const name = t(`effect.${measure}`);
  return (
    <figure className={classes.measure} data-measure={measure}>
      <figcaption>
        {name} <Ltr>{total}</Ltr>
      </figcaption>
      <svg
        className="turns-with-text"
        viewBox={`0 0 ${weeks.length * step} ${height + 2}`}
        role="img"
        aria-label={t('effect.chart', { name, total, last })}
      >
        {weeks.map(({ week, [measure]: count }, place) => {
          const tall = Math.max(count === 0 ? 1 : 3, Math.round((count / most) * height));
          return <rect key={week} x={place * step} y={height + 1 - tall} width={barWidth} height={tall} rx={2} />;
        })}
      </svg>
    </figure>
  );
}

/** A calendar day of the organisation as the API names it, in words. */
const dayIn = (language: string, day: string): string =>
  formatTime({ language, timeZone: 'UTC' }, 'day', `${day}T00:00:00.000Z`);

function Numbers({ weeks }: { weeks: readonly WeekEffect[] }) {
  const { t, i18n } = useTranslation();
  return (
    <details className={classes.numbers}>
      <summary>{t('effect.table')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('effect.week')}</th>
            {measures.map((measure) => (
              <th key={measure} scope="col">
                {t(`effect.${measure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.week}>
              <th scope="row">{t('effect.weekOf', { day: dayIn(i18n.language, week.week) })}</th>
              {measures.map((measure) => (
                <td key={measure}>
                  <Ltr>{week[measure]}</Ltr>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What is shorter says nothing of a week. */
const leastDays = 7;

/** What a change of the article brought, in a sentence. */
function Change({ changedAt, before, after }: ArticleEffect) {
  const { t } = useTranslation();
  const times = useTimes();
  if (!changedAt || !before || !after) return null;
  const said = ({ similarPerWeek, ticketsPerWeek }: Pace) => ({
    questions: t('knowledge.questionCount', { count: similarPerWeek }),
    tickets: t('knowledge.ticketCount', { count: ticketsPerWeek }),
  });
  return (
    <p className={classes.change}>
      {t('effect.before', { day: formatTime(times.place, 'day', changedAt), ...said(before) })}{' '}
      {after.days < leastDays ? t('effect.afterSoon') : t('effect.after', said(after))}
    </p>
  );
}

/** How an article does: its questions week by week, and before and after its last change. */
export function EffectPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, isPending, error, refetch } = useArticleEffect(id);
  if (isPending) return <LateLoader label={t('app.loading')} />;
  if (!data) return <Failure title={t('effect.failed')} error={error} onRetry={() => void refetch()} />;
  const { weeks } = data;
  const most = Math.max(1, ...weeks.flatMap((week) => measures.map((measure) => week[measure])));
  const isQuiet = weeks.every((week) => measures.every((measure) => week[measure] === 0));
  return (
    <section className={classes.panel} aria-labelledby="effect-title">
      <h2 className={classes.title} id="effect-title">
        {t('effect.title')}
      </h2>
      <p className={classes.lead}>{t(isQuiet ? 'effect.none' : 'effect.lead')}</p>
      {!isQuiet && (
        <>
          <div className={classes.measures}>
            {measures.map((measure) => (
              <Bars key={measure} weeks={weeks} measure={measure} most={most} />
            ))}
          </div>
          <Change {...data} />
          <Numbers weeks={weeks} />
        </>
      )}
    </section>
  );
}
