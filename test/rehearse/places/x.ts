import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import type { Person } from '../../fakes/x/person.ts';
import { problems } from '../../fakes/x/problems.ts';
import type { SimulatorEvent } from '../../fakes/x/record.ts';
import type { XSimulator } from '../../fakes/x/simulator.ts';
import type { Dm, Post } from '../../fakes/x/world.ts';
import type { Cast, Member } from '../cast.ts';
import type { News, Place, Stage } from '../place.ts';
import { followList } from '../tail.ts';
import { Impossible, perform, saying } from './x-say.ts';
import { followPrices, type ShownDm, type ShownPost, showDm, showPost } from './x-view.ts';

const turning = z.object({ name: z.enum(['down', 'closed', 'forbidden', 'budget']), on: z.boolean() });
const readsAfterMs = 2000;

export interface XParts {
  simulator: XSimulator;
  cast: Cast;
  stage: Stage;
  clock: Clock;
  /**
   * US dollars of a month that Wasl has been given, what it has counted so far, and how to give it others: it starts anew with
   * them.
   */
  budget: { usd: number; counted(): Promise<number>; set(usd: number): Promise<void> };
}

/** Everything on X that concerns us, and what is switched. */
const createTimeline = ({ simulator, cast, stage, budget }: XParts) => {
  const posts = new Map<string, ShownPost>();
  const dms = new Map<string, Map<string, ShownDm>>();
  const turned = { down: false, forbidden: false, budget: false };
  let budgetUsd = budget.usd;
  const personOf = ({ handle, name }: Member): Person => simulator.person({ username: handle, name });
  const memberOf = (id: string): Member | undefined =>
    cast.byHandle(simulator.people().find((one) => one.id === id)?.username ?? '');
  const dmNews = (phone: string, line: ShownDm): News => ({ place: 'x', kind: 'dm', phone, line });
  const state = (): News => ({
    place: 'x',
    kind: 'state',
    account: { name: simulator.account.name, handle: simulator.account.username },
    turned,
    closed: cast.all().flatMap((one) => (personOf(one).user.closedDms ? [one.phone] : [])),
    budget: budgetUsd,
    spent: simulator.spent(),
  });
  return {
    turned,
    personOf,
    memberOf,
    tellState: () => stage.tell(state()),
    putPost(post: Post, cost?: number | null): void {
      const shown = showPost(simulator, cast, post, cost ?? posts.get(post.id)?.cost ?? null);
      posts.set(post.id, shown);
      stage.tell({ place: 'x', kind: 'post', post: shown });
    },
    putDm(phone: string, line: ShownDm): void {
      const chat = dms.get(phone) ?? new Map<string, ShownDm>();
      dms.set(phone, chat.set(line.id, line));
      stage.tell(dmNews(phone, line));
    },
    dm: (phone: string, id: string) => dms.get(phone)?.get(id),
    setBudget(usd: number): void {
      budgetUsd = usd;
      stage.tell(state());
    },
    news: () => [
      state(),
      ...[...posts.values()].map((post): News => ({ place: 'x', kind: 'post', post })),
      ...[...dms].flatMap(([phone, chat]) => [...chat.values()].map((line) => dmNews(phone, line))),
    ],
  };
};

type Timeline = ReturnType<typeof createTimeline>;

/** Who was written to reads it a little later. */
const readSoon = (clock: Clock, timeline: Timeline, dm: Dm, member: Member): void =>
  void clock.after(readsAfterMs, () => {
    timeline.personOf(member).readDm(dm);
    const line = timeline.dm(member.phone, dm.id);
    if (line) timeline.putDm(member.phone, { ...line, progress: 'read' });
  });

const heardDm = ({ simulator, clock }: XParts, timeline: Timeline, dm: Dm): void => {
  const isOurs = dm.senderId === simulator.account.id;
  const member = timeline.memberOf(isOurs ? dm.recipientId : dm.senderId);
  if (!member) return;
  timeline.putDm(member.phone, showDm(simulator, dm));
  if (isOurs) readSoon(clock, timeline, dm, member);
};

const follow = (parts: XParts, timeline: Timeline) => {
  const { simulator } = parts;
  const nextPrice = followPrices(simulator.spent);
  return (event: SimulatorEvent): void => {
    if (event.kind === 'posted') timeline.putPost(event.post, nextPrice());
    if (event.kind !== 'happened') return;
    const { kind, post, dm, by, at } = event.happening;
    if (kind === 'dm' && dm) heardDm(parts, timeline, dm);
    if ((kind === 'post' || kind === 'delete') && post) {
      timeline.putPost(post);
      const before = simulator.world.post(post.edits.at(-2) ?? '');
      if (before) timeline.putPost(before);
    }
    const member = kind === 'encrypted' ? timeline.memberOf(by.id) : undefined;
    const nothing = { text: '', progress: 'sent', isWasl: false } as const;
    if (member)
      timeline.putDm(member.phone, { id: `encrypted-${at}`, by: 'person', at, kind: 'encrypted', ...nothing });
  };
};

