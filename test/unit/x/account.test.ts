import { describe, expect, it } from 'vitest';
import { createAccount, createSelfKnowledge } from '../../../channels/x/account.ts';
import { type Alarm, Refusal } from '../../../channels/x/refusal.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { hostDeps } from '../../fakes/host-deps.ts';

const refused = (alarm: Alarm) => new Refusal({ code: 'config-invalid', says: `because of ${alarm}`, alarm });

const open = () => {
  let now = 0;
  const counted: string[] = [];
  const lines: string[] = [];
  const clock = { now: () => now, after: () => () => undefined };
  const account = createAccount('x', hostDeps({ clock, counted, lines }));
  return {
    account,
    counted,
    lines,
    move: (ms: number) => {
      now += ms;
    },
  };
};

describe('an account', () => {
  it('is well after a good answer, whatever was before', () => {
    const { account, counted } = open();
    account.heard('sendDm', refused('bad-credentials'));
    account.heard('mentions', refused('bad-credentials'));
    expect(account.trouble()).toEqual({ state: 'bad-credentials', reason: 'because of bad-credentials' });
    expect(counted).toEqual(['credentials-refused']);
    account.heard('mentions', null);
    expect(account.trouble()).toBeNull();
  });

  it('whose app lacks a right says so until just that is allowed', () => {
    const { account, counted } = open();
    for (let at = 0; at < 3; at += 1) {
      account.heard('sendDm', refused('not-permitted'));
      account.heard('mentions', null);
    }
    expect(account.trouble()).toMatchObject({ reason: 'because of not-permitted' });
    expect(counted).toEqual(['not-permitted']);
    account.heard('sendDm', null);
    expect(account.trouble()).toBeNull();
  });

  it('that X has capped asks nothing for an hour, then once', () => {
    const { account, move } = open();
    account.heard('sendDm', refused('capped'));
    expect(() => account.check()).toThrow('because of capped');
    expect(account.trouble()?.state).toBe('stopped');
    move(3_600_000);
    account.check();
    account.heard('mentions', refused('capped'));
    expect(() => account.check()).toThrow();
  });

  it('is not ill for what X says of one message', () => {
    const { account, lines } = open();
    account.heard('createPost', new Refusal({ code: 'rejected', says: 'no' }));
    account.heard('createPost', new SendError('throttled', 'wait'));
    expect(account.trouble()).toBeNull();
    expect(lines).toEqual([]);
  });
});

describe('whose account it is', () => {
  const knowing = (notes: Map<string, string>, { token = '1-a', now = 0 } = {}) => {
    let asked = 0;
    const knowledge = createSelfKnowledge({
      accessToken: token,
      now: () => now,
      sink: {
        recall: async (key) => notes.get(key) ?? null,
        remember: async (key, value) => void notes.set(key, value),
      },
      ask: async () => {
        asked += 1;
        return { data: { id: '1', username: 'wasl_care' } };
      },
    });
    return { knowledge, asked: () => asked };
  };

  it('is asked once, however many want to know, and never again for that token', async () => {
    const notes = new Map<string, string>();
    const first = knowing(notes);
    expect(first.knowledge.known()).toBeNull();
    await Promise.all([first.knowledge.self(), first.knowledge.self()]);
    expect(first.asked()).toBe(1);
    expect([...notes.values()].join()).not.toContain('1-a');
    const second = knowing(notes);
    expect(await second.knowledge.self()).toEqual({ id: '1', username: 'wasl_care' });
    expect(second.asked()).toBe(0);
  });

  it('is asked again for another token, and after a week, since names change', async () => {
    const notes = new Map<string, string>();
    await knowing(notes).knowledge.self();
    const other = knowing(notes, { token: '2-b' });
    await other.knowledge.self();
    expect(other.asked()).toBe(1);
    const later = knowing(notes, { token: '2-b', now: 8 * 86_400_000 });
    await later.knowledge.self();
    expect(later.asked()).toBe(1);
  });
});
