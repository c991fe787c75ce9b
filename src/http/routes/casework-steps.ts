import { z } from 'zod';
import type { DeclaredStep } from '../../casework/declare.ts';
import { stepNames, stepsNow } from '../../casework/path.ts';
import { steps } from '../../casework/steps.ts';
import { sceneOf } from '../../flow/casework/scene-of.ts';
import type { HttpDeps } from '../deps.ts';
import { version } from '../fields.ts';
import { withCurrent } from '../find-page.ts';
import { presentTicket, ticketReply } from '../present/ticket.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';
import { byNumber } from './tickets.ts';

const stepRoute = (deps: HttpDeps, { name, summary, given }: DeclaredStep) =>
  route({
    method: 'post',
    path: `/tickets/:number/${name}`,
    summary,
    tag: 'Tickets',
    access: 'tickets.step',
    params: byNumber,
    body: z.strictObject({ ...given.shape, version }),
    reply: ticketReply,
    async handle({ params: { number }, body, by }) {
      await ticketFor(deps.store, by, number);
      const { version: at, ...told } = body as { version: number };
      return withCurrent(deps.flow.staff.takeStep(number, by, { name, given: told, version: at }), presentTicket);
    },
  });

const listSteps = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/tickets/:number/steps',
    summary: 'The steps that you may take on a ticket as it stands',
    tag: 'Tickets',
    access: 'tickets.read',
    params: byNumber,
    reply: z.object({ version: z.number().int(), steps: z.array(z.enum(stepNames)) }),
    async handle({ params: { number }, by }) {
      const ticket = await ticketFor(deps.store, by, number);
      const scene = await sceneOf({ ...deps, content: deps }, ticket, { cause: '' });
      // an objection opens a ticket of its own, by a route of its own
      const has = new Set<string>([...steps.map(({ name }) => name), 'object']);
      return { version: ticket.version, steps: stepsNow(scene, by).filter((name) => has.has(name)) };
    },
  });

/** Every step of the path, one route each. */
export const caseworkStepRoutes = (deps: HttpDeps): AnyRoute[] => [
  listSteps(deps),
  ...steps.map((one) => stepRoute(deps, one)),
];
