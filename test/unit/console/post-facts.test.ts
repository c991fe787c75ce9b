import { describe, expect, it } from 'vitest';
import { capabilitiesFor } from '../../../src/web/console/conversation/audience.ts';
import { fitOf } from '../../../src/web/console/conversation/fit.ts';
import { furtherFields, postsOf, postToAnswer, siteOf } from '../../../src/web/console/conversation/post-facts.ts';
import { aMessage } from './a-message.ts';

describe('a post', () => {
  it('is answered where it is the last that programs may answer', () => {
    const posts = [
      aMessage({ seq: 1 }),
      aMessage({ seq: 2, answerable: false }),
      aMessage({ seq: 3, automated: 'bulk' }),
      aMessage({ seq: 4, kind: 'deletion' }),
      aMessage({ seq: 5, deletedAt: '2026-11-25T08:00:00.000Z' }),
      aMessage({ seq: 6, author: 'agent' }),
    ];
    expect(postToAnswer(posts)?.id).toBe('m1');
    expect(postToAnswer(posts.slice(1))?.id).toBe('m2');
    expect(postToAnswer(posts.slice(2))).toBeNull();
  });

  it('has the words of the posts that it speaks of apart from what was filled in', () => {
    const fields = [
      { name: 'post', value: 'إعلان' },
      { name: 'post', value: '  ' },
      { name: 'company', value: 'جامعة' },
    ];
    expect(postsOf({ fields })).toEqual(['إعلان']);
    expect(furtherFields({ fields })).toEqual([{ name: 'company', value: 'جامعة' }]);
  });

  it('can be opened where it stands, if the link is one to open', () => {
    expect(siteOf('https://x.com/a/status/1')).toBe('x');
    expect(siteOf('https://mobile.twitter.com/a/status/1')).toBe('x');
    expect(siteOf('https://x.com.example/a')).toBe('x.com.example');
    expect(siteOf('http://x.com/a')).toBeNull();
    expect(siteOf('javascript:alert(1)')).toBeNull();
    expect(siteOf(undefined)).toBeNull();
  });
});

describe('what can be sent', () => {
  const files = { maxBytes: 5, maxCount: 4, types: ['image/png'] };
  const capabilities = {
    form: 'chat',
    canStart: true,
    typing: false,
    visibility: 'private',
    inPublic: { maxLength: 280, attachments: files, assistant: 'once', links: false },
    paid: false,
    maxLength: 10_000,
    attachments: null,
    replyWindowHours: 24,
    templates: false,
    phones: false,
  } as const;
  const inPublic = capabilitiesFor({ ...capabilities, inPublic: { ...capabilities.inPublic } }, 'public');

  it('is what everybody may be shown, in public, and all else in private', () => {
    expect(inPublic).toMatchObject({ maxLength: 280, attachments: files, replyWindowHours: null });
    expect(capabilitiesFor({ ...capabilities, inPublic: null }, 'private')).toMatchObject({ maxLength: 10_000 });
    expect(capabilitiesFor(undefined, 'public')).toBeNull();
  });

  it('fits in up to four posts in public, and in one message in private', () => {
    expect(fitOf('كلمة '.repeat(80), inPublic)).toMatchObject({ fits: true, posts: { count: 2, max: 280 } });
    expect(fitOf('كلمة '.repeat(400), inPublic).fits).toBe(false);
    expect(fitOf('ا'.repeat(10_002), { maxLength: 10_000, visibility: 'private' })).toEqual({
      excess: 2,
      posts: null,
      fits: false,
    });
    expect(fitOf('ا'.repeat(99_999), null).fits).toBe(true);
  });
});
