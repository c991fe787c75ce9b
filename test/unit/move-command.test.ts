import { describe, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { movedCollections, placesOf } from '../../src/move-command.ts';

const url = 'mongodb://host/wasl';
const settings = { DATA_DIR: './data' };
const shared = { ...settings, MONGODB_URL: url };

describe('the places of a move', () => {
  it.each([
    [['--to', url], settings, './data', url],
    [['--from', './other', '--to', url], settings, './other', url],
    [['--from', url, '--to', './back'], settings, url, './back'],
    [['--to', './back'], shared, url, './back'],
    [['--from', './data'], shared, './data', url],
  ])('%j', (words, given, from, to) => {
    expect(placesOf(words, given)).toEqual({ from, to });
  });

  it.each([[[]], [['--to', './back']], [['--from', url]], [['--force']], [['somewhere']]])(
    'are asked for where %j does not say them',
    (words) => {
      expect(() => placesOf(words, settings)).toThrow(/^Use, while Wasl is stopped:/);
    },
  );

  it('take everything along but what processes keep of each other', () => {
    const left = collections.filter((one) => !movedCollections.includes(one)).map(({ name }) => name);
    expect(left.sort()).toEqual(['inboxStates', 'leases', 'members', 'signals']);
  });
});
