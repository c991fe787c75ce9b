import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sms } from '../../../channels/sms/channel.ts';
import { coreSettings, readSettings } from '../../../src/config.ts';
import { addresses } from '../../../src/contact/contact.ts';
import { addressIdOf } from '../../../src/flow/identity.ts';
import { createGateway, type Gateway } from '../../../src/gateway.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { type Delivery, deliveries } from '../../../src/message/message.ts';
import { createSmsSimulator } from '../../fakes/sms/simulator.ts';
import { removeStore, storeEnv } from '../../support/store-env.ts';

const person = '966500000001';

/** A port that nobody has at the moment: the address must be known before the gateway starts. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** A whole gateway with one number at Twilio, both over real HTTP. */
async function openWhole() {
  const simulator = createSmsSimulator();
  await simulator.start();
  const directory = mkdtempSync(join(tmpdir(), 'wasl-sms-'));
  const port = String(await freePort());
  const publicUrl = `http://127.0.0.1:${port}`;
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const gateway: Gateway = await createGateway({
    settings: readSettings(coreSettings, { PORT: port, PUBLIC_URL: publicUrl, ...storeEnv(directory) }),
    root: join(import.meta.dirname, '../../..'),
    version: 'test',
    kinds: [sms],
    inboxes: givenInboxes([sms], { ...simulator.settings('twilio'), SMS_PRICE: '0.2' }),
    log: quiet,
  });
  await gateway.start();
  simulator.connect(`${publicUrl}/webhooks/sms`);
  onTestFinished(async () => {
    await gateway.stop();
    await simulator.stop();
    await removeStore(directory);
  });
  const sendings = async (): Promise<Delivery[]> =>
    (await gateway.store.find(deliveries, { index: 'by-external-id', where: { inboxId: 'sms' }, limit: 100 })).items;
  return { gateway, simulator, sendings };
}

it('answers a text message by one, follows it until it has arrived, and knows what it cost', async () => {
  const { simulator, sendings } = await openWhole();
  expect((await simulator.say(person, 'السلام عليكم، كم رسوم الخدمة؟')).status).toBe(200);
  await expect.poll(() => simulator.sent.length, { timeout: 15_000 }).toBeGreaterThan(0);
  await expect
    .poll(async () => (await sendings()).map(({ status }) => status), { timeout: 10_000 })
    .toEqual(simulator.sent.map(() => 'delivered'));
  expect(simulator.sent.every(({ to }) => to === person)).toBe(true);
  const [sent] = simulator.sent;
  const known = (await sendings()).find(({ externalId }) => externalId === sent?.id);
  expect(known?.cost).toEqual({
    units: sent?.segments,
    amount: Math.round((sent?.segments ?? 0) * 20) / 100,
    currency: 'SAR',
  });
});

it('says nothing more to whoever texted STOP, and knows of it', async () => {
  const { gateway, simulator } = await openWhole();
  await simulator.say(person, 'STOP');
  const optedOutAt = async () => (await gateway.store.get(addresses, addressIdOf('sms', person)))?.optedOutAt ?? null;
  await expect.poll(optedOutAt, { timeout: 5_000 }).not.toBeNull();
  await gateway.flow.idle();
  expect(simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});
