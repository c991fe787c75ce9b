import { z } from 'zod';
import { agents } from '../../agent/agent.ts';
import { unnamed } from '../../agent/ensure-administrator.ts';
import type { Principal } from '../../agent/principal.ts';
import { may } from '../../agent/roles.ts';
import { WaslError } from '../../errors.ts';
import type { ActingAgent } from '../../flow/flow.ts';
import { findPhones } from '../../language/extract.ts';
import { approvedWords } from '../../message/message.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, version, words } from '../fields.ts';
import { withCurrent } from '../find-page.ts';
import { conversationReply, presentConversation } from '../present/conversation.ts';
import { messageReply, presentMessage } from '../present/message.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';

export const acting = ({ id, name }: Principal): ActingAgent => ({ id, name });

/** Whom a person is told to be talking to; no name where there is only that of a role or of a key. */
const introduced = ({ id, name }: ActingAgent, kind: Principal['kind']): ActingAgent => ({
  id,
  name: kind === 'agent' && name !== unnamed ? name : '',
});

async function assignee(store: Store, by: Principal, agentId: string | undefined): Promise<ActingAgent> {
  if (agentId === undefined || agentId === by.id) return introduced(by, by.kind);
  const agent = await store.get(agents, agentId);
  if (!agent) throw new WaslError('invalid', 'body.agentId: there is no such agent.');
  if (agent.disabledAt) throw new WaslError('not-allowed', 'This agent is disabled.');
  if (!may(agent.role, 'conversations.work')) {
    throw new WaslError('not-allowed', `An agent in the role "${agent.role}" does not answer conversations.`);
  }
  return introduced(agent, 'agent');
}

const shared = { tag: 'Conversations', access: 'conversations.work', params: byId } as const;

const assign = (deps: HttpDeps) =>
  route({
    ...shared,
    method: 'post',
    path: '/conversations/:id/assign',
    summary: 'Take a conversation, or give it to another agent; the assistant is muted',
    body: z.strictObject({ agentId: opaqueId.optional(), version: version.optional() }),
    reply: conversationReply,
    async handle({ params, body, by }) {
      const to = await assignee(deps.store, by, body.agentId);
      const assigned = deps.flow.staff.assign(params.id, acting(by), to, body.version);
      return withCurrent(assigned, (one) => presentConversation(deps, by, one));
    },
  });

const steps = {
  handoff: 'Put a conversation into the queue for people',
  resume: 'Give a conversation back to the assistant',
  close: 'Close a conversation',
} as const;

const step = (deps: HttpDeps, name: keyof typeof steps) =>
  route({
    ...shared,
    method: 'post',
    path: `/conversations/:id/${name}`,
    summary: steps[name],
    body: z.strictObject({ version: version.optional() }),
    reply: conversationReply,
    async handle({ params, body, by }) {
      const done = deps.flow.staff[name](params.id, acting(by), body.version);
      return withCurrent(done, (one) => presentConversation(deps, by, one));
    },
  });

const template = z
  .strictObject({
    name: z.string().min(1).max(512),
    language: z.string().min(1).max(20),
    parameters: approvedWords.shape.parameters.max(50),
  })
  .meta({
    description: 'An approved template of the inbox, in place of a text: the only way outside the reply window.',
  });

const reply = ({ store, flow }: HttpDeps) =>
  route({
    ...shared,
    method: 'post',
    path: '/conversations/:id/messages',
    summary: 'Write to the person as an agent',
    body: z
      .strictObject({
        text: z
          .string()
          .max(25_000)
          .refine((text) => text.isWellFormed(), 'not well-formed Unicode')
          .optional(),
        attachmentIds: z.array(opaqueId).max(20).optional(),
        template: template.optional(),
        replyTo: opaqueId.optional().meta({ description: 'The message that it answers by quoting it.' }),
        visibility: z.enum(['private', 'public']).optional().meta({
          description:
            'To somebody who wrote in public: where everybody reads it, or in their private conversation. Without it as the conversation is.',
        }),
      })
      .refine((body) => body.text?.trim() || (body.attachmentIds ?? []).length > 0 || body.template, {
        path: ['text'],
        error: 'write a text, attach a file or choose a template',
      }),
    status: 201,
    reply: messageReply,
    async handle({ params, body, by, key }) {
      return withCurrent(flow.staff.reply(params.id, acting(by), body, key), (one) => presentMessage(store, by, one));
    },
  });

/** A number as people write it, as E.164; a national one is Saudi. */
function phoneOf(given: string | undefined): string | undefined {
  if (given === undefined || /^\+\d{7,15}$/.test(given)) return given;
  const [found, ...more] = findPhones(given);
  if (found && more.length === 0) return found.value;
  throw new WaslError('invalid', 'body.phone: write the number as +966…');
}

const start = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/conversations',
    summary: 'Write to somebody first, where the channel allows it',
    tag: 'Conversations',
    access: 'conversations.work',
    body: z
      .strictObject({
        contactId: opaqueId.optional(),
        phone: z.string().min(5).max(40).optional().meta({ description: 'Where the channel reaches phone numbers.' }),
        inboxId: opaqueId,
        subject: words(200).optional().meta({ description: 'Where the channel has subjects.' }),
        text: words(25_000).optional(),
        template: template.optional(),
        ticketNumber: opaqueId.optional().meta({ description: 'The ticket that it is about.' }),
      })
      .refine((body) => Boolean(body.text) !== Boolean(body.template), {
        path: ['text'],
        error: 'write a text or choose a template, one of them',
      })
      .refine((body) => body.contactId ?? body.phone ?? body.ticketNumber, {
        path: ['contactId'],
        error: 'say to whom: a contact, a phone number or a ticket',
      }),
    status: 201,
    reply: conversationReply,
    async handle({ body, by, key }) {
      if (body.ticketNumber !== undefined) await ticketFor(deps.store, by, body.ticketNumber);
      const first = { ...body, phone: phoneOf(body.phone) };
      return presentConversation(deps, by, await deps.flow.staff.start(acting(by), first, key));
    },
  });

/** What staff do in a conversation; every step goes through the flow. */
export const conversationActionRoutes = (deps: HttpDeps): AnyRoute[] => [
  start(deps),
  reply(deps),
  assign(deps),
  step(deps, 'handoff'),
  step(deps, 'resume'),
  step(deps, 'close'),
];
