import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { CircleAlert, Info } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { signIn } from '../api/session.ts';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Mark } from '../shell/mark.tsx';
import { formatTime } from '../time/format.ts';
import { lockedUntil } from './locked-until.ts';
import classes from './sign-in-page.module.css';

function sentence(t: TFunction, language: string, error: unknown): string {
  if (!(error instanceof ApiError)) return errorText(t, error);
  if (error.code === 'unauthorized') return t('signIn.wrong');
  if (error.code !== 'rate-limited') return errorText(t, error);
  const until = lockedUntil(error.details, Date.now());
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return until
    ? t('signIn.lockedUntil', { time: formatTime({ language, timeZone }, 'clock', until) })
    : t('signIn.locked');
}

function SignInForm() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [given, setGiven] = useState({ email: '', password: '' });
  const [tried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (field: keyof typeof given) => (event: { currentTarget: { value: string } }) =>
    setGiven({ ...given, [field]: event.currentTarget.value });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!given.email.trim() || !given.password || isBusy) return;
    setBusy(true);
    setError(null);
    await signIn(client, given.email.trim(), given.password).catch(setError);
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          dir="ltr"
          autoComplete="username"
          autoFocus
          size="md"
          value={given.email}
          onChange={set('email')}
          error={tried && !given.email.trim() && t('signIn.missingEmail')}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          dir="ltr"
          autoComplete="current-password"
          size="md"
          value={given.password}
          onChange={set('password')}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
          error={tried && !given.password && t('signIn.missingPassword')}
        />
        {error !== null && (
          <Alert role="alert" color="red" variant="light" icon={<CircleAlert aria-hidden />} p="sm">
            {sentence(t, i18n.language, error)}
          </Alert>
        )}
        <Button type="submit" size="md" fullWidth loading={isBusy}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}

/** Signing in. `again`: a session has just ended under somebody's hands. */
export function SignInPage({ again }: { again: boolean }) {
  const { t } = useTranslation();
  return (
    <main className={classes.page}>
      <Paper className={classes.card} component="section" aria-labelledby="sign-in-title">
        <div className={classes.brand}>
          <Mark />
          <div>
            <Text fw={600} fz="lg" lh={1.3}>
              {t('app.name')}
            </Text>
            <Text c="gray.6" fz="sm" lh={1.3}>
              {t('app.console')}
            </Text>
          </div>
        </div>
        <Title order={1} fz="xl" id="sign-in-title">
          {t('signIn.title')}
        </Title>
        <Text c="gray.6" mb="lg">
          {t('signIn.lead')}
        </Text>
        {again && (
          <Alert color="green" variant="light" icon={<Info aria-hidden />} mb="md" p="sm" role="status">
            {t('signIn.again')}
          </Alert>
        )}
        <SignInForm />
      </Paper>
      <LanguageSwitch />
    </main>
  );
}
