import type { z } from 'zod';

/** What X answers where it refuses: RFC 7807, page "Response codes" of X. */
export interface Problem {
  status: number;
  title: string;
  detail: string;
  type: string;
  [more: string]: unknown;
}

/** Thrown where X refuses. */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const kind = (name: string): string => `https://api.x.com/2/problems/${name}`;
const blank = (status: number, title: string, detail: string): Problem => ({
  status,
  title,
  detail,
  type: 'about:blank',
});

/** One wrong parameter, as X names it. */
export const invalid = (message: string, parameters: Record<string, string[]> = {}): Problem => ({
  status: 400,
  title: 'Invalid Request',
  detail: 'One or more parameters to your request was invalid.',
  type: kind('invalid-request'),
  errors: [{ parameters, message }],
});

/**
 * The refusals by name. Those of 403 are not in the document: their sentences are as public code has recorded them from X
 * (the reply of 2026-02, duplicate content, closed messages, length, deleted posts).
 */
export const problems = {
  unauthorized: blank(401, 'Unauthorized', 'Unauthorized'),
  tooMany: blank(429, 'Too Many Requests', 'Too Many Requests'),
  notSummoned: blank(
    403,
    'Forbidden',
    'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
  ),
  duplicate: blank(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.'),
  tooLong: blank(
    403,
    'Forbidden',
    'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.',
  ),
  repliedToAbsent: blank(403, 'Forbidden', 'You attempted to reply to a Tweet that is deleted or not visible to you.'),
  quoteNotAllowed: blank(403, 'Forbidden', 'You are not permitted to perform this action.'),
  notYours: blank(403, 'Forbidden', 'You are not allowed to perform this action.'),
  closedMessages: blank(403, 'Forbidden', 'You do not have permission to DM one or more participants.'),
  // "Response codes": the cap of the month is 429 there; public code has seen 403 and 402 too, so the status can be chosen
  usageCapped: {
    status: 403,
    title: 'UsageCapExceeded',
    detail: 'Usage cap exceeded: Monthly product cap',
    type: kind('usage-capped'),
    period: 'Monthly',
    scope: 'Product',
  },
  creditsDepleted: {
    status: 402,
    title: 'CreditsDepleted',
    detail: 'Your enrolled account does not have any credits to fulfill this request.',
    type: kind('credits'),
  },
  notEnrolled: {
    status: 403,
    title: 'Client Forbidden',
    detail:
      'When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens from a Twitter developer App that is attached to a Project.',
    type: kind('client-forbidden'),
    reason: 'client-not-enrolled',
    required_enrollment: 'Appropriate Level of API Access',
  },
  internal: blank(500, 'Internal Server Error', 'Something is broken. This is usually a temporary error.'),
  unavailable: blank(503, 'Service Unavailable', 'Service Unavailable'),
} satisfies Record<string, Problem>;

/** Another way to sign the request is demanded. */
export const unsupportedAuthentication = (used: string, supported: readonly string[]): Problem => ({
  status: 403,
  title: 'Unsupported Authentication',
  detail: `Authenticating with ${used} is forbidden for this endpoint. Supported authentication types are [${supported.join(', ')}].`,
  type: kind('unsupported-authentication'),
});

/** An object that is gone or never was, beside what there is: an element of `errors` of an answer with 200. */
export const absent = (
  resource: 'tweet' | 'user' | 'media',
  id: string,
  parameter: string,
): Record<string, unknown> => ({
  resource_type: resource,
  resource_id: id,
  value: id,
  parameter,
  title: 'Not Found Error',
  detail: `Could not find ${resource} with ${parameter}: [${id}].`,
  type: kind('resource-not-found'),
});

export const notFound = (detail: string): Problem => ({
  status: 404,
  title: 'Not Found Error',
  detail,
  type: kind('resource-not-found'),
});

const placeOf = (issue: z.core.$ZodIssue): string => issue.path.map(String).join('.') || 'body';

/** The place in a list of the query is X's own: the list came as one text. */
const pathIn = (where: string, issue: z.core.$ZodIssue): z.core.$ZodIssue =>
  where === 'query' ? { ...issue, path: issue.path.slice(0, 1) } : issue;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

const shown = (value: unknown): string => (typeof value === 'object' ? '' : String(value ?? ''));

const sentence = (issue: z.core.$ZodIssue, where: string, value: string): string => {
  if (issue.code === 'unrecognized_keys') return `The ${where} parameter [${issue.keys[0]}] is not allowed.`;
  if (issue.code === 'invalid_value')
    return `The \`${placeOf(issue)}\` ${where} parameter value [${value}] is not one of [${issue.values.join(',')}]`;
  return `The \`${placeOf(issue)}\` ${where} parameter value [${value}] is not valid: ${issue.message}`;
};

/** What X would say of a query, path or body that the schema refuses. */
export function problemOf(failure: z.ZodError, where: 'query' | 'path' | 'body', given: unknown): Problem {
  const problem = invalid('');
  const errors = failure.issues.map((found) => {
    const issue = pathIn(where, found);
    const value = shown(valueAt(given, issue.path));
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [placeOf(issue)];
    const parameters = Object.fromEntries(names.map((name) => [name, [value]]));
    return { parameters, message: sentence(issue, where, value) };
  });
  return { ...problem, errors };
}
