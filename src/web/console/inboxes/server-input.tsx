import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr.tsx';
import classes from './inbox-form.module.css';
import { readServer, type ServerAddress, writeServer } from './server-address.ts';

interface Props {
  label: string;
  help: string;
  scheme: string;
  required: boolean;
  /** What is kept, without the password; undefined where nothing is. */
  kept: string | undefined;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** The address of a server in its parts, so that nobody has to know how an address is written. */
export function ServerInput({ label, help, scheme, required, kept, error, onChange }: Props) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<ServerAddress>(() => readServer(kept));
  const set = (change: Partial<ServerAddress>): void => {
    const next = { ...address, ...change };
    setAddress(next);
    onChange(writeServer(scheme, next));
  };
  const typed = (part: keyof ServerAddress) => (event: { currentTarget: { value: string } }) =>
    set({ [part]: event.currentTarget.value });
  return (
    <fieldset className={classes.server} data-field={scheme}>
      <legend>
        {label} {required && <span className={classes.needed}>*</span>}
      </legend>
      <p className={classes.help}>{kept ? t('inboxForm.keptServer') : help}</p>
      <div className={classes.parts}>
        <TextInput
          className={classes.host}
          label={t('inboxForm.host')}
          dir="ltr"
          placeholder={`${scheme}.example.org`}
          autoComplete="off"
          value={address.host}
          onChange={typed('host')}
        />
        <TextInput
          label={t('inboxForm.port')}
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
          value={address.port}
          onChange={typed('port')}
        />
        <NativeSelect
          label={t('inboxForm.security')}
          value={address.secure ? 'secure' : 'upgraded'}
          onChange={(event) => set({ secure: event.currentTarget.value === 'secure' })}
          data={[
            { value: 'secure', label: t('inboxForm.secure') },
            { value: 'upgraded', label: t('inboxForm.upgraded') },
          ]}
        />
        <TextInput
          label={t('inboxForm.user')}
          dir="ltr"
          autoComplete="off"
          value={address.user}
          onChange={typed('user')}
        />
        <PasswordInput
          label={t('inboxForm.password')}
          dir="ltr"
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('inboxForm.showPassword'), tabIndex: 0 }}
          value={address.password}
          onChange={typed('password')}
        />
      </div>
      {error && (
        <p className={classes.error} role="alert">
          {/\w:\/\//.test(error) ? <Ltr>{error}</Ltr> : error}
        </p>
      )}
    </fieldset>
  );
}
