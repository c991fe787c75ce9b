import { type Answer, type Endpoint, endpoint, type SignedBy } from './endpoint.ts';
import { dmsAnswer, postAnswer, postsAnswer } from './expand.ts';
import { absent } from './problems.ts';
import { inDocumentWords, type Places, renderUser } from './render.ts';
import * as schema from './schema.ts';
import { matcherOf } from './search.ts';
import type { Spending } from './spending.ts';
import { demandNewer, dmsPage, postsPage } from './timelines.ts';
import type { Post, User, World } from './world.ts';

/** What endpoints work on. */
export interface Scene {
  world: World;
  places: Places;
  spending: Spending;
}

const anyone: readonly SignedBy[] = ['user', 'app'];
const userOnly: readonly SignedBy[] = ['user'];
const day = 24 * 60 * 60 * 1000;
/** Page "Timelines" of X: the last 800 mentions, the last 3,200 posts. */
const mostMentions = 800;
const mostPosts = 3200;

const userAnswer = ({ world }: Scene, user: User, asked: schema.UserAsked): Answer => {
  const body = { data: renderUser(world, user, asked['user.fields'] ?? []) };
  return { body: asked['post.fields'] ? inDocumentWords(body) : body };
};

const bill = (scene: Scene, posts: readonly Post[], isOwned: boolean): void =>
  scene.spending.read(
    isOwned ? 'owned read' : 'post read',
    posts.map(({ id }) => id),
    scene.world.clock.now(),
  );

const userEndpoints = (scene: Scene): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/2/users/me',
    name: 'me',
    signers: userOnly,
    place: 'me',
    query: schema.userQuery,
    answer: ({ query }) => userAnswer(scene, scene.world.account, query),
  }),
  endpoint({
    method: 'get',
    path: '/2/users/by/username/:username',
    name: 'username',
    signers: anyone,
    place: 'users',
    params: schema.byUsername,
    query: schema.userQuery,
    answer({ path, query }) {
      const user = scene.world.byUsername(path.username);
      if (!user) return { body: { errors: [absent('user', path.username, 'username')] } };
      scene.spending.read('user read', [user.id], scene.world.clock.now());
      return userAnswer(scene, user, query);
    },
  }),
  endpoint({
    method: 'get',
    path: '/2/users/:id',
    name: 'user',
    signers: anyone,
    place: 'users',
    params: schema.byId,
    query: schema.userQuery,
    answer({ path, query }) {
      const user = scene.world.user(path.id);
      if (!user) return { body: { errors: [absent('user', path.id, 'id')] } };
      scene.spending.read('user read', [user.id], scene.world.clock.now());
      return userAnswer(scene, user, query);
    },
  }),
];

const timelineEndpoints = (scene: Scene): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/2/users/:id/mentions',
    name: 'mentions',
    signers: anyone,
    place: 'mentions',
    params: schema.byId,
    query: schema.mentionsQuery,
    answer({ path, query }) {
      const { world, places } = scene;
      const now = world.clock.now();
      const isOwn = path.id === world.account.id;
      const listed = isOwn ? world.mentions() : [];
      const shown = listed.filter((post) => world.isShown(post) && post.visibleFrom <= now).slice(-mostMentions);
      const token = { value: query.pagination_token, name: 'pagination_token' };
      const { items, meta } = postsPage(shown, query, query.max_results, token);
      bill(scene, items, isOwn);
      return { body: postsAnswer(world, places, items, query, meta) };
    },
  }),
  endpoint({
    method: 'get',
    path: '/2/users/:id/tweets',
    name: 'userPosts',
    signers: anyone,
    place: 'posts',
    params: schema.byId,
    query: schema.userPostsQuery,
    answer({ path, query }) {
      const { world, places } = scene;
      const without = new Set<string>(query.exclude?.map((name) => (name === 'replies' ? 'replied_to' : 'retweeted')));
      const shown = world
        .posts()
        .filter((post) => post.authorId === path.id && world.isShown(post))
        .filter(({ references }) => !references.some(({ type }) => without.has(type)))
        .slice(-mostPosts);
      const token = { value: query.pagination_token, name: 'pagination_token' };
      const { items, meta } = postsPage(shown, query, query.max_results, token);
      bill(scene, items, path.id === world.account.id);
      return { body: postsAnswer(world, places, items, query, meta) };
    },
  }),
  endpoint({
    method: 'get',
    path: '/2/tweets/search/recent',
    name: 'search',
    signers: anyone,
    place: 'search',
    query: schema.searchQuery,
    answer({ query }) {
      const { world, places } = scene;
      const oldest = world.clock.now() - 7 * day;
      demandNewer(query.since_id, oldest);
      const isFound = matcherOf(query.query);
      const found = world.posts().filter((post) => post.at >= oldest && world.isShown(post) && isFound(post, world));
      const token = { value: query.next_token ?? query.pagination_token, name: 'next_token' };
      const { items, meta } = postsPage(found, query, query.max_results, token);
      bill(scene, items, false);
      return { body: postsAnswer(world, places, items, query, meta) };
    },
  }),
];

