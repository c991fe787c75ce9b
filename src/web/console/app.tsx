import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { directionOf } from '../ui/language.ts';
import { LateLoader } from '../ui/late.tsx';
import { theme } from '../ui/theme.ts';
import { useQueryCache } from './api/query-client.ts';
import { useSessionQuery } from './api/session.ts';
import { CrashGuard } from './shell/crash-guard.tsx';
import { Failure } from './shell/failure.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { addDeskTexts } from './texts/desk.ts';

const SignedIn = lazy(async () => {
  const [{ SignedIn }] = await Promise.all([import('./signed-in.tsx'), addDeskTexts()]);
  return { default: SignedIn };
});

/** Whoever has a session sees the console, everybody else the sign-in page, at whatever address. */
function Door() {
  const { t } = useTranslation();
  const session = useSessionQuery();
  const wasIn = useRef(false);
  const isIn = Boolean(session.data);
  useEffect(() => {
    if (isIn) wasIn.current = true;
  }, [isIn]);
  if (session.isPending) return <LateLoader label={t('app.loading')} />;
  if (session.error && !session.data) {
    return <Failure title={t('errors.title')} error={session.error} onRetry={() => void session.refetch()} />;
  }
  return session.data ? <SignedIn session={session.data} /> : <SignInPage again={wasIn.current} />;
}

/** The staff console. `styleNonce` lets the component kit's style elements through the page's strict policy. */
export function App({ styleNonce }: { styleNonce: string }) {
  const { t, i18n } = useTranslation();
  const client = useQueryCache();
  const direction = directionOf(i18n.language === 'en' ? 'en' : 'ar');
  return (
    <DirectionProvider initialDirection={direction} detectDirection={false}>
      <MantineProvider theme={theme} getStyleNonce={() => styleNonce} forceColorScheme="light">
        <QueryClientProvider client={client}>
          <BrowserRouter basename="/console">
            <CrashGuard>
              <Suspense fallback={<LateLoader label={t('app.loading')} />}>
                <Door />
              </Suspense>
            </CrashGuard>
          </BrowserRouter>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
