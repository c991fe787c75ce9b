import { Agent, request } from 'node:http';
import { newWamid, signatureOf, toWire } from '../../fakes/whatsapp-cloud/wire.ts';

/** A signed post, ready to go. */
export interface Post {
  raw: Buffer;
  signature: string;
}

export interface Account {
  phoneNumberId: string;
  businessAccountId: string;
  appSecret: string;
}

const seconds = (): string => String(Math.floor(Date.now() / 1000));

const wrap = ({ phoneNumberId, businessAccountId, appSecret }: Account, value: object): Post => {
  const metadata = { display_phone_number: '966112345678', phone_number_id: phoneNumberId };
  const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
  const body = { object: 'whatsapp_business_account', entry: [{ id: businessAccountId, changes: [change] }] };
  const raw = toWire(body);
  return { raw, signature: signatureOf(appSecret, raw) };
};

const userIdOf = (phone: string): string => `SA.${phone}`;

/** Somebody wrote. */
export const messagePost = (account: Account, phone: string, text: string): Post & { wamid: string } => {
  const wamid = newWamid(phone, 'in');
  const contacts = [{ profile: { name: 'مستفيد' }, wa_id: phone, user_id: userIdOf(phone) }];
  const message = {
    from: phone,
    from_user_id: userIdOf(phone),
    id: wamid,
    timestamp: seconds(),
    type: 'text',
    text: { body: text },
  };
  return { wamid, ...wrap(account, { contacts, messages: [message] }) };
};

/** The provider's word on a message of ours. */
export const statusPost = (account: Account, of: { wamid: string; phone: string }, status: string): Post => {
  const one = {
    id: of.wamid,
    status,
    timestamp: seconds(),
    recipient_id: of.phone,
    recipient_user_id: userIdOf(of.phone),
  };
  return wrap(account, { statuses: [one] });
};

/** Posts over kept connections; resolves with the status and how long it took, in ms. */
export function createPoster(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port, pathname } = new URL(url);
  const post = ({ raw, signature }: Post): Promise<{ status: number; ms: number }> =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const headers = {
        'content-type': 'application/json',
        'content-length': raw.length,
        'x-hub-signature-256': signature,
      };
      const sent = request({ agent, hostname, port, path: pathname, method: 'POST', headers }, (response) => {
        response.resume();
        response.once('end', () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - began }));
      });
      sent.once('error', reject);
      sent.end(raw);
    });
  return { post, close: () => agent.destroy() };
}
