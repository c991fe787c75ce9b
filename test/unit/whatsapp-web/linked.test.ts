import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reasons } from '../../../channels/whatsapp-web/reasons.ts';
import { FakeWorld } from './fake-client.ts';
import { openChannel, settle } from './open-channel.ts';

it('an account that another machine had says that its session is not here', async () => {
  const notes = new Map<string, string>();
  const first = await openChannel(new FakeWorld('$1'), { notes });
  await settle();
  expect(notes.get('linked')).toBe('yes');
  await first.channel.stop();
  const world = Object.assign(new FakeWorld('$1'), { isLinked: false });
  const second = await openChannel(world, { notes });
  await settle();
  expect(second.channel.state()).toMatchObject({
    state: 'needs-login',
    reason: reasons.elsewhere,
    login: { qr: 'qr-text-1' },
  });
});

it('an account that nobody has linked yet, or that was unlinked on the phone, only wants to be linked', async () => {
  for (const notes of [new Map<string, string>(), new Map([['linked', 'no']])]) {
    const world = Object.assign(new FakeWorld('$1'), { isLinked: false });
    const { channel } = await openChannel(world, { notes });
    await settle();
    expect(channel.state().reason).toBe(reasons.scan);
  }
});

it('the session of an account that another process has by now stays, whatever the phone said', async () => {
  const world = new FakeWorld('$1');
  const { channel, directory, sink } = await openChannel(world, { started: false });
  let isOurs = true;
  sink.remember = async () => {
    if (!isOurs) throw new Error('another process runs this inbox now');
  };
  await channel.start(sink);
  await settle();
  const profile = join(directory, 'session-wasl');
  mkdirSync(profile, { recursive: true });
  isOurs = false;
  world.isLinked = false;
  world.client.emit('disconnected', 'LOGOUT');
  await settle();
  expect(existsSync(profile)).toBe(true);
});
