import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import type { Provider, RecordedRequest } from '../../fakes/sms/model.ts';
import type { ReportPlan } from '../../fakes/sms/reports.ts';
import type { SmsEvent, SmsSimulator } from '../../fakes/sms/simulator.ts';
import type { Cast } from '../cast.ts';
import type { News, Place, Stage } from '../place.ts';
import { followList } from '../tail.ts';
import { createLines } from './lines.ts';
import { createPersonRoutes } from './person-routes.ts';
import { lineOfSms, lineOfWords, type SmsLine } from './sms-line.ts';

const saying = z.object({ text: z.string().trim().min(1).max(1530) });
const turning = z.object({ name: z.enum(['blocked', 'down', 'late', 'failed']), on: z.boolean() });

type Reports = 'usual' | 'late' | 'failed';

export const smsReports: Record<Reports, ReportPlan> = {
  usual: { statuses: ['sent', 'delivered'], afterMs: [400, 1500] },
  late: { statuses: ['sent', 'delivered'], afterMs: [400, 60_000] },
  failed: { statuses: ['sent'], afterMs: [400] },
};
const failsAfterMs = 800;

export interface SmsParts {
  simulator: SmsSimulator;
  provider: Provider;
  cast: Cast;
  stage: Stage;
  clock: Clock;
}

const createInbox = ({ simulator, provider, cast, stage }: SmsParts) => {
  const lines = createLines<SmsLine>('sms', 'line', stage);
  const blocked = new Set<string>();
  let isDown = false;
  let reports: Reports = 'usual';
  const state = (): News => ({
    place: 'sms',
    kind: 'state',
    provider,
    // the others sell names as senders, which nobody can answer
    canAnswer: provider === 'twilio',
    sender: simulator.settings(provider).SMS_SENDER,
    isDown,
    reports,
    blocked: cast.all().flatMap(({ phone }) => (blocked.has(phone) ? [phone] : [])),
  });
  const put = (phone: string, line: SmsLine): void => {
    // somebody may have given another number, in the web chat say
    cast.meet(phone);
    lines.put(phone, line);
  };
  return {
    put,
    change: lines.change,
    reports: () => reports,
    turn(name: z.infer<typeof turning>['name'], on: boolean, phone: string): void {
      if (name === 'down') {
        isDown = on;
        simulator.setDown(on);
      } else if (name === 'blocked') {
        if (on) simulator.block(phone);
        else simulator.unblock(phone);
        blocked[on ? 'add' : 'delete'](phone);
      } else {
        reports = on ? name : 'usual';
        simulator.setReports(smsReports[reports]);
      }
      stage.tell(state());
    },
    tellState: () => stage.tell(state()),
    news: () => [state(), ...lines.news()],
  };
};

type Inbox = ReturnType<typeof createInbox>;

const heard = ({ simulator, clock }: SmsParts, inbox: Inbox, event: SmsEvent): void => {
  if (event.kind === 'sent') inbox.put(event.message.to, lineOfSms(event.message));
  if (event.kind === 'report') inbox.put(event.message.to, lineOfSms(event.message));
  const isToFail = event.kind === 'report' && event.status === 'sent' && inbox.reports() === 'failed';
  if (isToFail) clock.after(failsAfterMs, () => void simulator.report(event.message, 'undelivered', 30008));
};

const say = async (parts: SmsParts, inbox: Inbox, phone: string, text: string): Promise<void> => {
  const { simulator, stage, clock } = parts;
  const id = `said-${randomUUID()}`;
  inbox.put(phone, lineOfWords(id, text, clock.now()));
  const { status } = await simulator.say(phone, text);
  const isTaken = status >= 200 && status < 300;
  inbox.change(phone, id, { progress: isTaken ? 'arrived' : 'refused' });
  if (!isTaken) stage.trouble('sms', { by: 'wasl', status });
};

/** Of a message; what Wasl could not look up is no trouble of anybody who writes. */
const isRefusal = ({ method, status, code }: RecordedRequest): boolean =>
  method === 'POST' && (status >= 400 || status === 0 || code !== null);

const routesOf = (parts: SmsParts, inbox: Inbox): Router => {
  const { router, ...routes } = createPersonRoutes(parts.cast);
  routes.say(saying, ({ phone }, { text }, response) => {
    if (parts.provider !== 'twilio') return void response.sendStatus(409);
    void say(parts, inbox, phone, text);
    response.sendStatus(202);
  });
  routes.turn(turning, ({ phone }, { name, on }) => inbox.turn(name, on, phone));
  return router;
};

/** The text messages of everybody, by one provider. */
export function createSmsPlace(parts: SmsParts): Place {
  const { simulator, stage, clock } = parts;
  const inbox = createInbox(parts);
  simulator.setReports(smsReports.usual);
  const leaves = [
    simulator.watch((event) => heard(parts, inbox, event)),
    followList(clock, simulator.requests, (request) => {
      if (!isRefusal(request)) return;
      const detail = request.code === null ? undefined : String(request.code);
      stage.trouble('sms', { by: 'provider', status: request.status, detail });
    }),
  ];
  const close = (): void => {
    for (const leave of leaves) leave();
  };
  return { name: 'sms', router: routesOf(parts, inbox), news: inbox.news, refresh: inbox.tellState, close };
}
