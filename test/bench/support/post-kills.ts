import { setTimeout as wait } from 'node:timers/promises';
import type { SentMessage } from '../../fakes/whatsapp-cloud/receipts.ts';
import { createWhatsappCloudSimulator, type WhatsappCloudSimulator } from '../../fakes/whatsapp-cloud/simulator.ts';
import { killOnce } from './kill-once.ts';
import { type Account, createPoster, messagePost, type Post, statusPost } from './posts.ts';
import { freePort, type Running, startWasl } from './server.ts';
import { seeded } from './story.ts';

export interface PostKillOptions {
  directory: string;
  kills: number;
  messages: number;
  seed: number;
  /** Told after each kill. */
  progress?(done: number): void;
}

export interface PostsKilled {
  /** Messages whose post was answered with 200, at whichever try. */
  acknowledged: string[];
  sent: SentMessage[];
  atStart: number;
  /** Kills at which posts were on their way or nobody had answered them yet. */
  underLoad: number;
  kills: number;
  errors: string[];
}

const people = 900;
const phoneOf = (at: number): string => `96655${String(1_000_000 + (at % people))}`;

const words = [
  'السلام عليكم',
  'أريد موظفًا',
  'كيف أقدم طلب صيانة؟',
  'محمد العتيبي',
  'كلية العلوم',
  'طالب',
  'شكوى على تأخر المعاملة',
];

/** A post goes out again and again until it is taken, as the provider does it; in no particular order. */
function createSender(port: number, random: () => number) {
  const { post, close } = createPoster(`http://127.0.0.1:${port}/webhooks/whatsapp`, 20);
  const open = new Set<Promise<void>>();
  let stopped = false;
  const untilTaken = async (one: Post, taken: () => void): Promise<void> => {
    while (!stopped) {
      const { status } = await post(one).catch(() => ({ status: 0 }));
      if (status === 200) return taken();
      await wait(30 + random() * 300);
    }
  };
  return {
    open,
    send(one: Post, taken: () => void = () => undefined): void {
      const done = untilTaken(one, taken).finally(() => open.delete(done));
      open.add(done);
    },
    close(): void {
      stopped = true;
      close();
    },
  };
}

/** Ends once every post is taken and nothing more goes out for some seconds, or nothing has happened for half a minute. */
async function settled(simulator: WhatsappCloudSimulator, open: ReadonlySet<unknown>): Promise<void> {
  let [before, still] = [-1, 0];
  while (still < 30_000) {
    const { sent } = simulator.counted;
    still = sent === before ? still + 250 : 0;
    before = sent;
    if (open.size === 0 && still >= 5_000) return;
    await wait(250);
  }
}

/** The provider posts without a pause, one in ten twice, while the gateway that it posts to is killed again and again. */
export async function killWhilePostsFlow(options: PostKillOptions): Promise<PostsKilled> {
  const { directory, kills, messages, seed } = options;
  const random = seeded(seed);
  const limits = { window: 'off', pairRate: false, throughput: false } as const;
  const simulator = createWhatsappCloudSimulator({ limits, receipts: null });
  await simulator.start();
  const env: Record<string, string> = { ...simulator.settings(), WHATSAPP_CLOUD_PER_SECOND: '1000' };
  const account: Account = {
    phoneNumberId: env.WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '',
    businessAccountId: env.WHATSAPP_CLOUD_WABA_ID ?? '',
    appSecret: env.WHATSAPP_CLOUD_APP_SECRET ?? '',
  };
  const port = await freePort();
  const start = (): Running => startWasl(port, directory, { env });
  const sender = createSender(port, random);
  const acknowledged: string[] = [];
  const errors: string[] = [];
  let [atStart, underLoad, at] = [0, 0, 0];
  simulator.watch((event) => {
    if (event.kind !== 'sent') return;
    const of = { wamid: event.message.wamid, phone: event.message.to.phone ?? '' };
    for (const status of ['delivered', 'sent', 'read']) sender.send(statusPost(account, of, status));
  });
  const flow = async (upTo: number): Promise<void> => {
    for (; at < upTo; at += 1) {
      const { wamid, ...one } = messagePost(account, phoneOf(at), words[Math.floor(random() * words.length)] ?? '');
      sender.send(one, () => acknowledged.push(wamid));
      if (random() < 0.1) sender.send(one);
      if (at % 5 === 0) await wait(random() * 40);
    }
  };
  let gateway = start();
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      let flowing = Promise.resolve();
      const begin = (): void => {
        flowing = flow(Math.ceil((messages * (kill + 1)) / kills));
      };
      const load = { begin, isBusy: () => sender.open.size > 0 };
      if ((await killOnce(gateway, random, load)) === 'at start') atStart += 1;
      if (sender.open.size > 0) underLoad += 1;
      errors.push(gateway.errors());
      gateway = start();
      await flowing;
      options.progress?.(kill + 1);
    }
    await gateway.ready;
    await settled(simulator, sender.open);
    await gateway.stop();
    errors.push(gateway.errors());
  } finally {
    sender.close();
    await gateway.kill();
    await simulator.stop();
  }
  return {
    acknowledged,
    sent: simulator.sent,
    atStart,
    underLoad,
    kills,
    errors: errors.filter((text) => text !== ''),
  };
}

/** What people got: one delivery of ours may come twice only where a kill fell between its sending and our note of it. */
export function auditSent({ sent, kills }: PostsKilled): {
  size: Record<string, number>;
  faults: Record<string, number>;
} {
  const byDelivery = Map.groupBy(sent, ({ request }) => String(request.biz_opaque_callback_data ?? ''));
  const again = sent.length - byDelivery.size;
  const different = [...byDelivery.values()].filter((list) => new Set(list.map(({ to }) => to)).size > 1);
  return {
    size: { sent: sent.length, 'sent again': again },
    faults: {
      'sent without an id of ours': byDelivery.get('')?.length ?? 0,
      'one sending to two people': different.length,
      'sent again more often than there were kills, at 50 on their way': Math.max(0, again - 50 * kills),
    },
  };
}
