import { capabilities } from '../../channels/email/capabilities.ts';
import { FolderMissing } from '../../channels/email/mailbox/trouble.ts';
import { emailKind } from '../../channels/email/settings.ts';
import type { Channel } from '../../src/channel/channel.ts';
import type { ChannelKind } from '../../src/channel/kind.ts';

/** The email kind with its own settings and capabilities, over a server that takes whoever has the word `right`, and lacks a folder for `no-folder`. */
export const consoleMail: ChannelKind = {
  kind: 'email',
  settings: emailKind,
  create({ inboxId, values }): Channel {
    let isStarted = false;
    const { password } = values.IMAP_URL as { password: string };
    const refused = 'The mail server refuses the user or password; check them in the settings of this inbox.';
    const lacking = new FolderMissing('الوارد القديم', ['INBOX', 'Sent', 'المحذوفات']).message;
    return {
      kind: 'email',
      inboxId,
      capabilities,
      state() {
        if (!isStarted) return { state: 'stopped', reason: null };
        if (password === 'no-folder') return { state: 'reconnecting', reason: lacking };
        return password === 'right'
          ? { state: 'connected', reason: null }
          : { state: 'bad-credentials', reason: refused };
      },
      start: async () => {
        isStarted = true;
      },
      stop: async () => {
        isStarted = false;
      },
      send: async ({ id }) => ({ externalId: `<${id}@example.edu>`, status: 'accepted' }),
    };
  },
};
