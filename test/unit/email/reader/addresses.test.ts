import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddresses } from '../../../../channels/email/reader/addresses.ts';

const raw = (words: string): string => Buffer.from(words).toString('latin1');
const one = (value: string) => readAddresses(raw(value));

describe('addresses', () => {
  it.each([
    ['Mona <Mona@People.Example>', 'Mona', 'mona@people.example'],
    ['mona@people.example', '', 'mona@people.example'],
    ['<mona@people.example>', '', 'mona@people.example'],
    ['mona@people.example (Mona S.)', 'Mona S.', 'mona@people.example'],
    ['"Salem, Mona" <mona@people.example>', 'Salem, Mona', 'mona@people.example'],
    ['"Mona \\"M\\" Salem" <mona@people.example>', 'Mona "M" Salem', 'mona@people.example'],
    ["'Mona' <mona@people.example>", 'Mona', 'mona@people.example'],
    ['منى سالم <mona@people.example>', 'منى سالم', 'mona@people.example'],
    ['=?utf-8?B?2YXZhtmJ?= <mona@people.example>', 'منى', 'mona@people.example'],
    ['"=?utf-8?B?2YXZhtmJ?=" <mona@people.example>', 'منى', 'mona@people.example'],
    ['=?utf-8?Q?Salem,_Mona?= <mona@people.example>', 'Salem, Mona', 'mona@people.example'],
    ['=?utf-8?Q?Mona_<mona@people.example>?=', 'Mona', 'mona@people.example'],
    ['"other@place.example" <mona@people.example>', 'other@place.example', 'mona@people.example'],
    ['Mona <mailto:mona@people.example>', 'Mona', 'mona@people.example'],
    ['Mona < mona@people.example >', 'Mona', 'mona@people.example'],
    ['Mona <mona@people.example', 'Mona', 'mona@people.example'],
    ['<@relay.example,@other.example:mona@people.example>', '', 'mona@people.example'],
    ['Mona <mona(hers)@people.example>', 'Mona', 'mona@people.example'],
    ['mona@people.example.', '', 'mona@people.example'],
    ['root', '', 'root'],
    ['Cron Daemon <root>', 'Cron Daemon', 'root'],
  ])('reads %s', (value, name, address) => {
    expect(one(value)).toEqual([{ name, address }]);
  });

  it('reads lists, groups, missing commas and semicolons', () => {
    const list = (value: string) => one(value).map((each) => each.address);
    expect(list('a@x.example, B <b@x.example>,c@x.example')).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
    expect(list('Team: a@x.example, b@x.example;, c@x.example')).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
    expect(list('undisclosed-recipients:;')).toEqual([]);
    expect(list('A <a@x.example> B <b@x.example>')).toEqual(['a@x.example', 'b@x.example']);
    expect(list('a@x.example; b@x.example')).toEqual(['a@x.example', 'b@x.example']);
  });

  it('leaves out what holds no address', () => {
    expect(one('')).toEqual([]);
    expect(one(', ,')).toEqual([]);
    expect(one('no address at all')).toEqual([]);
    expect(readAddresses(null)).toEqual([]);
  });

  it('takes at most 500', () => {
    expect(one(Array.from({ length: 2000 }, (_, i) => `u${i}@x.example`).join(','))).toHaveLength(500);
  });

  it('never throws, and gives addresses in lower case without spaces', () => {
    const soup = fc.array(
      fc.constantFrom('<', '>', '"', '(', ')', ',', ';', ':', '@', 'A', 'b.c', ' ', '=?utf-8?q?', '?=', '\\', 'é'),
    );
    fc.assert(
      fc.property(soup, (pieces) =>
        one(pieces.join('')).every(
          ({ address }) => address !== '' && address === address.toLowerCase() && !/\s/.test(address),
        ),
      ),
    );
  });
});
