import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLive } from '../live/live.tsx';
import classes from './connection.module.css';
import { useSteady } from './use-steady.ts';

/** Whether changes arrive by themselves; said in words too, and read out when it changes. */
export function Connection() {
  const { t } = useTranslation();
  const state = useSteady(useLive().isLive) ? 'live' : 'reconnecting';
  return (
    <Tooltip label={t(`connection.${state}Hint`)} position="right" multiline maw={240}>
      <span className={classes.root} data-state={state} role="status">
        <span className={classes.dot} aria-hidden />
        {t(`connection.${state}`)}
      </span>
    </Tooltip>
  );
}
