import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sms } from '../../channels/sms/channel.ts';
import { x } from '../../channels/x/channel.ts';
import type { ChannelKind } from '../../src/channel/kind.ts';
import type { ChannelWebhook, WebhookPost } from '../../src/channel/webhook.ts';
import { givenInboxes } from '../../src/inbox/given-inboxes.ts';
import { hostDeps } from '../fakes/host-deps.ts';

/** The way in of an inbox that another process runs: it is made here and never started. */
function webhookOf(kind: ChannelKind, env: Record<string, string>): ChannelWebhook {
  const [inbox] = givenInboxes([kind], env);
  const webhook = inbox && kind.create(inbox, hostDeps({})).webhook;
  if (!webhook) throw new Error('there is no way in');
  return webhook;
}

const post = (raw: string, more: Partial<WebhookPost> = {}): WebhookPost => ({
  raw: Buffer.from(raw),
  headers: {},
  url: '/webhooks',
  ...more,
});

describe('an inbox that another process runs', () => {
  it('of X answers the question of X and knows a post by its signature, and reads nothing', async () => {
    const keys = { X_APP_KEY: 'key', X_APP_SECRET: 'secret', X_ACCESS_TOKEN: '1-token', X_ACCESS_SECRET: 'word' };
    const webhook = webhookOf(x, { ...keys, X_BEARER_TOKEN: 'bearer', X_WEBHOOK: 'activity' });
    const signed = (text: string) => `sha256=${createHmac('sha256', 'secret').update(text).digest('base64')}`;
    expect(webhook.challenge(new URLSearchParams({ crc_token: 'abc' }))).toEqual({
      json: { response_token: signed('abc') },
    });
    const raw = JSON.stringify({ data: { filter: { user_id: '1' }, event_type: 'post.mention.create' } });
    const headers = { 'x-twitter-webhooks-signature': signed(raw) };
    expect(webhook.recognise(post(raw, { headers }))).toEqual({ mine: true, strangers: [] });
    expect(webhook.recognise(post(`${raw} `, { headers }))).toBeNull();
    await expect(webhook.take(raw)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('of text messages knows a report by the word in its address, and reads nothing', async () => {
    const webhook = webhookOf(sms, {
      SMS_PROVIDER: 'unifonic',
      SMS_TOKEN: 'app',
      SMS_SENDER: 'Care',
      SMS_WEBHOOK_TOKEN: 'a-long-enough-word-of-the-address',
    });
    const raw = JSON.stringify({ MessageID: '1', Status: 'Delivered' });
    const url = (token: string) => `/webhooks/sms?token=${token}`;
    expect(webhook.recognise(post(raw, { url: url('a-long-enough-word-of-the-address') }))?.mine).toBe(true);
    expect(webhook.recognise(post(raw, { url: url('another') }))).toBeNull();
    await expect(webhook.take(raw)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
