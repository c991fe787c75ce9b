import type { Request, RequestHandler, Response } from 'express';
import type { Fault } from './faults.ts';
import type { Answer, Desk, ProviderModel } from './model.ts';

const sorry = (status: number): Answer => ({ status, body: '<html>Sorry</html>' });

const spoilt = (model: ProviderModel, what: Exclude<Fault, 'timeout' | 'cut'>): Answer => {
  if (typeof what === 'number') return sorry(what);
  if (what === 'malformed') return { status: 200, body: '{"success": tr' };
  return what === 'ok-with-error' ? model.refuseWithin() : model.refuse(what);
};

const createScribe =
  (desk: Desk, model: ProviderModel, request: Request) =>
  (status: number, code?: string | number): void =>
    desk.record({
      provider: model.name,
      method: request.method,
      path: request.path,
      authorization: request.headers.authorization ?? null,
      body: request.body,
      at: desk.clock.now(),
      status,
      code: code ?? null,
    });

const give = (response: Response, { status, body }: Answer): void => {
  if (typeof body === 'string')
    response
      .status(status)
      .type(body.startsWith('<') ? 'html' : 'json')
      .send(body);
  else response.status(status).json(body);
};

/** Answers what is only read: balances, single messages, and what does not exist. */
export const serveReading =
  (desk: Desk, model: ProviderModel, answerOf: (request: Request) => Answer): RequestHandler =>
  (request, response) => {
    const answer = desk.faults.isDown() ? sorry(503) : answerOf(request);
    createScribe(desk, model, request)(answer.status, answer.code);
    give(response, answer);
  };

/** Answers the sending of a message, or goes wrong as planned. */
export const serveSending = (
  desk: Desk,
  model: ProviderModel,
  answerOf: (request: Request) => Answer,
): RequestHandler => {
  const usual = serveReading(desk, model, answerOf);
  return (request, response, next) => {
    const fault = desk.faults.isDown() ? null : desk.faults.next(model.name);
    if (!fault) return usual(request, response, next);
    if (fault.taken) answerOf(request);
    const note = createScribe(desk, model, request);
    if (fault.what === 'timeout') return note(0);
    if (fault.what === 'cut') {
      note(0);
      return void response.socket?.destroy();
    }
    const answer = spoilt(model, fault.what);
    note(answer.status, answer.code);
    give(response, answer);
  };
};
