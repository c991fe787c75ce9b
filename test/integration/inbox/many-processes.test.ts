import { expect, it } from 'vitest';
import { SendError } from '../../../src/channel/send-error.ts';
import { signals } from '../../../src/cluster/stored.ts';
import { keptConditions } from '../../../src/inbox/conditions.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { type InboxProcess, inboxProcesses, lone } from './inbox-processes.ts';

const facts = { name: 'Care', values: { TOKEN: 'word' } };
const anOutbound = outboundOf({ inboxId: lone });
const at = '2026-11-22T08:00:00.000Z';

const runningIn = ({ opened }: InboxProcess, id = lone) => opened.find((one) => one.inboxId === id && one.isRunning)!;

it('an inbox of the console that is added, renamed, switched off and removed is so in every process', async () => {
  const { all, running, until } = await inboxProcesses(2);
  const [first, second] = all as [InboxProcess, InboxProcess];
  const { id } = await first.inboxes.add('lone', { ...facts, departmentId: 'care' });
  await until(() => second.view(id) !== undefined && running(id).length === 1);
  expect(second.inboxes.departmentOf(id)).toBe('care');
  await second.inboxes.change(id, 1, { name: 'Other', departmentId: null });
  await until(() => first.view(id)?.name === 'Other');
  expect([first.inboxes.departmentOf(id), running(id).length]).toEqual([null, 1]);
  await first.inboxes.change(id, 2, { enabled: false });
  await until(() => running(id).length === 0 && second.view(id)?.enabled === false);
  expect(second.view(id)).toMatchObject({ state: 'stopped', reason: 'It is switched off.' });
  await second.inboxes.change(id, 3, { enabled: true });
  await until(() => running(id).length === 1);
  await second.inboxes.remove(id);
  await until(() => running(id).length === 0 && all.every((one) => one.view(id) === undefined));
  expect(all.flatMap(({ inboxes }) => [...inboxes.channels.keys()])).toEqual([lone, lone]);
});

it('a change that a process could not read is taken once the store is back', async () => {
  const { all, until } = await inboxProcesses(2);
  const [first, second] = all as [InboxProcess, InboxProcess];
  second.process.reach.isCutOff = true;
  const { id } = await first.inboxes.add('lone', facts);
  await until(() => first.inboxes.serves(id));
  expect(second.view(id)).toBeUndefined();
  second.process.reach.isCutOff = false;
  await until(() => second.view(id) !== undefined);
});

it('how it is, the number, the cost and the login are shown by processes that do not run it, as long as they last', async () => {
  const { apart, until, shared } = await inboxProcesses(2);
  const { owner, other } = await apart();
  const login = { qr: 'the code', code: null, at };
  const usage = { budget: null, lines: [{ what: 'posts', count: 2, amount: 0.01 }], limits: [] };
  runningIn(owner).now = { state: 'needs-login', reason: 'Scan it.', login };
  await until(() => other.view(lone)?.login !== null);
  expect(other.view(lone)).toMatchObject({ state: 'needs-login', reason: 'Scan it.', login, phone: null });
  expect(other.inboxes.channels.get(lone)?.state()).toMatchObject({ state: 'needs-login' });
  runningIn(owner).now = { state: 'connected', reason: null, phone: '+966500000000', usage };
  await until(() => other.view(lone)?.login === null, 5_000);
  expect(other.view(lone)).toMatchObject({ state: 'connected', phone: '+966500000000', usage });
  expect(JSON.stringify(await shared.store.get(keptConditions, lone))).not.toContain('the code');
});

it('what stays as it is is told once', async () => {
  const { apart, until, pass, shared } = await inboxProcesses(2);
  const { other } = await apart();
  await until(() => other.view(lone)?.state === 'connected');
  const before = await shared.store.get(keptConditions, lone);
  await pass(20_000);
  expect(await shared.store.get(keptConditions, lone)).toEqual(before);
});

it('hints for people reach them through the process that runs the inbox', async () => {
  const { apart, settle, until } = await inboxProcesses(2);
  const { owner, other } = await apart();
  const channel = other.inboxes.channels.get(lone);
  const typing = { address: 'a', on: true, externalId: null };
  channel?.typing?.(typing);
  channel?.handled?.({ address: 'a', by: 'agent' });
  await channel?.markRead?.({ address: 'a', externalId: 'e' });
  await until(() => runningIn(owner).heard.length === 3);
  await settle();
  expect(runningIn(owner).heard).toEqual([
    { typing },
    { handled: { address: 'a', by: 'agent' } },
    { markRead: { address: 'a', externalId: 'e' } },
  ]);
  expect(other.opened.flatMap(({ heard }) => heard)).toEqual([]);
});

it('what is sent at once from another process is sent by the one that runs the inbox, and its answer comes back', async () => {
  const { apart, pass, until, shared } = await inboxProcesses(2);
  const { owner, other } = await apart();
  await until(() => other.view(lone)?.state === 'connected');
  const channel = other.inboxes.channels.get(lone)!;
  const message = anOutbound({ text: 'رمزكم 123456' });
  const sent = channel.send(message, new AbortController().signal);
  await pass(500);
  expect(await sent).toEqual({ externalId: `ext-${message.id}`, status: 'accepted' });
  expect(runningIn(owner).sent).toEqual([message]);
  runningIn(owner).answer = () =>
    Promise.reject(new SendError('throttled', 'Slower.', { retryAfterMs: 9, scope: 'inbox' }));
  const refused = channel.send(message, new AbortController().signal).catch((error: unknown) => error);
  await pass(500);
  expect(await refused).toMatchObject({ code: 'throttled', message: 'Slower.', retryAfterMs: 9, scope: 'inbox' });
  const { items } = await shared.store.find(signals, { index: 'by-expiry' });
  expect(items.some(({ said }) => said.includes('sealed'))).toBe(true);
  expect(JSON.stringify(items)).not.toContain('123456');
});

it('what nobody answers is late for whoever sent it', async () => {
  const { apart, kill, pass, until } = await inboxProcesses(1, 1);
  const { owner, other } = await apart();
  await until(() => other.view(lone)?.state === 'connected');
  kill(owner.process);
  const stop = new AbortController();
  const sent = other.inboxes.channels.get(lone)!.send(anOutbound(), stop.signal);
  const outcome = sent.catch((error: unknown) => error);
  await pass(500);
  stop.abort();
  expect(await outcome).toMatchObject({ code: 'timed-out' });
  await until(() => other.view(lone)?.state === 'reconnecting');
  const again = other.inboxes.channels.get(lone)!.send(anOutbound(), new AbortController().signal);
  await expect(again).rejects.toMatchObject({ code: 'unreachable' });
});

it('the way in of its provider is known to every process', async () => {
  const { all, apart } = await inboxProcesses(2);
  await apart();
  for (const { inboxes } of all) {
    const webhook = inboxes.channels.get(lone)?.webhook;
    expect(webhook?.challenge(new URLSearchParams())).toBe('here');
    expect(webhook?.recognise({ raw: Buffer.from(''), headers: {}, url: '/' })).toEqual({ mine: true, strangers: [] });
  }
});
