import { Button } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { Refusal } from './refusal.tsx';
import classes from './send-form.module.css';

/** A form that sends something: its fields, why the last try failed, and the button. Sends only what is ready, once at a time. */
export function SendForm(props: {
  /** What the button says. */
  label: string;
  isReady: boolean;
  isBusy: boolean;
  failure: string | null;
  onSend: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (props.isReady && !props.isBusy) props.onSend();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {props.children}
      {props.failure && <Refusal>{props.failure}</Refusal>}
      <Button
        type="submit"
        disabled={!props.isReady}
        loading={props.isBusy}
        rightSection={<SendHorizontal size={16} className="turns-with-text" aria-hidden />}
      >
        {props.label}
      </Button>
    </form>
  );
}
