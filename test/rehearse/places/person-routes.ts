import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Cast, Member } from '../cast.ts';

/** Does what the page asks for a person, and answers. */
export type Act<T> = (member: Member, asked: T, response: Response) => void;

/** A file as the page sent it. */
export interface SentFile {
  bytes: Buffer;
  mime: string;
}

const sentFile = ({ headers, body }: Request): SentFile => ({ bytes: body, mime: headers['content-type'] ?? '' });

/** Routes of a place below `/:phone`: 404 for nobody of the cast, 400 for what cannot be read. */
export function createPersonRoutes({ find }: Pick<Cast, 'find'>) {
  const router = Router();
  const answering =
    <T>(
      given: (request: Request) => unknown,
      schema: z.ZodType<T>,
      actOn: (request: Request) => Act<T>,
    ): RequestHandler =>
    (request, response) => {
      const member = find(String(request.params.phone));
      if (!member) return void response.sendStatus(404);
      const asked = schema.safeParse(given(request));
      if (!asked.success) return void response.sendStatus(400);
      actOn(request)(member, asked.data, response);
    };
  const inBody = <T>(schema: z.ZodType<T>, act: Act<T>): RequestHandler[] => [
    express.json(),
    answering(
      ({ body }) => body,
      schema,
      () => act,
    ),
  ];
  return {
    router,
    /** The person says something. */
    say: <T>(schema: z.ZodType<T>, act: Act<T>): unknown => router.post('/:phone/say', ...inBody(schema, act)),
    /** Something is switched on or off. */
    turn: <T>(schema: z.ZodType<T>, turn: (member: Member, asked: T) => void): unknown =>
      router.post(
        '/:phone/switch',
        ...inBody(schema, (member, asked, response) => {
          turn(member, asked);
          response.sendStatus(204);
        }),
      ),
    /** The person sends a file of at most `limit`, as Express has it; the query tells what goes with it. */
    file: <T>(limit: string, schema: z.ZodType<T>, actOn: (file: SentFile) => Act<T>): unknown =>
      router.post(
        '/:phone/file',
        express.raw({ type: () => true, limit }),
        answering(
          ({ query }) => query,
          schema,
          (request) => actOn(sentFile(request)),
        ),
      ),
  };
}
