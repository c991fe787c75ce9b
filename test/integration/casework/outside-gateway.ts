import { linkToken } from '../../../src/link-token.ts';
import { derive } from '../../../src/secrets.ts';
import { type Survey, surveySecret, surveys } from '../../../src/survey/survey.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { type HookGateway, openHookGateway, said } from '../hook-gateway.ts';

const key = '07'.repeat(32);
const api = '/api/v1';
const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();

export interface OutsideGateway extends HookGateway {
  /** A ticket of the person who wrote. */
  aTicket(facts?: Record<string, unknown>): Promise<Ticket>;
  step(number: string, name: string, body?: Record<string, unknown>): Promise<Ticket>;
  ticket(number: string): Promise<Ticket>;
  /** What a stranger sees of a page. */
  look(path: string, init?: RequestInit): Promise<{ status: number; headers: Headers; html: string }>;
  /** A survey of a ticket that was sent just now, and its token. */
  aSurvey(ticket: Ticket, facts?: Partial<Survey>): Promise<{ id: string; token: string }>;
  kinds(number: string): Promise<string[]>;
}

/** A whole gateway in which one person has written, with what people outside need of it. */
export async function openOutsideGateway(env: Record<string, string> = {}): Promise<OutsideGateway> {
  const opened = await openHookGateway(['1'], { ENCRYPTION_KEY: key, RATE_LIMITS: 'off', ...env });
  await opened.post(said('1'));
  let contactId = '';
  while (contactId === '') {
    const { body } = await opened.ask('GET', `${api}/contacts`);
    contactId = body.items[0]?.id ?? '';
    if (contactId === '') await new Promise((done) => setTimeout(done, 20));
  }
  const { store } = opened.gateway;
  const made: OutsideGateway = Object.assign(opened, {
    async aTicket(facts: Record<string, unknown> = {}) {
      const about = { contactId, type: 'complaint', subject: 'لم يصلني رد', channel: 'desk' };
      const { status, body } = await opened.ask('POST', `${api}/tickets`, { ...about, ...facts });
      if (status >= 300) throw new Error(JSON.stringify(body));
      return body as Ticket;
    },
    async step(number: string, name: string, body: Record<string, unknown> = {}) {
      const { version } = await made.ticket(number);
      const answer = await opened.ask('POST', `${api}/tickets/${number}/${name}`, { version, ...body });
      if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
      return answer.body as Ticket;
    },
    async ticket(number: string) {
      const found = await store.get(tickets, number);
      if (!found) throw new Error(`there is no ticket ${number}`);
      return found;
    },
    async look(path: string, init: RequestInit = {}) {
      const response = await fetch(opened.url + path, { redirect: 'manual', ...init });
      return { status: response.status, headers: response.headers, html: await response.text() };
    },
    async aSurvey({ number, contactId: person }: Ticket, facts: Partial<Survey> = {}) {
      const id = `survey-${number}-${Math.random().toString(36).slice(2)}`;
      const document: Survey = {
        id,
        version: 1,
        ticketNumber: number,
        contactId: person,
        agentId: 'mona',
        departmentId: 'care',
        at: inDays(0),
        sentAt: inDays(0),
        via: 'link',
        state: 'waiting',
        skipReason: null,
        remindAt: inDays(2),
        remindedAt: null,
        expiresAt: inDays(10),
        service: null,
        employee: null,
        comment: null,
        answeredAt: null,
        addedAt: null,
        reopened: false,
        nextAt: inDays(2),
        ...facts,
      };
      await store.write([{ op: 'insert', in: surveys, document }]);
      return { id, token: linkToken(derive(Buffer.from(key, 'hex'), surveySecret), id) };
    },
    async kinds(number: string) {
      const { body } = await opened.ask('GET', `${api}/tickets/${number}/events?limit=200`);
      return body.items.map(({ change }: { change: { kind: string } }) => change.kind);
    },
  });
  return made;
}
