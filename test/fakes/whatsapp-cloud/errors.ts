import type { z } from 'zod';

/** What the provider says of a code, and the status of the answer. Page "Error codes" of the provider. */
interface ErrorKind {
  title: string;
  status: number;
}

const kinds: Record<number, ErrorKind> = {
  0: { title: 'AuthException', status: 401 },
  1: { title: 'API Unknown', status: 400 },
  2: { title: 'API Service', status: 503 },
  3: { title: 'API Method', status: 500 },
  4: { title: 'API Too Many Calls', status: 400 },
  10: { title: 'Permission Denied', status: 403 },
  100: { title: 'Invalid parameter', status: 400 },
  190: { title: 'Invalid OAuth access token - Cannot parse access token', status: 401 },
  200: { title: 'API Permission', status: 403 },
  368: { title: 'Temporarily blocked for policies violations', status: 403 },
  80007: { title: 'Rate limit issues', status: 400 },
  130429: { title: 'Rate limit hit', status: 400 },
  130472: { title: "User's number is part of an experiment", status: 400 },
  130497: { title: 'Business account is restricted from messaging users in this country.', status: 403 },
  131000: { title: 'Something went wrong', status: 500 },
  131005: { title: 'Access denied', status: 403 },
  131008: { title: 'Required parameter is missing', status: 400 },
  131009: { title: 'Parameter value is not valid', status: 400 },
  131016: { title: 'Service unavailable', status: 500 },
  131021: { title: 'Recipient cannot be sender', status: 400 },
  131026: { title: 'Message undeliverable', status: 400 },
  131030: { title: 'Recipient phone number not in allowed list', status: 400 },
  131031: { title: 'Business Account locked', status: 403 },
  131042: { title: 'Business eligibility payment issue', status: 400 },
  131047: { title: 'Re-engagement message', status: 400 },
  131048: { title: 'Spam rate limit hit', status: 400 },
  131049: { title: 'This message was not delivered to maintain healthy ecosystem engagement.', status: 400 },
  131050: { title: 'User has stopped marketing messages from this business', status: 400 },
  131051: { title: 'Unsupported message type', status: 400 },
  131052: { title: 'Media download error', status: 400 },
  131053: { title: 'Media upload error', status: 400 },
  131056: { title: '(Business Account, Consumer Account) pair rate limit hit', status: 400 },
  131062: { title: 'Business-scoped user IDs are not supported for this message', status: 400 },
  132000: { title: 'Number of parameters does not match the expected number of params', status: 400 },
  132001: { title: 'Template name does not exist in the translation', status: 404 },
  132005: { title: 'Template hydrated text too long', status: 400 },
  132007: { title: 'Template format character policy violated', status: 400 },
  132012: { title: 'Parameter format does not match format in the created template', status: 400 },
  132015: { title: 'Template is paused', status: 400 },
  132016: { title: 'Template is disabled', status: 400 },
  133010: { title: 'Phone number not registered', status: 400 },
};

/** An error as the provider would answer it. */
export interface ApiError {
  code: number;
  details: string;
  subcode?: number;
  /** The sentence after the code, where it is not the code's own title. */
  message?: string;
}

/** The HTTP status that goes with a code. */
export const statusOf = (code: number): number => kinds[code]?.status ?? 400;

/** The title of a code, as receipts carry it. */
export const titleOf = (code: number): string => kinds[code]?.title ?? 'Unknown error';

/** The body of an answer that refuses. Token errors have no `(#code)` and no details. */
export function errorBody(error: ApiError, traceId: string): unknown {
  const sentence = error.message ?? titleOf(error.code);
  const isToken = error.code === 190 || error.code === 0;
  return {
    error: {
      message: isToken ? sentence : `(#${error.code}) ${sentence}`,
      type: 'OAuthException',
      code: error.code,
      ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
      ...(isToken ? {} : { error_data: { messaging_product: 'whatsapp', details: error.details } }),
      fbtrace_id: traceId,
    },
  };
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

/** `text['body']`, `interactive['action']['buttons'][0]`. */
const parameterName = ([first, ...rest]: readonly PropertyKey[]): string =>
  `${String(first ?? 'body')}${rest.map((key) => (typeof key === 'number' ? `[${key}]` : `['${String(key)}']`)).join('')}`;

/** The innermost fault of a union: the branch that came closest. */
const innermost = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const best = branches.sort(
    (a, b) => a.length - b.length || (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0),
  )[0]?.[0];
  return best ? innermost({ ...best, path: [...issue.path, ...best.path] }) : issue;
};

const invalid = (message: string): ApiError => ({ code: 100, message, details: message });

/** What a template's value may not hold, in the provider's own words. */
export const noLineEnds = 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces';

/**
 * What the provider would say of a request that the schema refuses: 100 for its structure, 131008 for what is empty, 131009
 * for a value that is not allowed.
 */
export function apiErrorOf(failure: z.ZodError, request: unknown): ApiError {
  const first = failure.issues[0];
  if (!first) return invalid('Invalid parameter');
  const issue = innermost(first);
  const name = parameterName(issue.path);
  const value = valueAt(request, issue.path);
  if (issue.code === 'unrecognized_keys') return invalid(`Unexpected key "${issue.keys[0]}" on param "${name}".`);
  if (value === undefined) return invalid(`The parameter ${name} is required.`);
  if (name === "text['body']") return invalid("Param text['body'] must be 1 to 4096 characters long.");
  if (issue.message === noLineEnds) return { code: 100, message: 'Invalid parameter', details: noLineEnds };
  if (issue.path.length <= 1) return invalid(`Param ${name}: ${issue.message}`);
  if (value === '') return { code: 131008, details: `Param ${name} is missing its value` };
  return { code: 131009, details: `Param ${name}: ${issue.message}` };
}
