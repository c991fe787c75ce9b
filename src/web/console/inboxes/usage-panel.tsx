import { Progress } from '@mantine/core';
import '@mantine/core/styles/Progress.css';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import type { Inbox } from '../api/shapes.ts';
import { useMoney } from '../money.ts';
import { useTimes } from '../time/format.ts';
import { currencyOf, limitedIn, nearnessOf, percentOf, totalOf, type Usage } from './usage-facts.ts';
import classes from './usage-panel.module.css';

/** What providers call what they count, in the language of the page where that is known. */
function useThing(): (what: string) => string {
  const { t, i18n } = useTranslation();
  return (what) => (i18n.exists(`usage.things.${what}`) ? t(`usage.things.${what as 'mentions'}`) : what);
}

const colours = { calm: 'green.6', near: '#f79009', over: '#d92d20' } as const;

function Budget({ budget }: { budget: NonNullable<Usage['budget']> }) {
  const { t } = useTranslation();
  const times = useTimes();
  const { money } = useMoney();
  const nearness = nearnessOf(budget);
  const percent = percentOf(budget);
  const { spent, limit, currency, resetsAt } = budget;
  return (
    <div className={classes.budget} data-nearness={nearness}>
      <p className={classes.spent}>
        <span>{t('usage.spent', { spent: money(spent, currency), limit: money(limit, currency) })}</span>
        <bdi dir="ltr">{percent}%</bdi>
      </p>
      <Progress value={percent} color={colours[nearness]} aria-label={t('usage.title')} />
      <p className={classes.small}>
        {nearness !== 'calm' && <strong>{t(`usage.${nearness}`)} </strong>}
        {t('usage.resets', { time: isolate(times.full(resetsAt)) })}
      </p>
    </div>
  );
}

function Lines({ usage, currency }: { usage: Usage; currency: string | null }) {
  const { t } = useTranslation();
  const thing = useThing();
  const { money, count, currency: named } = useMoney();
  const total = totalOf(usage);
  if (usage.lines.length === 0) return <p className={classes.small}>{t('usage.nothing')}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('usage.what')}</th>
          <th scope="col">{t('usage.count')}</th>
          {total > 0 && (
            <th scope="col">{currency ? t('usage.amountIn', { currency: named(currency) }) : t('usage.amount')}</th>
          )}
        </tr>
      </thead>
      <tbody>
        {usage.lines.map((line) => (
          <tr key={line.what}>
            <th scope="row">
              <bdi>{thing(line.what)}</bdi>
            </th>
            <td>{count(line.count)}</td>
            {total > 0 && <td>{line.amount > 0 && money(line.amount, null)}</td>}
          </tr>
        ))}
      </tbody>
      {usage.lines.length > 1 && total > 0 && (
        <tfoot>
          <tr>
            <th scope="row">{t('usage.total')}</th>
            <td />
            <td>{money(total, null)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** What was used where nothing limits it. Not every provider tells what it costs: what is not known is not said. */
function Unlimited({ usage, currency }: { usage: Usage; currency: string | null }) {
  const { t } = useTranslation();
  const thing = useThing();
  const { money, count } = useMoney();
  const total = totalOf(usage);
  const used = usage.lines.filter((line) => line.count > 0);
  const counts = used.map((line) => `${isolate(thing(line.what))}: ${count(line.count)}`);
  return (
    <>
      {total > 0 && <p className={classes.spent}>{t('usage.noBudget', { spent: money(total, currency) })}</p>}
      <p className={total > 0 ? classes.small : classes.spent}>{counts.join(' · ') || t('usage.nothing')}</p>
    </>
  );
}

function Limits({ limits }: { limits: Usage['limits'] }) {
  const { t, i18n } = useTranslation();
  const times = useTimes();
  const thing = useThing();
  const { count } = useMoney();
  const nameOf = (limited: string): string => {
    const { what, window } = limitedIn(limited);
    if (window === null || !i18n.exists(`usage.windows.${window}`)) return thing(limited);
    return t('usage.per', { what: isolate(thing(what)), window: t(`usage.windows.${window as '24 hours'}`) });
  };
  return (
    <>
      <h4>{t('usage.limits')}</h4>
      <ul className={classes.limits}>
        {limits.map(({ what, left, limit, resetsAt }) => (
          <li key={what} data-spent={left === 0 || undefined}>
            <span>{nameOf(what)}</span>
            <span>{t('usage.left', { left: count(left), limit: count(limit) })}</span>
            <span>{t('usage.until', { time: isolate(times.short(resetsAt)) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What an account has used this month of what it may, and what its provider still allows. */
export function UsagePanel({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const { usage } = inbox;
  if (!usage) return null;
  const { budget, limits } = usage;
  const currency = currencyOf(inbox);
  const title = t(budget || totalOf(usage) > 0 ? 'usage.title' : 'usage.used');
  return (
    <section className={classes.panel} aria-label={title}>
      <h3>{title}</h3>
      {budget ? <Budget budget={budget} /> : <Unlimited usage={usage} currency={currency} />}
      <details>
        <summary>{t('usage.details')}</summary>
        <Lines usage={usage} currency={currency} />
        {limits.length > 0 && <Limits limits={limits} />}
      </details>
    </section>
  );
}
