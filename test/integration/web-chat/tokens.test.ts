import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenGateway, openGateway, type Tab } from './open-gateway.ts';

let wasl: OpenGateway;
let victim: Tab;
beforeAll(async () => {
  wasl = await openGateway();
  victim = await wasl.visit();
  await victim.say('رقم هاتفي سرّي');
  await victim.answers(2);
});
afterAll(async () => {
  expect(wasl.faults).toEqual([]);
  await wasl.close();
});

/** Tokens that look like the victim's, and are not. */
const forge = (token: string): [string, unknown][] => {
  const [version, visitor, signature = ''] = token.split('.');
  return [
    ['without a signature', `${version}.${visitor}`],
    ['with an empty signature', `${version}.${visitor}.`],
    ['with another signature', `${version}.${visitor}.${'A'.repeat(signature.length)}`],
    ['with a signature cut short', token.slice(0, -2)],
    ['of another version', token.replace('v1', 'v2')],
    ['of another visitor', `${version}.${visitor?.slice(0, -1)}${visitor?.endsWith('_') ? '-' : '_'}.${signature}`],
    ['with something after it', `${token}.admin`],
    ['in capitals', token.toUpperCase()],
    ['in a list', [token]],
    ['in an object', { toString: token, token }],
    ['of a thousand letters', token.padEnd(1000, 'x')],
    ['with a null character', `${token}\u0000`],
    ['that is a prototype', '__proto__'],
    ['that is nothing', ''],
  ];
};

const kinds = forge('v1.visitor.signature').map(([name]) => name);
const forged = (name: string): unknown => forge(victim.session.token).find(([kind]) => kind === name)?.[1];

describe('a forged or garbled token', () => {
  it.each(kinds)('%s opens a session of its own, and nobody else is shown', async (name) => {
    const intruder = await wasl.visit({ auth: { token: forged(name) } });
    expect(intruder.session.conversationId).toBeNull();
    expect(intruder.session.token).not.toBe(victim.session.token);
    const { id } = await intruder.say('السلام عليكم');
    expect(await wasl.inboundBeside(id ?? '')).toHaveLength(1);
    await intruder.answers(2);
    expect(intruder.got.map(({ text }) => text).join()).not.toContain('سرّي');
  });

  it.each(kinds.filter((name) => typeof forged !== 'object' && !/list|object|null/.test(name)))(
    '%s uploads nothing',
    async (name) => {
      const form = new FormData();
      form.set('file', new File(['hello'], 'a.txt', { type: 'text/plain' }));
      const response = await wasl.upload(form, String(forged(name)));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: 'unauthorized', message: expect.any(String) } });
    },
  );

  it('the right one, unlike them, finds its conversation', async () => {
    const back = await wasl.visit({ auth: { token: victim.session.token } });
    expect(back.session).toEqual({ token: victim.session.token, conversationId: expect.any(String) });
    await expect.poll(() => back.got.map(({ text }) => text).join()).toContain('سرّي');
  });
});

describe('a token of this chat', () => {
  it('opens nothing of the API', async () => {
    for (const path of ['/conversations', '/contacts', '/tickets', '/inboxes']) {
      const response = await fetch(`${wasl.url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${victim.session.token}` },
      });
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  it('is not one of another installation', async () => {
    const other = await openGateway();
    try {
      const stranger = await other.visit({ auth: { token: victim.session.token } });
      expect(stranger.session.token).not.toBe(victim.session.token);
    } finally {
      await other.close();
    }
  });
});