/** The refusals that are switched on: `heal` takes them all away. */
const applyFaults = ({ simulator }: XParts, { turned }: Timeline): void => {
  simulator.heal();
  if (turned.down) simulator.setDown(true);
  if (turned.forbidden) simulator.failNext(problems.notSummoned, Number.MAX_SAFE_INTEGER, { on: 'write' });
};

/** So much of the budget is used up that Wasl asks half as often and warns. */
const nearlyUsed = 0.85;
/** What reading anew after the start and an answer or two cost at least. */
const someAnswers = 0.06;

const setBudget = async ({ budget }: XParts, timeline: Timeline): Promise<void> => {
  const used = await budget.counted();
  const little = Math.max(used / nearlyUsed, used + someAnswers);
  const usd = timeline.turned.budget ? Math.ceil(little * 1000) / 1000 : budget.usd;
  timeline.setBudget(usd);
  await budget.set(usd);
};

const turn = (parts: XParts, timeline: Timeline, person: Person, { name, on }: z.infer<typeof turning>): void => {
  if (name === 'closed') {
    if (on) person.closeDms();
    else person.openDms();
  } else {
    timeline.turned[name] = on;
    if (name === 'budget') setBudget(parts, timeline).catch(() => parts.stage.trouble('x', { by: 'wasl', status: 0 }));
    else applyFaults(parts, timeline);
  }
  timeline.tellState();
};

const attempt = (response: Response, act: () => void): void => {
  try {
    act();
    response.sendStatus(202);
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    response.sendStatus(error.status);
  }
};

const routesOf = (parts: XParts, timeline: Timeline): Router => {
  const { simulator, cast } = parts;
  const router = Router();
  const withPerson =
    (use: (person: Person, request: Request, response: Response) => void) =>
    (request: Request, response: Response): void => {
      const member = cast.find(String(request.params.phone));
      if (member) use(timeline.personOf(member), request, response);
      else response.sendStatus(404);
    };
  router.get('/media/:name', (request, response) => {
    const file = simulator.media.byName(request.params.name);
    if (file) response.type(file.mime).send(file.bytes);
    else response.sendStatus(404);
  });
  router.post(
    '/:phone/say',
    express.json(),
    withPerson((person, request, response) => {
      const parsed = saying.safeParse(request.body);
      if (!parsed.success) return void response.sendStatus(400);
      attempt(response, () => perform(simulator, person, parsed.data));
    }),
  );
  router.post(
    '/:phone/file',
    express.raw({ type: () => true, limit: '5mb' }),
    withPerson((person, request, response) => {
      const parsed = saying.safeParse(request.query);
      const mime = request.headers['content-type'] ?? '';
      if (!parsed.success) return void response.sendStatus(400);
      if (!/^(image\/(jpeg|png|gif|webp)|video\/mp4)$/.test(mime)) return void response.sendStatus(415);
      attempt(response, () => perform(simulator, person, parsed.data, [{ bytes: request.body as Buffer, mime }]));
    }),
  );
  router.post(
    '/:phone/switch',
    express.json(),
    withPerson((person, request, response) => {
      const parsed = turning.safeParse(request.body);
      if (!parsed.success) return void response.sendStatus(400);
      turn(parts, timeline, person, parsed.data);
      response.sendStatus(204);
    }),
  );
  return router;
};

/** X as everybody sees it, and the direct messages of each. */
export function createXPlace(parts: XParts): Place {
  const { simulator, stage, clock } = parts;
  const timeline = createTimeline(parts);
  const leaves = [
    simulator.watch(follow(parts, timeline)),
    followList(clock, simulator.requests, ({ status, problem }) => {
      timeline.tellState();
      if (status >= 400) stage.trouble('x', { by: 'provider', status, detail: problem?.detail });
    }),
    followList(clock, simulator.webhooks.answers, ({ status }) => {
      if (status !== 200) stage.trouble('x', { by: 'wasl', status });
    }),
  ];
  const close = (): void => {
    for (const leave of leaves) leave();
  };
  return { name: 'x', router: routesOf(parts, timeline), news: timeline.news, refresh: timeline.tellState, close };
}
