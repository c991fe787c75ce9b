import { CloseButton, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../ui/own-direction.ts';
import { useSettledWords } from './use-settled.ts';

/** A search box that asks when typing pauses. */
export function SearchBox(props: {
  words: string;
  label: string;
  placeholder: string;
  className?: string;
  box: Ref<HTMLInputElement>;
  onSearch: (words: string) => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useSettledWords(props.words, props.onSearch);
  return (
    <TextInput
      ref={props.box}
      className={props.className}
      size="sm"
      role="searchbox"
      attributes={ownDirection(words)}
      aria-label={props.label}
      placeholder={props.placeholder}
      leftSection={<Search size={15} aria-hidden />}
      rightSection={
        words && <CloseButton size="sm" aria-label={t('conversations.clearSearch')} onClick={() => setWords('')} />
      }
      value={words}
      onChange={(event) => setWords(event.currentTarget.value)}
    />
  );
}
