import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { cleanText, isBlank } from '../language/clean.ts';
import type { OutsidePage } from '../pages.ts';
import type { LinkProblem } from '../web/outside/shell.ts';
import { readableError } from './answer-error.ts';
import type { HttpDeps } from './deps.ts';
import { askedLanguage, languageOf } from './page-language.ts';
import { createRateLimit } from './rate-limit.ts';
import { createReadForm } from './read-upload.ts';
import { keepReferralFile, referralAnswer } from './routes/referrals.ts';
import { surveyAnswer } from './routes/surveys.ts';

type Deps = Pick<HttpDeps, 'config' | 'pages' | 'organisation' | 'flow' | 'store' | 'ids' | 'clock' | 'peers'>;
type Handler = (request: Request, response: Response, token: string) => Promise<void>;

const mostFiles = 5;
const mostFormBytes = '64kb';
/** Far above what people do, and far below what guessing or flooding would need. */
const strangers = { burst: 60, perSecond: 1 };

const problems: Readonly<Record<string, LinkProblem>> = { 'not-found': 'notFound', gone: 'gone', conflict: 'used' };

function sendHtml(response: Response, status: number, html: string): void {
  response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
  response.status(status).type('html').send(html);
}

/** The same page anew, so that going back or reloading sends nothing twice. */
const seeAgain = (request: Request, response: Response): void =>
  response.redirect(303, request.originalUrl.replace(/^.*\//, ''));

/** Says what is wrong with a link as a page. A fault of ours is told by the last handler. */
const orProblem =
  ({ pages, organisation }: Deps, page: OutsidePage, handle: Handler): RequestHandler =>
  async (request, response) => {
    response.locals.route = `/${page}/:token`;
    try {
      await handle(request, response, String(request.params.token));
    } catch (error) {
      const readable = readableError(error);
      const problem = readable && (problems[readable.code] ?? (readable.code === 'rate-limited' ? 'busy' : null));
      if (!readable || !problem) throw error;
      const language = languageOf(request, organisation().organisation.defaultLanguage);
      const status = { notFound: 404, gone: 410, used: 409, busy: 429 }[problem];
      sendHtml(response, status, pages.problem(language, page, problem));
    }
  };

const readSurvey =
  ({ flow, pages }: Deps): Handler =>
  async (request, response, token) => {
    const seen = await flow.outside.readSurvey(token);
    sendHtml(response, 200, pages.survey(askedLanguage(request, seen.language), seen));
  };

/** A form ends its lines in two signs, and counts them as one; what a person pasted that cannot be seen is not refused. */
const textIn = (value: unknown): string => (typeof value === 'string' ? cleanText(value) : '');

/** A form gives text, and an empty one for what was left empty. */
function answerIn(form: Record<string, unknown>): Record<string, unknown> {
  const { service, employee, comment, reopen } = form;
  return {
    ...(service === undefined ? {} : { service: Number(service) }),
    ...(employee === undefined ? {} : { employee: Number(employee) }),
    ...(isBlank(textIn(comment)) ? {} : { comment: textIn(comment) }),
    ...(reopen === 'yes' ? { reopen: true } : {}),
  };
}

/** A tap that came twice is one. */
const unlessTwice = (flow: Deps['flow'], token: string, score: number | undefined) => async (error: unknown) => {
  const isUsed = readableError(error)?.code === 'conflict' && score !== undefined;
  const seen = isUsed ? await flow.outside.readSurvey(token) : null;
  if (seen?.service !== score || !seen?.mayAdd) throw error;
};

const takeSurvey =
  ({ flow, pages }: Deps): Handler =>
  async (request, response, token) => {
    const answer = surveyAnswer.safeParse(answerIn({ ...request.body }));
    if (answer.success && Object.keys(answer.data).length > 0) {
      await flow.outside.answerSurvey(token, answer.data).catch(unlessTwice(flow, token, answer.data.service));
      return seeAgain(request, response);
    }
    const seen = await flow.outside.readSurvey(token);
    sendHtml(response, 400, pages.survey(askedLanguage(request, seen.language), seen, { fault: 'empty' }));
  };

const referralLanguage = ({ organisation }: Deps, request: Request) =>
  askedLanguage(request, organisation().organisation.defaultLanguage);

const readReferral =
  (deps: Deps): Handler =>
  async (request, response, token) => {
    const seen = await deps.flow.outside.readReferral(token);
    sendHtml(response, 200, deps.pages.referral(referralLanguage(deps, request), seen));
  };

/** The form once more with what was written, and what is wrong with it. */
async function referralAgain(deps: Deps, request: Request, response: Response, fault: string): Promise<void> {
  const seen = await deps.flow.outside.readReferral(String(request.params.token));
  const given = textIn(request.body?.text);
  sendHtml(response, 400, deps.pages.referral(referralLanguage(deps, request), seen, { given, fault }));
}

/** Faults of a form that whoever filled it in can mend. */
const isMendable = (error: unknown): boolean =>
  ['invalid', 'too-large', 'not-allowed'].includes(readableError(error)?.code ?? '');

function takeReferral(deps: Deps): Handler {
  const readForm = createReadForm(deps, mostFiles);
  const take = async (request: Request, response: Response, token: string): Promise<string | null> => {
    const { fields, uploads } = await readForm(request, response);
    for (const upload of uploads) await keepReferralFile(deps, token, upload);
    const seen = await deps.flow.outside.readReferral(token);
    const text = textIn(fields.text);
    const answer = referralAnswer.safeParse({ text, attachmentIds: seen.files.map(({ id }) => id) });
    if (!answer.success) return isBlank(text) ? 'empty' : 'tooLong';
    await deps.flow.outside.answerReferral(token, answer.data);
    return null;
  };
  return async (request, response, token) => {
    // whoever has no link that leads on puts nothing into the store
    const { state } = await deps.flow.outside.readReferral(token);
    if (state === 'answered') return sendHtml(response, 409, usedPage(deps, request));
    const fault = await take(request, response, token).catch((error: unknown) => {
      if (isMendable(error)) return 'badFile';
      throw error;
    });
    if (fault) await referralAgain(deps, request, response, fault);
    else seeAgain(request, response);
  };
}

const usedPage = (deps: Deps, request: Request): string =>
  deps.pages.problem(referralLanguage(deps, request), 'refer', 'used');

/** The pages of the links that people outside are given: how the service was, and what a matter waits for (SV-01, WF-08). */
export function mountOutside(app: Express, deps: Deps): void {
  const { config, clock, peers } = deps;
  const shared = peers ? { shared: { name: 'requests:outside', peers } } : {};
  const limit = config.rateLimits ? createRateLimit({ ...strangers, clock, ...shared }) : null;
  const page = (name: OutsidePage, handle: Handler): RequestHandler =>
    orProblem(deps, name, async (request, response, token) => {
      limit?.take(request.ip ?? '');
      await handle(request, response, token);
    });
  const form = express.urlencoded({ extended: false, limit: mostFormBytes });
  app.get('/survey/:token', page('survey', readSurvey(deps)));
  app.post('/survey/:token', form, page('survey', takeSurvey(deps)));
  app.get('/refer/:token', page('refer', readReferral(deps)));
  app.post('/refer/:token', page('refer', takeReferral(deps)));
}
