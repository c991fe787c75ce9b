import { UnstyledButton } from '@mantine/core';
import { Reply } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/shapes.ts';
import { jumpTo } from './jump.ts';
import classes from './message-kinds.module.css';

const mostSigns = 160;

const short = (text: string): string => (text.length > mostSigns ? `${text.slice(0, mostSigns)}…` : text);

/** The message that this one answers, shortened; pressing it leads there. Null: it is not loaded. */
export function Quoted({ earlier }: { earlier: Message | null }) {
  const { t } = useTranslation();
  if (!earlier) {
    return (
      <p className={classes.mark}>
        <Reply size={13} className="turns-with-text" aria-hidden /> {t('lines.answersOlder')}
      </p>
    );
  }
  const { author, hidden, text, kind } = earlier;
  const words = hidden ? t('conversation.hidden') : short(text) || t(kind === 'text' ? 'kinds.file' : `kinds.${kind}`);
  return (
    <UnstyledButton className={classes.quoted} onClick={() => jumpTo(earlier.id)} title={t('lines.show')}>
      <span className={classes.quotedBy}>{t(`lines.by.${author}`)}</span>
      <span className={classes.quotedWords} dir="auto">
        {words}
      </span>
    </UnstyledButton>
  );
}
