import { z } from 'zod';

export const agentRoles = [
  'agent',
  'member',
  'head',
  'supervisor',
  'management',
  'coordinator',
  'administrator',
] as const;
export type AgentRole = (typeof agentRoles)[number];
export const agentRole = z.enum(agentRoles);

const everybody = agentRoles;
const careUnit = ['agent', 'coordinator', 'head', 'supervisor', 'administrator'] as const;
const readers = [...careUnit, 'management'] as const;
const editors = ['supervisor', 'administrator'] as const;

/**
 * Least privilege as data: what may be done, and which roles may do it. Management reads and changes nothing; a member
 * of a department sees tickets and the knowledge bank; agents, heads and supervisors work with people.
 */
export const permissions = {
  'signed-in': everybody,
  'conversations.read': readers,
  'conversations.work': careUnit,
  'contacts.read': readers,
  'contacts.full': careUnit,
  'contacts.change': careUnit,
  'tickets.read': everybody,
  'tickets.work': careUnit,
  'tickets.note': [...careUnit, 'member'],
  /** Steps of the path; whose step it is on a ticket is decided by the ticket (`casework/path.ts`). */
  'tickets.step': [...careUnit, 'member'],
  'tickets.restricted': editors,
  'incidents.change': ['coordinator', 'supervisor', 'administrator'],
  'deputies.change': ['head', 'supervisor', 'administrator'],
  'files.read': readers,
  'files.add': careUnit,
  'ratings.read': editors,
  /** Of which departments is decided by who heads them (`report/whose.ts`). */
  'reports.read': everybody,
  'knowledge.read': everybody,
  'knowledge.change': editors,
  'questions.read': readers,
  'inboxes.read': everybody,
  'inboxes.change': ['administrator'],
  'settings.read': everybody,
  'settings.change': ['administrator'],
  'agents.read': ['supervisor', 'administrator'],
  'agents.change': ['administrator'],
  'tokens.change': ['administrator'],
  'audit.read': ['administrator'],
} as const satisfies Record<string, readonly AgentRole[]>;
export type Permission = keyof typeof permissions;

/** May somebody in this role do that? */
export const may = (role: AgentRole, permission: Permission): boolean =>
  (permissions[permission] as readonly AgentRole[]).includes(role);
