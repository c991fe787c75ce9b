import { z } from 'zod';
import { agents } from '../../agent/agent.ts';
import { unnamed } from '../../agent/ensure-administrator.ts';
import type { Principal } from '../../agent/principal.ts';
import { may } from '../../agent/roles.ts';
import { WaslError } from '../../errors.ts';
import type { ActingAgent } from '../../flow/flow.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, version, words } from '../fields.ts';
import { withCurrent } from '../find-page.ts';
import { conversationReply, presentConversation } from '../present/conversation.ts';
import { messageReply, presentMessage } from '../present/message.ts';
import { type AnyRoute, route } from '../route.ts';

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

const assign = ({ store, flow }: HttpDeps) =>
  route({
    ...shared,
    method: 'post',
    path: '/conversations/:id/assign',
    summary: 'Take a conversation, or give it to another agent; the assistant is muted',
    body: z.strictObject({ agentId: opaqueId.optional(), version: version.optional() }),
    reply: conversationReply,
    async handle({ params, body, by }) {
      const to = await assignee(store, by, body.agentId);
      const assigned = flow.staff.assign(params.id, acting(by), to, body.version);
      return withCurrent(assigned, (one) => presentConversation(store, by, one));
    },
  });

const steps = {
  handoff: 'Put a conversation into the queue for people',
  resume: 'Give a conversation back to the assistant',
  close: 'Close a conversation',
} as const;

const step = ({ store, flow }: HttpDeps, name: keyof typeof steps) =>
  route({
    ...shared,
    method: 'post',
    path: `/conversations/:id/${name}`,
    summary: steps[name],
    body: z.strictObject({ version: version.optional() }),
    reply: conversationReply,
    async handle({ params, body, by }) {
      const done = flow.staff[name](params.id, acting(by), body.version);
      return withCurrent(done, (one) => presentConversation(store, by, one));
    },
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
          .refine((text) => text.isWellFormed(), 'not well-formed Unicode'),
        attachmentIds: z.array(opaqueId).max(20).optional(),
      })
      .refine((body) => body.text.trim() !== '' || (body.attachmentIds ?? []).length > 0, {
        path: ['text'],
        error: 'write a text or attach a file',
      }),
    status: 201,
    reply: messageReply,
    async handle({ params, body, by, key }) {
      return withCurrent(flow.staff.reply(params.id, acting(by), body, key), (one) => presentMessage(store, by, one));
    },
  });

const start = ({ store, flow }: HttpDeps) =>
  route({
    method: 'post',
    path: '/conversations',
    summary: 'Write to a contact first, where the channel allows it',
    tag: 'Conversations',
    access: 'conversations.work',
    body: z.strictObject({
      contactId: opaqueId,
      inboxId: opaqueId,
      subject: words(200).optional().meta({ description: 'Where the channel has subjects.' }),
      text: words(25_000),
    }),
    status: 201,
    reply: conversationReply,
    async handle({ body, by, key }) {
      return presentConversation(store, by, await flow.staff.start(acting(by), body, key));
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
