import { describe, expect, it } from 'vitest';
import { createDrafts } from '../../../src/web/console/conversation/drafts.ts';
import { aShelf } from './a-shelf.ts';

describe('drafts', () => {
  it('are kept by conversation', () => {
    const drafts = createDrafts(aShelf(), 'huda');
    drafts.write('one', 'نعم');
    drafts.write('two', 'no');
    expect([drafts.read('one'), drafts.read('two'), drafts.read('three')]).toEqual(['نعم', 'no', '']);
  });

  it('outlive a reload of the page', () => {
    const shelf = aShelf();
    createDrafts(shelf, 'huda').write('one', 'half a sentence');
    expect(createDrafts(shelf, 'huda').read('one')).toBe('half a sentence');
  });

  it('are not shown to another agent in the same tab', () => {
    const shelf = aShelf();
    createDrafts(shelf, 'huda').write('one', 'mine');
    expect(createDrafts(shelf, 'omar').read('one')).toBe('');
  });

  it('leave nothing behind once they are sent', () => {
    const shelf = aShelf();
    const drafts = createDrafts(shelf, 'huda');
    drafts.write('one', 'text');
    drafts.write('one', '');
    expect(shelf.kept.size).toBe(0);
    expect(createDrafts(shelf, 'huda').read('one')).toBe('');
  });

  it('stay in memory where the storage is full', () => {
    const drafts = createDrafts(aShelf({ refuses: true }), 'huda');
    drafts.write('one', 'long text');
    expect(drafts.read('one')).toBe('long text');
  });

  it('tell who watches', () => {
    const drafts = createDrafts(aShelf(), 'huda');
    let told = 0;
    const stop = drafts.subscribe(() => told++);
    drafts.write('one', 'a');
    stop();
    drafts.write('one', 'b');
    expect(told).toBe(1);
  });
});
