import { ActionIcon, Button, TagsInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './bank-settings.module.css';

type Rows = readonly (readonly string[])[];

/** What is wrong with a row, in the language of the page; null where nothing is. */
function useRowFault(faults: Readonly<Record<string, string>>, language: string): (place: number) => string | null {
  const { t } = useTranslation();
  return (place) => {
    const at = `value.synonyms.${language}.${place}`;
    const message = Object.entries(faults).find(([path]) => path === at || path.startsWith(`${at}.`))?.[1];
    if (message === undefined) return null;
    const other = /stands in row (\d+) too/.exec(message)?.[1];
    if (other) return t('bank.twice', { row: other });
    if (/^The word is empty/.test(message)) return t('bank.emptyWord');
    return /two different words/.test(message) ? t('bank.tooFew') : message;
  };
}

/** Rows of words that mean the same, in one language; each word is a chip. */
export function SynonymRows(props: {
  language: 'ar' | 'en';
  rows: Rows;
  faults: Readonly<Record<string, string>>;
  onChange: (rows: string[][]) => void;
}) {
  const { t } = useTranslation();
  const { language, rows, faults, onChange } = props;
  const faultOf = useRowFault(faults, language);
  const all = rows.map((row) => [...row]);
  return (
    <section className={classes.language} aria-label={t(`bank.${language}`)}>
      <h3 className={classes.small}>{t(`bank.${language}`)}</h3>
      {rows.length === 0 && <p className={classes.none}>{t('bank.noRows')}</p>}
      <ol className={classes.rows}>
        {all.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is what stands at its place, and its words are all it has
          <li key={place}>
            <TagsInput
              className={classes.words}
              aria-label={t('bank.row', { place: place + 1 })}
              placeholder={row.length < 2 ? t('bank.words') : undefined}
              attributes={{ input: { dir: language === 'ar' ? 'rtl' : 'ltr' } }}
              lang={language}
              splitChars={[',', '،', '\n']}
              acceptValueOnBlur
              value={row}
              onChange={(words) => onChange(all.with(place, words))}
              error={faultOf(place)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('bank.removeRow', { place: place + 1 })}
              onClick={() => onChange(all.toSpliced(place, 1))}
            >
              <X size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button
        variant="default"
        size="xs"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => onChange([...all, []])}
      >
        {t('bank.addRow')}
      </Button>
    </section>
  );
}
