import { expect, it } from 'vitest';
import { aboutOf } from '../../../channels/whatsapp-cloud/parse.ts';
import { aMessage, aPost, type Fields, reading } from './posts.ts';

const other = { metadata: { display_phone_number: '966112229999', phone_number_id: '999' } };
const entryOf = (value: Fields, field?: string, id?: string) => aPost(value, field, id).entry;
const post = (...entries: unknown[][]) =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: entries.flat() });

it('are the numbers and accounts of a post that this inbox does not have', () => {
  const mine = entryOf({ messages: [aMessage()] });
  const theirs = entryOf({ messages: [aMessage()], ...other });
  const account = entryOf({ metadata: undefined, event: 'X' }, 'account_update', '777');
  expect(aboutOf(post(mine), reading).strangers).toEqual([]);
  expect(aboutOf(post(mine, theirs, account), reading).strangers).toEqual(['number 999', 'account 777']);
  expect(aboutOf(post(account), { ...reading, businessAccountId: null }).strangers).toEqual([]);
  expect(aboutOf(post(mine, theirs), reading).mine).toBe(true);
  expect(aboutOf(post(theirs), reading).mine).toBe(false);
});

it('are none in what cannot be read', () => {
  for (const raw of ['', '{', '[]', '{"entry":5}', post([5, { id: '1', changes: 7 }])])
    expect([raw, aboutOf(raw, reading).strangers]).toEqual([raw, []]);
});