/** The posts that are there, and an error for each of the others. */
const lookUp = (scene: Scene, ids: readonly string[], asked: schema.PostsAsked): Answer => {
  const { world, places } = scene;
  const found = ids.map((id) => world.post(id)).filter((post) => post !== undefined && !post.deleted) as Post[];
  const there = new Set(found.map(({ id }) => id));
  const answer = postsAnswer(world, places, found, asked);
  const errors = ids.filter((id) => !there.has(id)).map((id) => absent('tweet', id, 'ids'));
  bill(scene, found, false);
  return {
    body: errors.length > 0 ? { ...answer, errors: [...((answer.errors as unknown[]) ?? []), ...errors] } : answer,
  };
};

const postEndpoints = (scene: Scene): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/2/tweets',
    name: 'posts',
    signers: anyone,
    place: 'posts',
    query: schema.postsQuery,
    answer: ({ query }) => lookUp(scene, query.ids, query),
  }),
  endpoint({
    method: 'get',
    path: '/2/tweets/:id',
    name: 'post',
    signers: anyone,
    place: 'posts',
    params: schema.byId,
    query: schema.postQuery,
    answer({ path, query }) {
      const post = scene.world.post(path.id);
      if (!post || post.deleted) return { body: { errors: [absent('tweet', path.id, 'id')] } };
      bill(scene, [post], false);
      return { body: postAnswer(scene.world, scene.places, post, query) };
    },
  }),
];

/** Page "Direct messages lookup" of X: the last 30 days. */
const dmsAreKeptMs = 30 * day;

const listDms = (scene: Scene, asked: schema.DmsAsked, withWhom: string | null): Answer => {
  const { world, places } = scene;
  const oldest = world.clock.now() - dmsAreKeptMs;
  const isWanted = (asked.event_types ?? ['MessageCreate']).includes('MessageCreate');
  const dms = world
    .dms()
    .filter(
      ({ at, senderId, recipientId }) =>
        at >= oldest && (withWhom === null || [senderId, recipientId].includes(withWhom)),
    );
  const { items, meta } = dmsPage(isWanted ? dms : [], asked.max_results, asked.pagination_token);
  scene.spending.read(
    'dm read',
    items.map(({ id }) => id),
    world.clock.now(),
  );
  return { body: dmsAnswer(world, places, items, asked, meta) };
};

const dmEndpoints = (scene: Scene): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/2/dm_events',
    name: 'dmEvents',
    signers: userOnly,
    place: 'dms',
    query: schema.dmsQuery,
    answer: ({ query }) => listDms(scene, query, null),
  }),
  endpoint({
    method: 'get',
    path: '/2/dm_conversations/with/:participant_id/dm_events',
    name: 'dmEventsWith',
    signers: userOnly,
    place: 'dms',
    params: schema.byParticipant,
    query: schema.dmsQuery,
    answer: ({ path, query }) => listDms(scene, query, path.participant_id),
  }),
];

const usageEndpoint = ({ spending, world }: Scene): Endpoint =>
  endpoint({
    method: 'get',
    path: '/2/usage/tweets',
    name: 'usage',
    signers: ['app'],
    place: 'admin',
    query: schema.usageQuery,
    answer({ query }) {
      const from = new Date(world.clock.now() - query.days * day).toISOString().slice(0, 10);
      const days = [...spending.postsByDay()].filter(([date]) => date >= from);
      const used = [...spending.postsByDay().values()].reduce((sum, one) => sum + one, 0);
      const usage = days.map(([date, posts]) => ({ date: `${date}T00:00:00.000Z`, usage: String(posts) }));
      const daily = query['usage.fields']?.includes('daily_project_usage')
        ? { daily_project_usage: { project_id: '1', usage } }
        : {};
      // the cap of a self-serve project, page "Usage and billing" of X
      return {
        body: {
          data: { cap_reset_day: 1, project_cap: '2000000', project_id: '1', project_usage: String(used), ...daily },
        },
      };
    },
  });

/** Everything that is only read. */
export const readEndpoints = (scene: Scene): Endpoint[] => [
  ...userEndpoints(scene),
  ...timelineEndpoints(scene),
  ...postEndpoints(scene),
  ...dmEndpoints(scene),
  usageEndpoint(scene),
];
