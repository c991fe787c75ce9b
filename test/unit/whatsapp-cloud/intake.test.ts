import { expect, it } from 'vitest';
import { takePost } from '../../../channels/whatsapp-cloud/intake.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { createRecordingSink } from '../../contract/channel-contract.ts';
import { aMessage, aPost, contact, type Fields, reading } from './posts.ts';

const quiet = (): void => undefined;

const rig = () => {
  const counted: string[] = [];
  const troubles: number[] = [];
  const asked: string[] = [];
  const sink = { ...createRecordingSink(), changed: (what: string) => void asked.push(what) };
  const intake = {
    reading,
    now: () => Date.parse(reading.at),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    count: (event: string) => void counted.push(event),
    troubled: (code: number) => void troubles.push(code),
  };
  const take = (value: Fields, field?: string) => takePost(intake, sink, JSON.stringify(aPost(value, field)));
  return { sink, take, counted, troubles, asked };
};

const two = { contacts: [contact], messages: [aMessage(), aMessage({ id: 'wamid.two' })] };

it('tells the core what a post holds, in its order', async () => {
  const { sink, take } = rig();
  const heard: string[] = [];
  sink.receive = async (event: GivenEvent) => {
    heard.push('externalId' in event ? event.externalId : event.event);
    return { messageId: 'm', conversationId: 'c', duplicate: false };
  };
  expect(await take({ ...two, statuses: [{ id: 'wamid.out', status: 'read' }] })).toBe('taken');
  expect(heard).toEqual(['wamid.one', 'wamid.two', 'wamid.out']);
});

it('goes on after an event that the core will never accept, and says that the post is odd', async () => {
  const { sink, take } = rig();
  const heard: string[] = [];
  sink.receive = async (event: GivenEvent) => {
    if ('externalId' in event && event.externalId === 'wamid.one')
      throw Object.assign(new Error(), { code: 'invalid' });
    heard.push(event.event);
    return { messageId: 'm', conversationId: 'c', duplicate: false };
  };
  expect(await take(two)).toBe('odd');
  expect(heard).toEqual(['message']);
});

it('stops where the core cannot store, so that the post is tried again', async () => {
  const { sink, take } = rig();
  const { receive } = sink;
  sink.receive = async () => Promise.reject(new Error('the disk is full'));
  await expect(take(two)).rejects.toThrow('the disk is full');
  sink.receive = receive;
  expect(await take(two)).toBe('taken');
});

it('asks for the templates again where they are others now, and tells of trouble with the account', async () => {
  const { take, asked, troubles, counted } = rig();
  expect(await take({ metadata: undefined, event: 'PAUSED' }, 'message_template_status_update')).toBe('taken');
  expect(asked).toEqual(['templates']);
  await take({ statuses: [{ id: 'wamid.out', status: 'failed', errors: [{ code: 131042 }] }] });
  expect(troubles).toEqual([131042]);
  expect(await take({ metadata: undefined, event: 'DISABLED_UPDATE' }, 'account_update')).toBe('taken');
  expect(await take({}, 'moon_phase')).toBe('odd');
  expect(counted).toEqual(['templates', 'account', 'odd-unknown-field']);
});
