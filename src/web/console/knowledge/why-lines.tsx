import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr.tsx';
import { titleOf, useArticle } from '../api/knowledge.ts';
import { explain } from '../conversation/explain.ts';
import { useReasonText } from '../conversation/reason-text.ts';
import classes from './try-page.module.css';

function Title({ id }: { id: string }) {
  const { language } = useTranslation().i18n;
  const { data } = useArticle(id);
  return <q dir="auto">{data ? titleOf(data, language) : id}</q>;
}

/** The steps by which the bank came to what it says, in the language of the page as far as they are known. */
export function WhyLines({ why }: { why: readonly string[] }) {
  const { t } = useTranslation();
  const text = useReasonText();
  return (
    <section className={classes.why} aria-labelledby="why-title">
      <h2 className={classes.small} id="why-title">
        {t('try.why')}
      </h2>
      <ol>
        {why.map((line) => {
          const one = explain(`knowledge: ${line}`);
          return (
            <li key={line}>
              {text(one) ?? <Ltr>{line}</Ltr>}
              {one.articleIds.map((id) => (
                <span key={id}>
                  {' '}
                  <Title id={id} />
                </span>
              ))}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
