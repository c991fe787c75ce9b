import { strFromU8, unzipSync } from 'fflate';
import { agents } from '../../../src/agent/agent.ts';
import type { AgentRole } from '../../../src/agent/roles.ts';
import { settleBy } from '../../../src/casework/settle.ts';
import { iso } from '../../../src/clock.ts';
import { alone } from '../../../src/cluster/members.ts';
import type { Job } from '../../../src/flow/casework/jobs.ts';
import { countTickets } from '../../../src/flow/casework/tally.ts';
import type { FlowDeps } from '../../../src/flow/deps.ts';
import type { TicketChange } from '../../../src/ticket/events.ts';
import { enter } from '../../../src/ticket/ledger.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openWorld, signedIn, type World } from '../http-harness.ts';

export interface ReportWorld extends World {
  /** Runs a job as the gateway does. */
  run(job: Job): Promise<void>;
  /** What the jobs complained of. */
  complaints: string[];
  /** Opens a ticket and lets changes happen to it, `minutes` after one another, counted in the figures. */
  opens(number: string, facts: Partial<Opened>, changes?: readonly TicketChange[], minutes?: number): Promise<void>;
  happens(number: string, ...changes: TicketChange[]): Promise<void>;
  /** Signs somebody in who works in these departments. */
  enters(role: AgentRole, departments: string[]): ReturnType<typeof signedIn>;
}

type Opened = TicketChange & { kind: 'opened' };

const opened: Opened = {
  kind: 'opened',
  type: 'complaint',
  service: null,
  subject: 'جهاز العرض في القاعة لا يعمل',
  importance: 'medium',
  restricted: false,
  departmentId: 'halls',
  contactId: 'noura',
  conversationId: null,
  channel: 'email',
  language: 'ar',
  dueAt: { firstResponse: null, resolution: null },
};

/** The HTTP door with the jobs that count and report. */
export async function openReportWorld(): Promise<ReportWorld> {
  const world = await openWorld();
  const { store, clock, deps } = world;
  const complaints: string[] = [];
  const tell = (_fields: object, message: string): void => void complaints.push(message);
  const log = { debug() {}, info() {}, warn: tell, error: tell };
  const content = { organisation: deps.organisation };
  const flow = { store, clock, log, content, ids: deps.ids, members: alone('the test') } as unknown as FlowDeps;
  const run = (job: Job): Promise<void> => job(flow, { deliver: () => undefined, isStopped: () => false });
  const add = async (number: string, changes: readonly TicketChange[]): Promise<void> => {
    const before = await store.get(tickets, number);
    const cause = `${number} ${before?.eventCount ?? 0}`;
    const entry = { number, at: iso(clock.now()), actor: { kind: 'agent' as const, id: 'sara' }, cause };
    const { ops } = enter(before, changes, { ...entry, settle: settleBy(deps.organisation()) });
    const result = await store.write(ops);
    if (!result.ok) throw new Error(result.reason);
  };
  return {
    ...world,
    run,
    complaints,
    async opens(number, facts, changes = [], minutes = 1) {
      await add(number, [{ ...opened, ...facts }]);
      for (const change of changes) {
        clock.advance(minutes * 60_000);
        await add(number, [change]);
      }
      await run(countTickets);
    },
    async happens(number, ...changes) {
      await add(number, changes);
      await run(countTickets);
    },
    async enters(role, departments) {
      const one = await signedIn(world, role, `${role}-${departments.join('-')}@example.org`);
      await store.write([{ op: 'update', in: agents, id: one.agent.id, set: { departments } }]);
      return one;
    },
  };
}

/** The cells of a sheet that a spreadsheet program would show, row by row, with what stands of each sheet's look. */
export function readWorkbook(file: Uint8Array) {
  const parts = Object.fromEntries(Object.entries(unzipSync(file)).map(([name, bytes]) => [name, strFromU8(bytes)]));
  const plain = (xml: string): string =>
    xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const shared = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, one = '']) =>
    plain([...one.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join('')),
  );
  const cellOf = (attributes: string, body: string): string => {
    const value = plain(/<v>(.*?)<\/v>/s.exec(body)?.[1] ?? /<t[^>]*>(.*?)<\/t>/s.exec(body)?.[1] ?? '');
    return attributes.includes('t="s"') ? (shared[Number(value)] ?? '') : value;
  };
  const names = [...(parts['xl/workbook.xml'] ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name = '']) =>
    plain(name),
  );
  return names.map((name, at) => {
    const xml = parts[`xl/worksheets/sheet${at + 1}.xml`] ?? '';
    const rows = [...xml.matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => {
      const cells: string[] = [];
      for (const [, attributes = '', body = ''] of row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
        const column = /r="([A-Z])/.exec(attributes)?.[1] ?? 'A';
        cells[column.charCodeAt(0) - 65] = cellOf(attributes, body);
      }
      return Array.from(cells, (cell) => cell ?? '');
    });
    return { name, xml, rows, isRightToLeft: xml.includes('rightToLeft="1"') };
  });
}
