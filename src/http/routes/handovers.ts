import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { type Handover, handover, handovers } from '../../casework/handovers.ts';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import { pageFields, pageOf, words } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { type AnyRoute, route } from '../route.ts';

const handoverReply = handover.omit({ version: true }).meta({ id: 'Handover' });

const present = ({ version: _, ...shown }: Handover): z.infer<typeof handoverReply> => shown;

const everywhere: readonly Principal['role'][] = ['supervisor', 'administrator'];
const atCare: readonly Principal['role'][] = ['agent', 'coordinator'];

/** Those who work in a department, or in the care unit; refuses all others. */
function requireShift({ organisation }: HttpDeps, by: Principal, departmentId: string): void {
  const department = organisation().departments.find(({ id }) => id === departmentId);
  if (!department) throw new WaslError('invalid', 'departmentId: there is no such department.');
  const isTheirs = by.departments.includes(departmentId) || (department.careUnit === true && atCare.includes(by.role));
  if (isTheirs || everywhere.includes(by.role)) return;
  throw new WaslError('forbidden', 'The notes of a shift are for those who work in that department.');
}

const departmentId = z.string().min(1).max(100);

const list = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/handovers',
    summary: 'What the shifts of a department left to the next, the newest first',
    tag: 'Agents',
    access: 'tickets.note',
    query: z.strictObject({ ...pageFields, departmentId }),
    reply: pageOf(handoverReply),
    async handle({ query: { departmentId: wanted, ...paging }, by }) {
      requireShift(deps, by, wanted);
      const where = { departmentId: wanted };
      const page = await findPage(deps.store, handovers, { index: 'by-department', where, order: 'desc', ...paging });
      return { ...page, items: page.items.map(present) };
    },
  });

const leave = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/handovers',
    summary: 'Leave a note to the next shift of a department',
    tag: 'Agents',
    access: 'tickets.note',
    body: z.strictObject({ departmentId, note: words(10_000) }),
    status: 201,
    reply: handoverReply,
    async handle({ body, by, key }) {
      requireShift(deps, by, body.departmentId);
      const who = { byId: by.id, byName: by.name, at: iso(deps.clock.now()) };
      const document: Handover = { ...who, ...body, note: body.note.trim(), id: key, version: 1 };
      await deps.store.write([{ op: 'insert', in: handovers, document, onDuplicate: 'keep' }]);
      return present(document);
    },
  });

/** What one shift leaves to the next (EX-08). */
export const handoverRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), leave(deps)];
