import type { Express, Request, RequestHandler } from 'express';
import { authenticateToken } from '../agent/authenticate.ts';
import { WaslError } from '../errors.ts';
import { StoreError } from '../store/port.ts';
import { bearerIn } from './authorise.ts';
import type { HttpDeps } from './deps.ts';

type Deps = Pick<HttpDeps, 'store' | 'inboxes' | 'config' | 'flow' | 'members' | 'clock' | 'metrics' | 'log'>;

/** A check of the store serves all who ask within this time, so that asking cannot load it. */
const freshMs = 1000;
/** So that the answer is there within five seconds. */
const patienceMs = 4_500;

type Fault = { code: string; message: string } | null;

function storeFault({ store, clock, log }: Deps): () => Promise<Fault> {
  let asked: { at: number; answer: Promise<Fault> } | undefined;
  const check = async (): Promise<Fault> => {
    let giveUp = (): void => undefined;
    const late = new Promise<Fault>((resolve) => {
      giveUp = clock.after(patienceMs, () => resolve({ code: 'late', message: 'The store does not answer.' }));
    });
    const answer = store.check().then(
      () => null,
      (error: unknown) => {
        log.error({ err: error }, 'store check failed');
        const code = error instanceof StoreError ? error.code : 'failed';
        return { code, message: `The store cannot be ${code === 'unavailable' ? 'reached' : 'used'}.` };
      },
    );
    return Promise.race([answer, late]).finally(() => giveUp());
  };
  return () => {
    if (!asked || clock.now() - asked.at > freshMs) asked = { at: clock.now(), answer: check() };
    return asked.answer;
  };
}

const answerHealth = (deps: Deps): RequestHandler => {
  const fault = storeFault(deps);
  return async (_request, response) => {
    const found = await fault();
    const inboxes = deps.inboxes.list().map(({ id, kind, state, reason }) => ({ id, channel: kind, state, reason }));
    const { config, store, members } = deps;
    const facts = { version: config.version, store: store.driver, processes: members.count(), inboxes };
    response.set('Cache-Control', 'no-store');
    if (found) response.status(503).json({ status: 'unavailable', problem: { store: found }, ...facts });
    else response.json({ status: 'ok', ...facts });
  };
};

const loopback = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** From this machine itself and not through a proxy on it: decided by the socket, never by a header's word. */
export const isLocal = (request: Pick<Request, 'socket' | 'headers'>): boolean =>
  loopback.test(request.socket.remoteAddress ?? '') && forwarding.every((name) => request.headers[name] === undefined);

const answerMetrics =
  (deps: Deps): RequestHandler =>
  async (request, response) => {
    const token = bearerIn(request.headers.authorization);
    const principal = token && (await authenticateToken({ ...deps, apiToken: deps.config.apiToken }, token));
    if (!principal && (token || !isLocal(request))) {
      throw new WaslError('unauthorized', 'Metrics need a bearer token, or to be asked for on this machine itself.');
    }
    const { type, text } = await deps.metrics.render(await deps.flow.figures(), deps.inboxes.list(), deps.clock.now());
    response.set({ 'Content-Type': type, 'Cache-Control': 'no-store' }).send(text);
  };

/** `/health` for whoever watches over the process, `/metrics` for whoever measures it. */
export function mountHealth(app: Express, deps: Deps): void {
  app.get('/health', answerHealth(deps));
  app.get('/metrics', answerMetrics(deps));
}
