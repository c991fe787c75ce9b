import { requireStep } from '../../casework/path.ts';
import { steps } from '../../casework/steps.ts';
import { WaslError } from '../../errors.ts';
import { tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import type { StaffActions } from '../flow.ts';
import { checkSeen, need, retrying } from '../retrying.ts';
import type { Aftermath } from '../staff.ts';
import { followTold } from '../staff-tickets.ts';
import { enterOutcome } from './enter-outcome.ts';
import { sceneOf } from './scene-of.ts';

/** Takes one step on a ticket: decided on what is stored, kept as one unit under the ticket's version. */
export const takeStep =
  (deps: FlowDeps, after: Aftermath): StaffActions['takeStep'] =>
  async (number, by, { name, given, version }) => {
    const declared = steps.find((one) => one.name === name);
    if (!declared) throw new WaslError('not-found', `There is no step "${name}".`);
    const asked = declared.given.parse(given);
    const cause = deps.ids.next();
    const outcome = await retrying(async () => {
      const before = await need(deps, tickets, number, 'ticket');
      checkSeen(before, version);
      const other = declared.other?.(asked, { ticket: before, organisation: deps.content.organisation() });
      const scene = await sceneOf(deps, before, { cause, other });
      requireStep(scene, by, name);
      const decided = declared.take(scene, by, asked);
      const doing = { at: scene.now, actor: { kind: 'agent' as const, id: by.id }, cause };
      const { ops, ...entered } = await enterOutcome(deps, before, { outcome: decided, doing });
      return { ops, result: { ...entered, ticket: { ...entered.ticket, version: before.version + 1 } } };
    }, deps);
    followTold(deps, after, outcome);
    return outcome.ticket;
  };
