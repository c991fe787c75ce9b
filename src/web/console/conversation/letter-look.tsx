import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/shapes.ts';
import classes from './letter.module.css';

/** A mail as it looked, in a frame in which nothing runs and from which nothing is fetched. */
export function LetterLook(props: { message: Message; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      size="xl"
      title={t('letter.lookTitle')}
      closeButtonProps={{ 'aria-label': t('letter.close') }}
    >
      <p className={classes.lookHint}>{t('letter.lookHint')}</p>
      <iframe
        className={classes.look}
        sandbox=""
        title={t('letter.lookTitle')}
        src={`/api/v1/messages/${encodeURIComponent(props.message.id)}/html`}
      />
    </Modal>
  );
}
