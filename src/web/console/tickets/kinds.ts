import type { Ticket } from '../api/shapes.ts';

// Written out: the server's own lists come with its schema library, which the browser shall not load for twenty words.
const statuses: Record<Ticket['status'], true> = {
  new: true,
  open: true,
  transferred: true,
  in_progress: true,
  pending_customer: true,
  pending_third_party: true,
  on_hold: true,
  returned: true,
  resolved: true,
  closed: true,
  rejected: true,
};

const types: Record<Ticket['type'], true> = {
  inquiry: true,
  complaint: true,
  objection: true,
  suggestion: true,
  technical: true,
  report: true,
  service: true,
  media: true,
};

export const statusNames = Object.keys(statuses) as Ticket['status'][];
export const typeNames = Object.keys(types) as Ticket['type'][];
