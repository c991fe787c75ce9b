import type { Router } from 'express';
import { z } from 'zod';
import { systemClock } from '../../../src/clock.ts';
import type { Person, Utterance } from '../../fakes/whatsapp-cloud/person.ts';
import type { WhatsappCloudSimulator } from '../../fakes/whatsapp-cloud/simulator.ts';
import { silentVoiceNote } from '../../fakes/whatsapp-cloud/voice-note.ts';
import type { Cast, Member } from '../cast.ts';
import type { News, Place, Stage } from '../place.ts';
import { followList } from '../tail.ts';
import { createLines } from './lines.ts';
import { createPersonRoutes } from './person-routes.ts';
import { type Line, lineOfSaid, lineOfSent } from './whatsapp-line.ts';

const saying = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(4096) }),
  z.object({ kind: z.literal('voice') }),
  z.object({ kind: z.literal('location') }),
  z.object({ kind: z.literal('button'), id: z.string(), title: z.string(), to: z.string() }),
  z.object({
    kind: z.literal('row'),
    id: z.string(),
    title: z.string(),
    description: z.string().optional(),
    to: z.string(),
  }),
  z.object({ kind: z.literal('template'), id: z.string(), title: z.string(), to: z.string() }),
  z.object({ kind: z.literal('reaction'), emoji: z.string(), to: z.string() }),
]);

const turning = z.object({ name: z.enum(['later', 'hidden', 'down', 'blocked']), on: z.boolean() });

type Saying = z.infer<typeof saying>;

const voiceNote = silentVoiceNote(3);

const utteranceOf = (person: Person, one: Saying): Utterance => {
  switch (one.kind) {
    case 'text':
      return person.text(one.text);
    case 'voice':
      return person.voice({ bytes: voiceNote });
    case 'location':
      return person.location({
        latitude: 24.7136,
        longitude: 46.6753,
        name: 'الرياض',
        address: 'المملكة العربية السعودية',
      });
    case 'button':
      return person.buttonReply({ id: one.id, title: one.title }, { replyTo: one.to });
    case 'row':
      return person.listReply({ id: one.id, title: one.title, description: one.description }, { replyTo: one.to });
    case 'template':
      return person.templateButton({ payload: one.id, text: one.title }, { replyTo: one.to });
    case 'reaction':
      return person.reaction(one.to, one.emoji);
  }
};

const fileKind = (mime: string): 'image' | 'video' | 'audio' | 'document' => {
  if (/^image\/(jpeg|png)$/.test(mime)) return 'image';
  if (mime === 'video/mp4') return 'video';
  return mime.startsWith('audio/') ? 'audio' : 'document';
};

export interface WhatsappParts {
  simulator: WhatsappCloudSimulator;
  cast: Cast;
  stage: Stage;
}

/** Chats of everybody. */
const createChats = ({ simulator, cast, stage }: WhatsappParts) => {
  const lines = createLines<Line>('whatsapp', 'line', stage);
  const late = new Set<string>();
  const blocked = new Set<string>();
  let isDown = false;
  const personOf = ({ phone, name, username, phoneHidden = false }: Member): Person =>
    simulator.people.byPhone(phone) ?? simulator.person({ phone, name, username, phoneHidden });
  const state = (): News => ({
    place: 'whatsapp',
    kind: 'state',
    isDown,
    people: cast
      .all()
      .map(personOf)
      .map(({ phone, username, phoneHidden }) => ({
        phone,
        username: username ?? null,
        isHidden: phoneHidden,
        isBlocked: blocked.has(phone),
        // the window was closed by hand, and nothing was written since
        isLate: late.has(phone),
      })),
  });
  return {
    late,
    blocked,
    put: lines.put,
    change: lines.change,
    chatOf: lines.of,
    personOf,
    tellState: () => stage.tell(state()),
    typing: (phone: string) => stage.tell({ place: 'whatsapp', kind: 'typing', phone }),
    setDown(is: boolean) {
      isDown = is;
      simulator.setDown(is);
    },
    news: () => [state(), ...lines.news()],
  };
};

type Chats = ReturnType<typeof createChats>;

/** Own lines up to the one that was read turn blue, as a read mark means them all. */
const readUpTo = (chats: Chats, person: Person, messageId: string): void => {
  const chat = chats.chatOf(person.phone);
  if (!chat.has(messageId)) return;
  for (const line of chat.values()) {
    if (line.by === 'person' && line.progress !== 'read') chats.change(person.phone, line.id, { progress: 'read' });
    if (line.id === messageId) return;
  }
};

