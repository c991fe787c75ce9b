import { ActionIcon, CopyButton } from '@mantine/core';
import { Check, Copy, TriangleAlert } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import classes from './channel-notes.module.css';

/** What somebody must know who uses an unofficial way into WhatsApp. */
export function RiskNote({ channel }: { channel: string }) {
  const { t } = useTranslation();
  if (channel !== 'whatsapp-web') return null;
  return (
    <div className={classes.risk} role="note">
      <TriangleAlert size={16} aria-hidden />
      <div>
        <strong>{t('whatsapp.riskTitle')}</strong>
        <p>{t('whatsapp.risk')}</p>
      </div>
    </div>
  );
}

const webhooks = {
  'whatsapp-cloud': '/webhooks/whatsapp',
  x: '/webhooks/x',
  sms: '/webhooks/sms',
} as const;

const hasWebhook = (channel: string): channel is keyof typeof webhooks => Object.hasOwn(webhooks, channel);

/** Where the provider posts to; the console is served under the same address as the webhooks. */
export const webhookOf = (channel: string, origin: string): string | null =>
  hasWebhook(channel) ? origin + webhooks[channel] : null;

/** A part of an address within a sentence: never broken, and from the left in both languages. */
const code = <code dir="ltr" />;

/** The address that is to be entered at the provider, to be copied. */
export function WebhookNote({ channel }: { channel: string }) {
  const { t } = useTranslation();
  const address = webhookOf(channel, window.location.origin);
  if (!address || !hasWebhook(channel)) return null;
  return (
    <div className={classes.webhook}>
      <span className={classes.label}>{t('whatsapp.webhook')}</span>
      <span className={classes.address}>
        <code dir="ltr">{address}</code>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <ActionIcon variant="subtle" aria-label={t(copied ? 'whatsapp.copied' : 'whatsapp.copy')} onClick={copy}>
              {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      </span>
      <span className={classes.hint}>
        <Trans i18nKey={`whatsapp.webhookHints.${channel}`} components={{ code }} />{' '}
        {!address.startsWith('https:') && <Trans i18nKey="whatsapp.webhookNotPublic" components={{ code }} />}
      </span>
    </div>
  );
}
