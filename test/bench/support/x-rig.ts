import { createXSimulator, type XSimulator } from '../../fakes/x/simulator.ts';
import type { Post } from '../../fakes/x/world.ts';
import { freePort, type Running, startWasl } from './server.ts';

const questions = [
  'كيف أقدم طلب صيانة لجهاز العرض في القاعة؟',
  'متى يفتح القبول للفصل القادم؟',
  'أبغى أعرف حالة معاملتي من فضلكم',
  'لدي شكوى على تأخر الرد على معاملتي',
  'How do I apply for a certificate?',
];

export const questionOf = (at: number): string => questions[at % questions.length] ?? '';

/** No limits but those of the machine: what is measured is Wasl, not the plan of an account. */
const unlimited = (simulator: XSimulator): void => {
  for (const name of Object.keys(simulator.limits) as (keyof XSimulator['limits'])[])
    simulator.limits[name] = { user: [], app: [] };
};

/** Somebody's mention of the account, as `@username words`; each is another person's. */
export const mentionOf = (simulator: XSimulator, at: number): Post =>
  simulator.person({ username: `person_${at}` }).mention(questionOf(at));

export interface XRig {
  simulator: XSimulator;
  /** Posts of ours by the post that they answer. */
  answered: Map<string, { times: number; at: number }>;
  port: number;
  start(): Running;
  url: string;
  stop(): Promise<void>;
}

/** X in this process, told of by webhook only where a bench does so, and how to start a gateway that speaks with it. */
export async function openXRig(directory: string, env: Record<string, string> = {}): Promise<XRig> {
  const simulator = createXSimulator({ auto: 'none', keep: false });
  unlimited(simulator);
  await simulator.start();
  const port = await freePort();
  const answered: XRig['answered'] = new Map();
  simulator.watch((event) => {
    if (event.kind !== 'posted') return;
    const to = event.post.references.find(({ type }) => type === 'replied_to')?.id;
    if (to) answered.set(to, { times: (answered.get(to)?.times ?? 0) + 1, at: performance.now() });
  });
  const settings = { ...simulator.settings(), X_POLL_SECONDS: '15', ...env };
  return {
    simulator,
    answered,
    port,
    url: `http://127.0.0.1:${port}/webhooks/x`,
    start: () => startWasl(port, directory, { env: settings }),
    stop: () => simulator.stop(),
  };
}
