import { afterEach, expect, it } from 'vitest';
import { activityBody } from '../../fakes/x/activity.ts';
import { happeningOf, type Made } from '../../fakes/x/happening.ts';
import { type Opened, openX } from './an-inbox.ts';

let inbox: Opened;
afterEach(() => inbox.close());

it('a post that X tells to be taken back before it tells of the post itself is answered by nobody', async () => {
  inbox = await openX();
  const { world } = inbox.provider;
  const places = { origin: () => 'https://pbs.example.org' };
  const sara = inbox.provider.person({ username: 'sara_ot' });
  const bodiesOf = (made: Made): string[] => {
    const happening = happeningOf(world, made);
    return happening.types.map((type) => JSON.stringify(activityBody(world, places, { happening, type })));
  };
  const post = sara.mention('أين بلاغي؟');
  const created = bodiesOf(post);
  for (const body of [...bodiesOf(sara.delete(post)), ...created]) await inbox.channel.webhook?.take(body);
  const deletion = { event: 'message', kind: 'deletion', refersTo: post.id };
  const message = { event: 'message', kind: 'text', externalId: post.id, settled: true };
  expect(inbox.sink.events.slice(0, 3)).toMatchObject([deletion, message, deletion]);
  expect(inbox.notes.get('x-taken-back')).toContain(post.id);
});
