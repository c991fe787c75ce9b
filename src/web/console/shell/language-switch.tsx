import { Button, useDirection } from '@mantine/core';
import { Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { directionOf, type Language } from '../../ui/language.ts';
import { speak } from '../texts/texts.ts';

/** Gives a function that turns the whole page to the other language. */
export function useLanguageSwitch(): { to: Language; turn: () => void } {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  const to: Language = i18n.language === 'en' ? 'ar' : 'en';
  return {
    to,
    turn: () => {
      setDirection(directionOf(to));
      void speak(to);
    },
  };
}

export function LanguageSwitch() {
  const { t } = useTranslation();
  const { to, turn } = useLanguageSwitch();
  return (
    <Button variant="subtle" color="gray.7" leftSection={<Languages size={16} aria-hidden />} onClick={turn} lang={to}>
      {t('user.language')}
    </Button>
  );
}
