import type { Response, Router } from 'express';
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
import { createLines } from './lines.ts';
import { createPersonRoutes } from './person-routes.ts';
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
  const dms = createLines<ShownDm>('x', 'dm', stage);
  const turned = { down: false, forbidden: false, budget: false };
  let budgetUsd = budget.usd;
  const personOf = ({ handle, name }: Member): Person => simulator.person({ username: handle, name });
  const memberOf = (id: string): Member | undefined =>
    cast.byHandle(simulator.people().find((one) => one.id === id)?.username ?? '');
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
    putDm: dms.put,
    changeDm: dms.change,
    setBudget(usd: number): void {
      budgetUsd = usd;
      stage.tell(state());
    },
    news: () => [
      state(),
      ...[...posts.values()].map((post): News => ({ place: 'x', kind: 'post', post })),
      ...dms.news(),
    ],
  };
};

type Timeline = ReturnType<typeof createTimeline>;

/** Who was written to reads it a little later. */
const readSoon = (clock: Clock, timeline: Timeline, dm: Dm, member: Member): void =>
  void clock.after(readsAfterMs, () => {
    timeline.personOf(member).readDm(dm);
    timeline.changeDm(member.phone, dm.id, { progress: 'read' });
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
  const { router, ...routes } = createPersonRoutes(cast);
  router.get('/media/:name', (request, response) => {
    const file = simulator.media.byName(request.params.name);
    if (file) response.type(file.mime).send(file.bytes);
    else response.sendStatus(404);
  });
  routes.say(saying, (member, asked, response) =>
    attempt(response, () => perform(simulator, timeline.personOf(member), asked)),
  );
  routes.file('5mb', saying, (file) => (member, asked, response) => {
    if (!/^(image\/(jpeg|png|gif|webp)|video\/mp4)$/.test(file.mime)) return void response.sendStatus(415);
    attempt(response, () => perform(simulator, timeline.personOf(member), asked, [file]));
  });
  routes.turn(turning, (member, to) => turn(parts, timeline, timeline.personOf(member), to));
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
