import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one asking of the model held. */
export interface ModelRequest {
  path: string;
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: string }[]; [field: string]: unknown };
}

type Answers = (request: ModelRequest, response: ServerResponse) => void;

export interface ModelServer {
  url: string;
  requests: ModelRequest[];
  /** How it answers from now on. */
  answers: Answers;
  close(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

/** Says one thing in the words of the interface. */
export const says =
  (content: string): Answers =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
  };

/** A model's interface on this machine, on a free port. */
export async function startModelServer(answers: Answers): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const http = createServer(async (request, response) => {
    const { authorization } = request.headers;
    const body = JSON.parse(await bodyOf(request)) as ModelRequest['body'];
    const asked = { path: request.url ?? '', authorization, body };
    requests.push(asked);
    server.answers(asked, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: ModelServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests,
    answers,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}
