import { Button, Checkbox, TextInput } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isolate } from '../../ui/isolate.ts';
import { ownDirection } from '../../ui/own-direction.ts';
import type { Suggestion } from '../api/shapes.ts';
import pages from './knowledge-pages.module.css';
import classes from './suggestions-page.module.css';
import type { useDeciding } from './use-deciding.ts';

type Deciding = ReturnType<typeof useDeciding>;

function Actions({ suggestion, deciding }: { suggestion: Suggestion; deciding: Deciding }) {
  const { t } = useTranslation();
  const [mended, setMended] = useState<string | null>(null);
  const { isBusy, decide } = deciding;
  const approve = (): void => {
    const text = mended?.trim();
    const isMended = text && text !== suggestion.text;
    void decide([suggestion], { verdict: 'approve', ...(isMended ? { text } : {}) });
  };
  return (
    <>
      {mended !== null && (
        <TextInput
          aria-label={t('proposed.mended')}
          attributes={ownDirection(mended)}
          maxLength={500}
          value={mended}
          onChange={(event) => setMended(event.currentTarget.value)}
        />
      )}
      <div className={pages.actions}>
        <Button size="compact-sm" disabled={isBusy || mended?.trim() === ''} onClick={approve}>
          {t(mended === null ? 'proposed.approve' : 'proposed.approveMended')}
        </Button>
        {mended === null && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Pencil size={13} aria-hidden />}
            onClick={() => setMended(suggestion.text)}
          >
            {t('proposed.mend')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          disabled={isBusy}
          onClick={() => void decide([suggestion], { verdict: 'reject' })}
        >
          {t('proposed.reject')}
        </Button>
      </div>
    </>
  );
}

/** One way of asking that may become a phrasing: its words, its article, where it comes from, and the decision. */
export function SuggestionRow(props: {
  suggestion: Suggestion;
  /** Of its article. */
  title: string;
  /** Null for those who may not decide. */
  deciding: Deciding | null;
}) {
  const { t } = useTranslation();
  const { suggestion, title, deciding } = props;
  const { id, text, articleId, source, count } = suggestion;
  return (
    <li className={classes.row}>
      {deciding && (
        <Checkbox
          aria-label={t('proposed.select', { text: isolate(text) })}
          checked={deciding.selected.has(id)}
          onChange={() => deciding.toggle(id)}
        />
      )}
      <div className={classes.what}>
        <span className={classes.text} dir="auto">
          {text}
        </span>
        <span className={pages.soft}>
          <Link to={`/knowledge/articles/${encodeURIComponent(articleId)}`}>
            <bdi>{title}</bdi>
          </Link>
          {` · ${t(`proposed.${source}`)} · ${t('proposed.times', { count })}`}
        </span>
        {deciding && <Actions suggestion={suggestion} deciding={deciding} />}
      </div>
    </li>
  );
}
