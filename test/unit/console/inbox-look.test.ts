import { describe, expect, it } from 'vitest';
import { followsFrom, lookOf } from '../../../src/web/console/inboxes/inbox-look.ts';

const noFolder = 'The mailbox has no folder "Care"; there are: "INBOX".';
const certificate = "The mail server's certificate is not trusted: check its host name.";
const dropped = 'The mail server mail.example:993 ended the connection.';
const inbox = { enabled: true, state: 'reconnecting', reason: null } as const;

describe('the look of an inbox', () => {
  it('is that of its state, and off where it is switched off', () => {
    expect(lookOf({ ...inbox, reason: dropped })).toBe('reconnecting');
    expect(lookOf({ ...inbox, state: 'connected' })).toBe('connected');
    expect(lookOf({ ...inbox, state: 'stopped', enabled: false })).toBe('off');
  });

  it('says that a change is needed where trying again cannot help', () => {
    expect(lookOf({ ...inbox, reason: noFolder })).toBe('needs-change');
    expect(lookOf({ ...inbox, reason: certificate })).toBe('needs-change');
  });
});

describe('what follows from it', () => {
  it('is told of the sending where only that is held up', () => {
    expect(followsFrom({ ...inbox, reason: certificate })).toBe('sending');
    expect(followsFrom({ ...inbox, reason: noFolder })).toBe('needs-change');
    expect(followsFrom({ ...inbox, reason: dropped })).toBe('reconnecting');
    expect(followsFrom({ ...inbox, state: 'stopped', reason: certificate })).toBe('stopped');
  });
});
