import express, { type NextFunction, type Request, type Response, Router } from 'express';
import multer from 'multer';
import { recording } from '../recording.ts';
import { type ApiError, apiErrorOf, errorBody, statusOf } from './errors.ts';
import type { FaultPlace, Faults } from './faults.ts';
import { mostBytes, type StoredMedia } from './media-store.ts';
import type { SentMessage } from './receipts.ts';
import {
  mediaQuery,
  messageRequest,
  phoneQuery,
  type ReadMark,
  readMark,
  templatesQuery,
  uploadFields,
} from './schema.ts';
import { acceptance, type Sending, take } from './sending.ts';
import { newTraceId } from './wire.ts';

/** What was asked of the provider, and what it answered. Status 0: no answer was given. */
export interface RecordedRequest {
  method: string;
  /** Without the version. */
  path: string;
  query: Record<string, unknown>;
  authorization: string | null;
  body: unknown;
  at: number;
  status: number;
  code: number | null;
}

export interface Account {
  phoneNumberId: string;
  businessAccountId: string;
  displayNumber: string;
  verifiedName: string;
  accessToken: string;
}

export interface Provider {
  account: Account;
  sending: Sending;
  faults: Faults;
  record(request: RecordedRequest): void;
  marked(mark: ReadMark): void;
  /** Where addresses of files begin: the simulator's own, or another host's. */
  mediaOrigin(astray: StoredMedia['astray']): string;
}

/** Thrown where the provider refuses. */
class Refusal extends Error {
  readonly error: ApiError;
  constructor(error: ApiError) {
    super(error.details);
    this.error = error;
  }
}

const answerError = (response: Response, error: ApiError): void => {
  response.locals.code = error.code;
  response.status(statusOf(error.code)).json(errorBody(error, newTraceId()));
};

