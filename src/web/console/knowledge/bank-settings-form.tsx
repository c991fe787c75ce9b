import { Button, Slider } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, currentIn } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { faultsIn } from '../api/inboxes.ts';
import { saveBankSetting } from '../api/knowledge.ts';
import type { KnowledgeSetting, Setting } from '../api/shapes.ts';
import classes from './bank-settings.module.css';
import pages from './knowledge-pages.module.css';
import { SynonymRows } from './synonym-rows.tsx';

const bounds = { least: 50, most: 99 };

function meaningOf(percent: number) {
  if (percent >= 98) return 'bank.careful';
  if (percent >= 90) return 'bank.usual';
  return percent >= 75 ? 'bank.free' : 'bank.bold';
}

function Sureness({ share, onChange }: { share: number; onChange: (share: number) => void }) {
  const { t } = useTranslation();
  const percent = Math.round(share * 1000) / 10;
  return (
    <section className={pages.card} aria-labelledby="sureness-title">
      <h2 className={classes.title} id="sureness-title">
        {t('bank.sureness')}
      </h2>
      <p className={classes.label}>{t('bank.label', { percent: `\u2066${percent}%\u2069` })}</p>
      <Slider
        className={classes.slider}
        min={bounds.least}
        max={bounds.most}
        label={null}
        thumbLabel={t('bank.slider')}
        thumbProps={{ 'aria-valuetext': `${percent}%` }}
        value={Math.min(bounds.most, percent)}
        onChange={(value) => onChange(value / 100)}
      />
      <p className={pages.soft}>{t('bank.means', { right: percent })}</p>
      <p className={classes.meaning}>{t(meaningOf(percent))}</p>
    </section>
  );
}

/** What is being decided, and saving it: on the newest version where somebody else decided meanwhile. */
function useBankForm(setting: Setting<KnowledgeSetting>) {
  const { t } = useTranslation();
  const [version, setVersion] = useState(setting.version);
  const [value, setValue] = useState(setting.value);
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const change = (part: Partial<KnowledgeSetting>): void => {
    setSaid(null);
    setValue((before) => ({ ...before, ...part }));
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const saved = await saveBankSetting(version, value);
      setVersion(saved.version);
      setSaid(t('bank.saved'));
    } catch (fault) {
      const current = currentIn<Setting<KnowledgeSetting>>(fault);
      if (current) setVersion(current.version);
      setError(fault);
    }
    setBusy(false);
  };
  return { value, change, save, error, said, isBusy };
}

/** Decides how sure an answer must be and which words mean the same. */
export function BankSettingsForm({ setting }: { setting: Setting<KnowledgeSetting> }) {
  const { t } = useTranslation();
  const { value, change, save, error, said, isBusy } = useBankForm(setting);
  const faults = faultsIn(error);
  const isStale = error instanceof ApiError && error.code === 'conflict';
  return (
    <form className={classes.form} onSubmit={(event) => void save(event)} noValidate>
      <Sureness share={value.sureness} onChange={(sureness) => change({ sureness })} />
      <section className={pages.card} aria-labelledby="synonyms-title">
        <h2 className={classes.title} id="synonyms-title">
          {t('bank.synonyms')}
        </h2>
        <p className={pages.soft}>{t('bank.synonymsHint')}</p>
        <div className={classes.languages}>
          {(['ar', 'en'] as const).map((language) => (
            <SynonymRows
              key={language}
              language={language}
              rows={value.synonyms[language]}
              faults={faults}
              onChange={(rows) => change({ synonyms: { ...value.synonyms, [language]: rows } })}
            />
          ))}
        </div>
      </section>
      {error !== null && (
        <p role="alert" className={pages.said} data-look="bad">
          {isStale ? t('bank.changed') : Object.keys(faults).length > 0 ? t('bank.faults') : errorText(t, error)}
        </p>
      )}
      <div className={pages.actions}>
        <Button type="submit" loading={isBusy}>
          {t('bank.save')}
        </Button>
        <span role="status">{said}</span>
      </div>
    </form>
  );
}
