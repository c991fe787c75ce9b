import type { ChannelKind } from '../src/channel/kind.ts';
import { email } from './email/channel.ts';
import { sms } from './sms/channel.ts';
import { createWebChat } from './web-chat/channel.ts';
import { whatsappCloud } from './whatsapp-cloud/channel.ts';
import { whatsappWeb } from './whatsapp-web/channel.ts';
import { x } from './x/channel.ts';

/** The one list of channels; only `main.ts` and tests import it. */
export const channelKinds: readonly ChannelKind[] = [
  { kind: 'web-chat', create: ({ inboxId }, deps) => createWebChat({ inboxId }, deps) },
  email,
  whatsappCloud,
  whatsappWeb,
  sms,
  x,
];
