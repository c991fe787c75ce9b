import { Kbd, Modal, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { turnShortcuts, useShortcutsOn } from '../keyboard/use-shortcuts.ts';
import classes from './keyboard-help.module.css';

const keys = [
  ['next', ['J']],
  ['previous', ['K']],
  ['enter', ['Enter']],
  ['search', ['/']],
  ['answer', ['R']],
  ['attach', ['F']],
  ['audience', ['P']],
  ['take', ['T']],
  ['send', ['Ctrl', 'Enter']],
  ['leave', ['Esc']],
  ['help', ['?']],
] as const;

/** All shortcuts, and the switch that turns the one-letter ones off. */
export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const areOn = useShortcutsOn();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('contact.close') }}
    >
      <dl className={classes.list}>
        {keys.map(([name, pressed]) => (
          <div key={name} className={classes.row}>
            <dt>{t(`keys.${name}`)}</dt>
            <dd dir="ltr">
              {pressed.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Text c="gray.6" fz="sm" mb="md">
        {t('keys.layout')}
      </Text>
      <Switch
        checked={areOn}
        onChange={(event) => turnShortcuts(event.currentTarget.checked)}
        label={t('keys.toggle')}
        description={t('keys.toggleHint')}
      />
    </Modal>
  );
}
