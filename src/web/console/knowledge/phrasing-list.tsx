import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import classes from './article-form.module.css';
import { cleaned } from './typed-article.ts';

const enough = 5;

/** A key for each line that stays with it while others come and go. */
function useLineKeys(count: number) {
  const next = useRef(0);
  const more = (wanted: number): number[] => Array.from({ length: wanted }, () => next.current++);
  const [keys, setKeys] = useState(() => more(count));
  if (keys.length !== count) setKeys([...keys.slice(0, count), ...more(Math.max(0, count - keys.length))]);
  return {
    keyOf: (place: number) => keys[place] ?? place,
    drop: (place: number) => setKeys(keys.toSpliced(place, 1)),
  };
}

function Hint({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  const count = cleaned(lines).length;
  const key = count === 0 ? 'noPhrasings' : count < enough ? 'fewPhrasings' : 'goodPhrasings';
  return (
    <p className={classes.quality} data-look={count < enough ? 'few' : 'good'}>
      {t(`article.${key}`)}
    </p>
  );
}

interface Props {
  lines: readonly string[];
  language: 'ar' | 'en';
  error: string | undefined;
  onChange: (lines: string[]) => void;
}

/** Editing of lines: pasting several at once makes a line of each, Enter begins the next. */
function useLines({ lines, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  const { keyOf, drop } = useLineKeys(lines.length);
  useEffect(() => {
    if (wanted === null) return;
    list.current?.querySelectorAll('input')[wanted]?.focus();
    setWanted(null);
  }, [wanted]);
  const insert = (place: number, more: readonly string[]): void => {
    onChange(lines.toSpliced(place, 0, ...more));
    setWanted(place + more.length - 1);
  };
  const paste = (place: number) => (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = cleaned(event.clipboardData.getData('text').split(/\r?\n/));
    if (pasted.length < 2) return;
    event.preventDefault();
    const isEmpty = !lines[place]?.trim();
    const after = lines.toSpliced(isEmpty ? place : place + 1, isEmpty ? 1 : 0, ...pasted);
    onChange(after);
    setWanted(place + pasted.length - (isEmpty ? 1 : 0));
  };
  const type = (place: number, value: string): void => onChange(lines.with(place, value));
  const remove = (place: number): void => {
    drop(place);
    onChange(lines.toSpliced(place, 1));
  };
  const enter = (place: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (lines[place]?.trim()) insert(place + 1, ['']);
  };
  return { list, keyOf, insert, paste, type, remove, enter };
}

/** The ways in which an article is asked for, in one language. */
export function PhrasingList(props: Props) {
  const { t } = useTranslation();
  const { lines, language, error } = props;
  const edit = useLines(props);
  return (
    <fieldset className={classes.phrasings}>
      <legend>{t('article.phrasings')}</legend>
      <p className={classes.hint}>{t('article.phrasingsHint')}</p>
      <ol className={classes.lines} ref={edit.list}>
        {lines.map((line, place) => (
          <li key={edit.keyOf(place)}>
            <TextInput
              className={classes.line}
              aria-label={t('article.phrasing', { place: place + 1 })}
              attributes={ownDirection(line)}
              lang={language}
              value={line}
              onChange={(event) => edit.type(place, event.currentTarget.value)}
              onPaste={edit.paste(place)}
              onKeyDown={edit.enter(place)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('article.removePhrasing', { place: place + 1 })}
              onClick={() => edit.remove(place)}
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
        onClick={() => edit.insert(lines.length, [''])}
      >
        {t('article.addPhrasing')}
      </Button>
      <Hint lines={lines} />
      {error && <p className={classes.fault}>{error}</p>}
    </fieldset>
  );
}