const follow = (simulator: WhatsappCloudSimulator, chats: Chats): (() => void) =>
  simulator.watch((event) => {
    if (event.kind === 'sent') {
      const { request, to } = event.message;
      if (request.type !== 'reaction') return chats.put(to.phone, lineOfSent(event.message, simulator.templates));
      chats.change(to.phone, request.reaction.message_id, { reaction: request.reaction.emoji });
    }
    if (event.kind === 'receipt') chats.change(event.message.to.phone, event.message.wamid, { progress: event.status });
    if (event.kind !== 'mark') return;
    for (const person of simulator.people.all()) {
      if (!chats.chatOf(person.phone).has(event.mark.message_id)) continue;
      readUpTo(chats, person, event.mark.message_id);
      if (event.mark.typing_indicator) chats.typing(person.phone);
    }
  });

/** Delivers, and shows the line as it comes along. */
const say = ({ simulator, stage }: WhatsappParts, chats: Chats, person: Person, said: Utterance): void => {
  const line = lineOfSaid(said, systemClock.now());
  chats.late.delete(person.phone);
  chats.tellState();
  const reaction = said.message?.reaction as { message_id: string; emoji?: string } | undefined;
  if (reaction) chats.change(person.phone, reaction.message_id, { reaction: reaction.emoji ?? '' });
  else chats.put(person.phone, line);
  const arrived = (): void => {
    // the service may have read it before its own answer was here
    if (chats.chatOf(person.phone).get(line.id)?.progress === 'waiting') {
      chats.change(person.phone, line.id, { progress: 'arrived' });
    }
  };
  void simulator.deliver(said, { arrived }).then((answers) => {
    const refused = answers.find(({ status }) => status !== 200);
    if (refused) stage.trouble('whatsapp', { by: 'wasl', status: refused.status });
  });
};

const turn = (simulator: WhatsappCloudSimulator, chats: Chats, person: Person, to: z.infer<typeof turning>): void => {
  const keep = (set: Set<string>): unknown => (to.on ? set.add(person.phone) : set.delete(person.phone));
  if (to.name === 'down') chats.setDown(to.on);
  if (to.name === 'hidden') person.phoneHidden = to.on;
  if (to.name === 'blocked') {
    keep(chats.blocked);
    if (to.on) simulator.block(person);
    else simulator.unblock(person);
  }
  // its other way round is to write something
  if (to.name === 'later' && to.on) {
    chats.late.add(person.phone);
    simulator.closeWindow(person);
  }
  chats.tellState();
};

const withFile = z.object({
  name: z.string().optional().catch(undefined),
  caption: z.string().optional().catch(undefined),
});

const routesOf = (parts: WhatsappParts, chats: Chats): Router => {
  const { simulator, cast } = parts;
  const { router, ...routes } = createPersonRoutes(cast);
  router.get('/file/:id', (request, response) => {
    const file = simulator.media.get(request.params.id);
    if (file) response.set('content-type', file.mime).send(file.bytes);
    else response.sendStatus(404);
  });
  routes.say(saying, (member, asked, response) => {
    const person = chats.personOf(member);
    say(parts, chats, person, utteranceOf(person, asked));
    response.sendStatus(202);
  });
  routes.file('16mb', withFile, ({ bytes, mime: given }) => (member, { name, caption }, response) => {
    const mime = given || 'application/octet-stream';
    const kind = fileKind(mime);
    const named = kind === 'document' && name !== undefined ? { filename: name } : {};
    const person = chats.personOf(member);
    say(parts, chats, person, person[kind]({ bytes, mime, ...named, ...(caption ? { caption } : {}) }));
    response.sendStatus(202);
  });
  routes.turn(turning, (member, to) => turn(simulator, chats, chats.personOf(member), to));
  return router;
};

/** The WhatsApp telephone. */
export function createWhatsappPlace(parts: WhatsappParts): Place {
  const chats = createChats(parts);
  const leaves = [
    follow(parts.simulator, chats),
    followList(systemClock, parts.simulator.requests, ({ status, code }) => {
      const detail = code === null ? undefined : String(code);
      if (status >= 400) parts.stage.trouble('whatsapp', { by: 'provider', status, detail });
    }),
  ];
  const close = (): void => {
    for (const leave of leaves) leave();
  };
  return { name: 'whatsapp', router: routesOf(parts, chats), news: chats.news, refresh: chats.tellState, close };
}
