import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GivenWords } from '../../src/flow/flow.ts';
import { conversationIdOf } from '../../src/flow/thread.ts';
import { createPublicChannel } from '../fakes/public-channel.ts';
import { type Ask, openWorld, signedIn, type World, writer } from './http-harness.ts';

let world: World;
let agent: Ask;
beforeEach(async () => {
  world = await openWorld({ channels: [createPublicChannel()] });
  agent = (await signedIn(world)).ask;
});
afterEach(() => world.close());

const base = '/api/v1/conversations';
const author = { inboxId: 'square', channel: 'square', address: 'author-1' };
const privateId = conversationIdOf('square', 'author-1');

const aPublicOne = async () => {
  const { aContact, aConversation } = writer(world);
  const contact = await aContact();
  const matter = { words: 'كلام يخص صاحبه', type: 'complaint', service: null, repliedAt: null } as const;
  const facts = { ...author, contactId: contact.id, key: 'post:1:author-1', visibility: 'public' as const, matter };
  return { contact, post: await aConversation(facts) };
};

it('a public conversation leads to the private one of the same person, and back', async () => {
  const { contact, post } = await aPublicOne();
  const shown = async (id: string) => (await agent('GET', `${base}/${id}`)).body;
  expect(await shown(post.id)).toMatchObject({ visibility: 'public', privateConversationId: null });
  const { aConversation } = writer(world);
  await aConversation({ ...author, id: privateId, contactId: contact.id, key: 'author-1', cameFrom: post.id });
  expect(await shown(post.id)).toMatchObject({ privateConversationId: privateId });
  expect(await shown(privateId)).toMatchObject({ cameFrom: post.id, privateConversationId: null });
});

it('the words of a public matter are shown by the messages alone, where hidden tickets stay hidden', async () => {
  const { post } = await aPublicOne();
  expect(JSON.stringify((await agent('GET', `${base}/${post.id}`)).body)).not.toContain('كلام يخص صاحبه');
});

it('conversations are listed by whether everybody reads them', async () => {
  const { contact, post } = await aPublicOne();
  const { aConversation } = writer(world);
  const own = await aConversation({ ...author, id: privateId, contactId: contact.id, key: 'author-1' });
  const idsOf = async (query: string) =>
    (await agent('GET', `${base}?${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await idsOf('visibility=public')).toEqual([post.id]);
  expect(await idsOf('visibility=private&channel=square')).toEqual([own.id]);
  expect((await agent('GET', `${base}?visibility=all`)).status).toBe(400);
});

it('a public message tells where it stands and whether a program may answer it', async () => {
  const { post } = await aPublicOne();
  const { aMessage } = writer(world);
  await aMessage({ conversationId: post.id, seq: 1, link: 'https://square.example/1', answerable: false });
  const { items } = (await agent('GET', `${base}/${post.id}/messages`)).body;
  expect(items).toMatchObject([{ link: 'https://square.example/1', answerable: false }]);
});

it('an agent says where the words go, and learns in which conversation they are', async () => {
  const { contact, post } = await aPublicOne();
  const { aConversation, aMessage } = writer(world);
  const own = await aConversation({ ...author, id: privateId, contactId: contact.id, key: 'author-1' });
  const asked: GivenWords[] = [];
  world.flow.staff.reply = async (_id, _by, words) => {
    asked.push(words);
    return aMessage({
      conversationId: own.id,
      seq: asked.length,
      direction: 'outbound',
      author: 'agent',
      text: words.text ?? '',
    });
  };
  const path = `${base}/${post.id}/messages`;
  const sent = await agent('POST', path, { body: { text: 'تفضل', visibility: 'private' } });
  expect(sent).toMatchObject({ status: 201, body: { conversationId: own.id } });
  await agent('POST', path, { body: { text: 'تفضل' } });
  expect(asked.map(({ visibility }) => visibility)).toEqual(['private', undefined]);
  expect((await agent('POST', path, { body: { text: 'تفضل', visibility: 'secret' } })).status).toBe(400);
});

it('the description of the API names what is public', async () => {
  const { body } = await agent('GET', '/api/v1/openapi.json');
  const { Conversation, Message } = body.components.schemas;
  expect(Object.keys(Conversation.properties)).toEqual(expect.arrayContaining(['cameFrom', 'privateConversationId']));
  expect(Object.keys(Message.properties)).toEqual(expect.arrayContaining(['link', 'answerable']));
});
