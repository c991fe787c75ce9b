import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Clock } from '../../../src/clock.ts';
import { recording } from '../recording.ts';
import type { Answer, Endpoint, SignedBy } from './endpoint.ts';
import type { Faults, PlannedFault } from './faults.ts';
import { readForm } from './form.ts';
import { type Counts, headersOf } from './limits.ts';
import { type Keys, signerOf } from './oauth.ts';
import { invalid, notFound, type Problem, problems, Refusal, unsupportedAuthentication } from './problems.ts';

/** What was asked of X, and what it answered. Status 0: no answer was given. */
export interface RecordedRequest {
  method: string;
  path: string;
  query: Record<string, unknown>;
  body: unknown;
  signer: SignedBy | null;
  at: number;
  status: number;
  /** What was refused, where it was. */
  problem: Problem | null;
}

/** What every request has to pass. */
export interface Door {
  clock: Clock;
  keys: Keys;
  /** Tokens of OAuth 2.0 that are good for the account. */
  userTokens: ReadonlySet<string>;
  accountId: string;
  faults: Faults;
  counts: Counts;
  /** The refusal of everything, where the month's cap is reached or the money is spent. */
  cap(): Problem | null;
  record(request: RecordedRequest): void;
}

const answerProblem = (response: Response, problem: Problem): void => {
  response.locals.problem = problem;
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
};

const keepIn =
  (door: Door) =>
  (request: Request, response: Response): void =>
    door.record({
      method: request.method,
      path: request.path,
      query: { ...request.query },
      body: request.body,
      signer: (response.locals.signer as SignedBy | undefined) ?? null,
      at: door.clock.now(),
      status: response.writableEnded ? response.statusCode : 0,
      problem: (response.locals.problem as Problem | undefined) ?? null,
    });

const formOf = (request: Request): Record<string, string> =>
  request.is('application/x-www-form-urlencoded') ? { ...request.body } : {};

const namesOf: Record<SignedBy, string> = { user: 'OAuth 1.0a User Context', app: 'OAuth 2.0 Application-Only' };

const demandSigner = (door: Door, one: Endpoint, request: Request, response: Response): SignedBy => {
  const url = `${request.protocol}://${request.get('host')}${request.originalUrl}`;
  const { method, headers } = request;
  const signer = signerOf({ method, url, headers, form: formOf(request) }, door.keys, door.userTokens);
  if (signer === null) throw new Refusal(problems.unauthorized);
  response.locals.signer = signer;
  if (one.signers.includes(signer)) return signer;
  throw new Refusal(
    unsupportedAuthentication(
      namesOf[signer],
      one.signers.map((name) => namesOf[name]),
    ),
  );
};

const demandRate = (door: Door, one: Endpoint, signer: SignedBy, response: Response): void => {
  const who = signer === 'app' ? 'app' : door.accountId;
  const { allowed, states } = door.counts.admit(one.name, who, door.clock.now());
  response.set(headersOf(states));
  if (!allowed) throw new Refusal(problems.tooMany);
};

const send = (response: Response, answer: Answer): void => {
  response.status(answer.status ?? 200);
  if (answer.file) response.type(answer.file.mime).send(answer.file.bytes);
  else response.json(answer.body);
};

const problemOfStatus = (status: number): Problem => {
  const known: Record<number, Problem> = {
    401: problems.unauthorized,
    403: problems.notYours,
    429: problems.tooMany,
    500: problems.internal,
    503: problems.unavailable,
  };
  return known[status] ?? { ...problems.internal, status, title: `Status ${status}` };
};

const goWrong = ({ what }: PlannedFault, response: Response): void => {
  if (what === 'timeout') return;
  if (what === 'reset') response.socket?.destroy();
  else if (what === 'garbled') response.status(200).type('json').send('{"data": [{"id": "19');
  else {
    const problem = typeof what === 'number' ? problemOfStatus(what) : what;
    if (problem.status === 429) response.set('x-rate-limit-remaining', '0');
    answerProblem(response, problem);
  }
};

const serveOne =
  (door: Door, one: Endpoint) =>
  async (request: Request, response: Response): Promise<void> => {
    if (door.faults.isDown()) throw new Refusal(problems.unavailable);
    const signer = demandSigner(door, one, request, response);
    const cap = door.cap();
    if (cap) throw new Refusal(cap);
    demandRate(door, one, signer, response);
    const { params, query, body } = request;
    const call = { params, query, body, signer, file: (response.locals.file as Buffer | undefined) ?? null };
    const fault = door.faults.next(one.place);
    if (!fault) return send(response, await one.run(call));
    if (fault.taken) await one.run(call);
    goWrong(fault, response);
  };

const refused = (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
  if (response.headersSent) return void response.socket?.destroy();
  const sentence = error instanceof Error ? error.message : 'The body cannot be read';
  answerProblem(response, error instanceof Refusal ? error.problem : invalid(sentence));
};

/** All endpoints behind one door: recorded, signed, counted, and refused as X refuses. */
export function serve(door: Door, endpoints: readonly Endpoint[]): Router {
  const router = Router();
  router.use(
    recording(keepIn(door)),
    express.json({ limit: '1mb' }),
    express.urlencoded({ extended: false }),
    readForm,
  );
  for (const one of endpoints) router[one.method](one.path, serveOne(door, one));
  router.use((request) => {
    throw new Refusal(notFound(`There is no ${request.method} ${request.path}.`));
  });
  router.use(refused);
  return router;
}