const unknownObject = (id: string): ApiError => ({
  code: 100,
  subcode: 33,
  message: `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  details: 'Unsupported request.',
});

const keepIn =
  (provider: Provider) =>
  (request: Request, response: Response): void =>
    provider.record({
      method: request.method,
      path: request.path,
      query: { ...request.query },
      authorization: request.headers.authorization ?? null,
      body: request.body,
      at: provider.sending.clock.now(),
      status: response.writableEnded ? response.statusCode : 0,
      code: (response.locals.code as number | undefined) ?? null,
    });

const tokenDemanded =
  (provider: Provider) =>
  (request: Request, _response: Response, next: NextFunction): void => {
    if (provider.faults.isDown()) throw new Refusal({ code: 2, details: 'Service down.' });
    if (request.headers.authorization !== `Bearer ${provider.account.accessToken}`) {
      throw new Refusal({ code: 190, details: 'Invalid OAuth access token' });
    }
    next();
  };

/** Goes wrong as planned; true where the request is not to be answered otherwise. */
const goesWrong = (
  provider: Provider,
  place: FaultPlace,
  response: Response,
  whenTaken: () => void = () => {},
): boolean => {
  const fault = provider.faults.next(place);
  if (!fault) return false;
  if (fault.taken) whenTaken();
  if (fault.what === 'reset') response.socket?.destroy();
  else if (fault.what === 'timeout') return true;
  else if (fault.what >= 500 && fault.what < 600) response.status(fault.what).type('html').send('<html>Sorry</html>');
  else answerError(response, { code: fault.what, details: 'As the test asked.' });
  return true;
};

const sendRoute =
  (provider: Provider) =>
  (request: Request, response: Response): void => {
    if (request.params.id !== provider.account.phoneNumberId)
      throw new Refusal(unknownObject(String(request.params.id)));
    const isMark = typeof request.body === 'object' && request.body !== null && 'status' in request.body;
    const parsed = isMark ? readMark.safeParse(request.body) : messageRequest.safeParse(request.body);
    const run = (): SentMessage | ApiError | null => {
      if (!parsed.success) return apiErrorOf(parsed.error, request.body);
      if (!('status' in parsed.data)) return take(provider.sending, parsed.data);
      provider.marked(parsed.data);
      return null;
    };
    if (goesWrong(provider, isMark ? 'marks' : 'messages', response, run)) return;
    const taken = run();
    if (taken === null) response.json({ success: true });
    else if ('code' in taken) throw new Refusal(taken);
    else response.json(acceptance(taken));
  };

const uploadRoute =
  (provider: Provider) =>
  (request: Request, response: Response): void => {
    if (request.params.id !== provider.account.phoneNumberId)
      throw new Refusal(unknownObject(String(request.params.id)));
    if (goesWrong(provider, 'media', response)) return;
    const fields = uploadFields.safeParse({ ...request.body });
    if (!fields.success) throw new Refusal(apiErrorOf(fields.error, request.body));
    const { file } = request;
    if (!file) throw new Refusal({ code: 100, message: 'The parameter file is required.', details: 'No file.' });
    const { type } = fields.data;
    const most = mostBytes(type);
    const message = `Param file must be a file with one of the supported types. Received file of type '${type}'.`;
    if (most === null) throw new Refusal({ code: 100, message, details: message });
    if (file.size > most) throw new Refusal({ code: 131053, details: `File exceeds the size limit of ${most} bytes.` });
    response.json({ id: provider.sending.media.add(type, file.buffer).id });
  };

const phoneFields = (account: Account): Record<string, unknown> => ({
  verified_name: account.verifiedName,
  display_phone_number: `+${account.displayNumber}`,
  id: account.phoneNumberId,
  quality_rating: 'GREEN',
  code_verification_status: 'VERIFIED',
  name_status: 'APPROVED',
  status: 'CONNECTED',
  platform_type: 'CLOUD_API',
  account_mode: 'LIVE',
  is_official_business_account: false,
  throughput: { level: 'STANDARD' },
  messaging_limit_tier: 'TIER_2K',
});

const answerPhone = (provider: Provider, request: Request, response: Response): void => {
  if (goesWrong(provider, 'phone', response)) return;
  const query = phoneQuery.safeParse(request.query);
  if (!query.success) throw new Refusal(apiErrorOf(query.error, request.query));
  const all = phoneFields(provider.account);
  const asked = query.data.fields?.split(',') ?? ['verified_name', 'display_phone_number', 'quality_rating'];
  const strange = asked.find((name) => !(name in all));
  const message = `Tried accessing nonexisting field (${strange}) on node type (WhatsAppBusinessPhoneNumber)`;
  if (strange !== undefined) throw new Refusal({ code: 100, message, details: message });
  response.json(Object.fromEntries([...asked, 'id'].map((name) => [name, all[name]])));
};

const answerMedia = (provider: Provider, request: Request, response: Response): void => {
  const id = String(request.params.id);
  if (goesWrong(provider, 'media', response)) return;
  const query = mediaQuery.safeParse(request.query);
  if (!query.success) throw new Refusal(apiErrorOf(query.error, request.query));
  const file = provider.sending.media.get(id);
  if (!file || file.expired) throw new Refusal(unknownObject(id));
  response.json({
    url: `${provider.mediaOrigin(file.astray)}/whatsapp-files/${provider.sending.media.ticketFor(id)}`,
    mime_type: file.mime,
    sha256: file.sha256,
    file_size: file.bytes.length,
    id,
    messaging_product: 'whatsapp',
    ...file.lies,
  });
};

const objectRoute =
  (provider: Provider) =>
  (request: Request, response: Response): void =>
    request.params.id === provider.account.phoneNumberId
      ? answerPhone(provider, request, response)
      : answerMedia(provider, request, response);

const cursor = (at: number): string => Buffer.from(`t${at}`).toString('base64url');
const fromCursor = (text: string): number => Number(Buffer.from(text, 'base64url').toString().slice(1)) || 0;

const templatesRoute =
  (provider: Provider) =>
  (request: Request, response: Response): void => {
    const id = String(request.params.id);
    if (id !== provider.account.businessAccountId) throw new Refusal(unknownObject(id));
    if (goesWrong(provider, 'templates', response)) return;
    const query = templatesQuery.safeParse(request.query);
    if (!query.success) throw new Refusal(apiErrorOf(query.error, request.query));
    const { limit = 25, after, before, name, language, status, category, fields } = query.data;
    const wanted = provider.sending.templates.filter(
      (one) =>
        (name === undefined || one.name === name) &&
        (language === undefined || one.language === language) &&
        (status === undefined || one.status === status) &&
        (category === undefined || one.category === category),
    );
    const from = after ? fromCursor(after) + 1 : before ? Math.max(0, fromCursor(before) - limit) : 0;
    const page = wanted.slice(from, from + limit);
    const last = from + page.length - 1;
    const shown = fields?.split(',');
    const next = new URL(`${request.protocol}://${request.get('host')}${request.originalUrl}`);
    next.searchParams.set('after', cursor(last));
    response.json({
      data: page.map((one) =>
        shown ? Object.fromEntries([...shown, 'id'].map((key) => [key, Reflect.get(one, key)])) : one,
      ),
      ...(page.length === 0
        ? {}
        : {
            paging: {
              cursors: { before: cursor(from), after: cursor(last) },
              ...(last + 1 < wanted.length ? { next: next.href } : {}),
            },
          }),
    });
  };

const fileRoute =
  (provider: Provider) =>
  (request: Request, response: Response): void => {
    if (goesWrong(provider, 'media', response)) return;
    const file = provider.sending.media.byTicket(String(request.params.ticket));
    if (!file || file.expired) return void response.status(404).type('html').send('<html>Not found</html>');
    if (file.astray === 'redirect') response.redirect(302, `${provider.mediaOrigin('host')}${request.path}`);
    else response.setHeader('content-type', file.mime).send(file.bytes);
  };

/** What was refused, or a body that is no JSON or too much of it. */
const refused = (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
  const details = error instanceof Error ? error.message : 'The body cannot be read';
  answerError(response, error instanceof Refusal ? error.error : { code: 100, message: 'Invalid parameter', details });
};

/** The provider's routes, below `/v26.0` and beside it. */
export function createRoutes(provider: Provider): Router {
  const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 101 * 1024 * 1024 } });
  const version = Router();
  version.use(recording(keepIn(provider)), tokenDemanded(provider), express.json({ limit: '1mb' }));
  version.post('/:id/messages', sendRoute(provider));
  version.post('/:id/media', upload.single('file'), uploadRoute(provider));
  version.get('/:id/message_templates', templatesRoute(provider));
  version.get('/:id', objectRoute(provider));
  version.use((request) => {
    throw new Refusal(unknownObject(request.path.slice(1)));
  });
  version.use(refused);

  const router = Router();
  router.use(/^\/v\d+\.\d+/, version);
  router.get(
    '/whatsapp-files/:ticket',
    recording(keepIn(provider)),
    tokenDemanded(provider),
    fileRoute(provider),
    refused,
  );
  return router;
}
