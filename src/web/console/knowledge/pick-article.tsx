import { Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LateLoader } from '../../ui/late.tsx';
import { ownDirection } from '../../ui/own-direction.ts';
import { titleOf, useArticles } from '../api/knowledge.ts';
import { useNames } from '../api/organisation.ts';
import { Failure } from '../shell/failure.tsx';
import { useSettledWords } from '../use-settled.ts';
import classes from './pick-article.module.css';

export interface Picked {
  id: string;
  title: string;
}

function Found({ words, onPick }: { words: string; onPick: (picked: Picked) => void }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const query = useArticles(words ? { q: words } : {});
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data)
    return <Failure title={t('articles.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  const found = query.data.pages.flatMap(({ items }) => items);
  if (found.length === 0) return <p className={classes.small}>{t('pick.none')}</p>;
  return (
    <ul className={classes.list}>
      {found.map((article) => {
        const title = titleOf(article, i18n.language);
        return (
          <li key={article.id}>
            <UnstyledButton className={classes.one} onClick={() => onPick({ id: article.id, title })}>
              <span dir="auto">{title}</span>
              <span className={classes.small}>
                {[article.service ? names.service(article.service) : null, t(`knowledge.${article.status}`)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}

function Choice({ onPick }: { onPick: (picked: Picked) => void }) {
  const { t } = useTranslation();
  const [settled, setSettled] = useState('');
  const [words, setWords] = useSettledWords(
    settled,
    useCallback((next: string) => setSettled(next), []),
  );
  return (
    <div className={classes.column}>
      <TextInput
        role="searchbox"
        aria-label={t('pick.search')}
        placeholder={t('pick.search')}
        attributes={ownDirection(words)}
        leftSection={<Search size={15} aria-hidden />}
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Found words={settled} onPick={onPick} />
    </div>
  );
}

/** Picks one article of the bank by words, over the page. */
export function PickArticle(props: { isOpen: boolean; onClose: () => void; onPick: (picked: Picked) => void }) {
  const { t } = useTranslation();
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      size="lg"
      fullScreen={isPhone ?? false}
      title={t('pick.title')}
      closeButtonProps={{ 'aria-label': t('knowledge.close') }}
    >
      <Choice
        onPick={(picked) => {
          props.onClose();
          props.onPick(picked);
        }}
      />
    </Modal>
  );
}
