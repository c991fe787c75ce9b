import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import type { Person, Utterance } from '../fakes/whatsapp-cloud/person.ts';
import type { WhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { silentVoiceNote } from '../fakes/whatsapp-cloud/voice-note.ts';
import { type Line, lineOfSaid, lineOfSent } from './line.ts';

/** What the page hears, as it happens. */
type News =
  | { kind: 'people'; people: PersonView[]; isDown: boolean; isConnected: boolean }
  | { kind: 'line'; phone: string; line: Line }
  | { kind: 'typing'; phone: string };

interface PersonView {
  phone: string;
  name: string;
  username: string | null;
  isHidden: boolean;
  isBlocked: boolean;
  /** The window was closed by hand, and nothing was written since. */
  isLate: boolean;
}

const somebody = [
  { phone: '966500000101', name: 'سارة القحطاني' },
  { phone: '966500000102', name: 'خالد العتيبي' },
  { phone: '966500000103', name: 'نورة', username: 'noura.sa', phoneHidden: true },
  { phone: '966500000104', name: 'Emily Carter' },
];

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

/** Chats of everybody, and who watches them. */
const createChats = (simulator: WhatsappCloudSimulator) => {
  const chats = new Map<string, Map<string, Line>>();
  const late = new Set<string>();
  const blocked = new Set<string>();
  const pages = new Set<Response>();
  let [isDown, isConnected] = [false, false];
  const tell = (news: News): void => {
    for (const page of pages) page.write(`data: ${JSON.stringify(news)}\n\n`);
  };
  const chatOf = (phone: string): Map<string, Line> => {
    const chat = chats.get(phone) ?? new Map<string, Line>();
    chats.set(phone, chat);
    return chat;
  };
  const put = (phone: string, line: Line): void => {
    chatOf(phone).set(line.id, line);
    tell({ kind: 'line', phone, line });
  };
  const change = (phone: string, id: string, more: Partial<Line>): void => {
    const line = chatOf(phone).get(id);
    if (line) put(phone, { ...line, ...more });
  };
  const people = (): News => ({
    kind: 'people',
    isDown,
    isConnected,
    people: simulator.people.all().map(({ phone, name, username, phoneHidden }) => ({
      phone,
      name,
      username: username ?? null,
      isHidden: phoneHidden,
      isBlocked: blocked.has(phone),
      isLate: late.has(phone),
    })),
  });
  return {
    late,
    blocked,
    put,
    change,
    tell,
    chatOf,
    tellPeople: () => tell(people()),
    setDown(is: boolean) {
      isDown = is;
      simulator.setDown(is);
    },
    setConnected(is: boolean) {
      isConnected = is;
      tell(people());
    },
    /** Everything so far to one page, then the news. */
    show(page: Response) {
      pages.add(page);
      page.on('close', () => pages.delete(page));
      page.write(`data: ${JSON.stringify(people())}\n\n`);
      for (const [phone, chat] of chats) {
        for (const line of chat.values()) page.write(`data: ${JSON.stringify({ kind: 'line', phone, line })}\n\n`);
      }
    },
    close() {
      for (const page of pages) page.end();
    },
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

const follow = (simulator: WhatsappCloudSimulator, chats: Chats): void => {
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
      if (event.mark.typing_indicator) chats.tell({ kind: 'typing', phone: person.phone });
    }
  });
};

/** Delivers, and shows the line as it comes along. */
const say = (simulator: WhatsappCloudSimulator, chats: Chats, person: Person, said: Utterance): void => {
  const line = lineOfSaid(said, systemClock.now());
  chats.late.delete(person.phone);
  chats.tellPeople();
  const reaction = said.message?.reaction as { message_id: string; emoji?: string } | undefined;
  if (reaction) chats.change(person.phone, reaction.message_id, { reaction: reaction.emoji ?? '' });
  else chats.put(person.phone, line);
  const arrived = (): void => {
    // the service may have read it before its own answer was here
    if (chats.chatOf(person.phone).get(line.id)?.progress === 'waiting') {
      chats.change(person.phone, line.id, { progress: 'arrived' });
    }
  };
  void simulator.deliver(said, { arrived });
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
  chats.tellPeople();
};

/** Puts the phone beside the provider's routes. `setConnected` says whether Wasl can be reached. */
export function addPhone(simulator: WhatsappCloudSimulator): { setConnected(is: boolean): void; close(): void } {
  const { app } = simulator;
  const chats = createChats(simulator);
  for (const one of somebody) simulator.person(one);
  follow(simulator, chats);
  const personOf = (request: Request): Person => simulator.person(String(request.params.phone));

  app.get('/', (_request, response) => response.sendFile(join(import.meta.dirname, 'phone/index.html')));
  app.get('/phone/events', (_request, response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    chats.show(response);
  });
  app.get('/phone/file/:id', (request, response) => {
    const file = simulator.media.get(request.params.id);
    if (file) response.set('content-type', file.mime).send(file.bytes);
    else response.sendStatus(404);
  });
  app.post('/phone/:phone/say', express.json(), (request, response) => {
    const parsed = saying.safeParse(request.body);
    if (!parsed.success) return void response.sendStatus(400);
    const person = personOf(request);
    say(simulator, chats, person, utteranceOf(person, parsed.data));
    response.sendStatus(202);
  });
  app.post('/phone/:phone/file', express.raw({ type: () => true, limit: '16mb' }), (request, response) => {
    const person = personOf(request);
    const mime = request.headers['content-type'] ?? 'application/octet-stream';
    const kind = fileKind(mime);
    const { name, caption } = request.query;
    const file = {
      bytes: request.body as Buffer,
      mime,
      ...(kind === 'document' && typeof name === 'string' ? { filename: name } : {}),
      ...(typeof caption === 'string' && caption ? { caption } : {}),
    };
    say(simulator, chats, person, person[kind](file));
    response.sendStatus(202);
  });
  app.post('/phone/:phone/switch', express.json(), (request, response) => {
    const parsed = turning.safeParse(request.body);
    if (!parsed.success) return void response.sendStatus(400);
    turn(simulator, chats, personOf(request), parsed.data);
    response.sendStatus(204);
  });
  app.use('/phone', express.static(join(import.meta.dirname, 'phone')));
  return { setConnected: chats.setConnected, close: chats.close };
}
