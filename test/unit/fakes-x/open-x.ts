import { Agent } from 'node:http';
import { ApiResponseError, type ITwitterApiClientPlugin, TwitterApi } from 'twitter-api-v2';
import { onTestFinished } from 'vitest';
import { createFakeClock } from '../../fakes/clock.ts';
import { createXSimulator, type XOptions } from '../../fakes/x/simulator.ts';

const point = (base: string): ITwitterApiClientPlugin => ({
  onBeforeRequestConfig({ params }) {
    params.url = params.url.replace(/^https:\/\/(api|upload)\.x\.com/, base);
  },
});

/** X over real HTTP, with the client that the channel uses, and one person; it stops when the test ends. */
export const openX = async (options: XOptions = {}) => {
  const clock = createFakeClock('2026-11-01T08:00:00Z');
  const simulator = createXSimulator({ clock, ...options });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(async () => {
    agent.destroy();
    await simulator.stop();
  });
  const { baseUrl } = await simulator.start();
  const settings = simulator.settings();
  const tokens = {
    appKey: settings.X_APP_KEY ?? '',
    appSecret: settings.X_APP_SECRET ?? '',
    accessToken: settings.X_ACCESS_TOKEN ?? '',
    accessSecret: settings.X_ACCESS_SECRET ?? '',
  };
  const at = { plugins: [point(baseUrl)], httpAgent: agent };
  const clientWith = (changed: Partial<typeof tokens>) => new TwitterApi({ ...tokens, ...changed }, at).v2;
  return {
    simulator,
    clock,
    baseUrl,
    clientWith,
    bearer: (token: string = settings.X_BEARER_TOKEN ?? '') => new TwitterApi(token, at).v2,
    app: new TwitterApi(settings.X_BEARER_TOKEN ?? '', at).v2,
    user: clientWith({}),
    sara: simulator.person({ username: 'sara_a', name: 'سارة' }),
  };
};

/** What was refused, or an error of its own where nothing was. */
export const refusalOf = async (asked: Promise<unknown>): Promise<ApiResponseError> => {
  const outcome = await asked.catch((error: unknown) => error);
  if (outcome instanceof ApiResponseError) return outcome;
  throw new Error(`Not refused: ${String(outcome)}`);
};
