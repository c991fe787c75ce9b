import { Loader } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import { useLogin } from '../api/inboxes.ts';
import { useMay } from '../api/session.ts';
import type { Inbox, Login } from '../api/shapes.ts';
import { useTimes } from '../time/format.ts';
import classes from './login-panel.module.css';
import { spacedCode } from './spaced-code.ts';

const steps = {
  qr: ['link.open', 'link.devices', 'link.scan'],
  code: ['link.open', 'link.devices', 'link.byPhone', 'link.type'],
} as const;

function Steps({ by }: { by: keyof typeof steps }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.steps}>
      {steps[by].map((step) => (
        <li key={step}>{t(step)}</li>
      ))}
    </ol>
  );
}

/** Black on white with a border of white around it, as cameras need it, whatever the page looks like. */
function Scan({ qr }: { qr: string }) {
  const { t } = useTranslation();
  return (
    <span className={classes.qr} role="img" aria-label={t('link.qr')}>
      <QRCodeSVG value={qr} size={224} level="L" marginSize={4} bgColor="#ffffff" fgColor="#000000" aria-hidden />
    </span>
  );
}

function Given({ login: { qr, code, at } }: { login: Login }) {
  const { t } = useTranslation();
  const times = useTimes();
  return (
    <>
      <Steps by={code ? 'code' : 'qr'} />
      {code && (
        <output className={classes.code} dir="ltr" aria-label={t('link.code')}>
          {spacedCode(code)}
        </output>
      )}
      {!code && qr && <Scan qr={qr} />}
      <p className={classes.note}>{t('link.renewed', { time: times.clock(at) })}</p>
    </>
  );
}

/** How to sign the account of an inbox in: the code of the moment, and each step on the phone. Administrators only. */
export function LoginPanel({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const mayLink = useMay()('inboxes.change');
  const { data: login, isPending } = useLogin(inbox.id, mayLink);
  if (!mayLink) return <p className={classes.note}>{t('link.askAdministrator')}</p>;
  return (
    <section className={classes.panel} aria-label={t('link.title')}>
      <h3 className={classes.title}>{t('link.title')}</h3>
      {login && (login.qr || login.code) ? (
        <Given login={login} />
      ) : (
        <p className={classes.wait} role="status">
          <Loader size="xs" aria-hidden /> {t(isPending ? 'app.loading' : 'link.waiting')}
        </p>
      )}
    </section>
  );
}
