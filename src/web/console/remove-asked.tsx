import { Alert, Button } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from './api/error-text.ts';

interface RemoveAskedProps {
  /** Its words: on the button, what the removal means, the button that does it, and the one that does not. */
  says: Record<'remove' | 'sure' | 'now' | 'cancel', string>;
  classes: Readonly<Record<string, string>>;
  remove(): Promise<unknown>;
  onDone(): void;
}

/** Removes something, after saying what that means. */
export function RemoveAsked({ says, classes, remove, onDone }: RemoveAskedProps) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (): Promise<void> => {
    setBusy(true);
    await remove().then(onDone, setError);
    setBusy(false);
  };
  if (!isAsked) {
    return (
      <Button
        className={classes.remove}
        variant="subtle"
        color="red"
        leftSection={<Trash2 size={16} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {says.remove}
      </Button>
    );
  }
  return (
    <Alert role="alert" color="red" variant="light" className={classes.sure} p="sm">
      {says.sure}
      <span className={classes.actions}>
        <Button color="red" loading={isBusy} onClick={() => void act()}>
          {says.now}
        </Button>
        <Button variant="default" onClick={() => setAsked(false)}>
          {says.cancel}
        </Button>
      </span>
      {error !== null && errorText(t, error)}
    </Alert>
  );
}
