import { type Answer, type Endpoint, endpoint, type SignedBy } from './endpoint.ts';
import { livesSeconds, mediaTypeOf, mostBytes, type StoredMedia } from './media-store.ts';
import { invalid, notFound, Refusal } from './problems.ts';
import { deletePost, type Publishing, publishPost, sendDm } from './publish.ts';
import * as schema from './schema.ts';
import type { Dm, Post } from './world.ts';

/** What is told of what the account did. */
export interface Told {
  posted(post: Post): void;
  deleted(post: Post): void;
  sent(dm: Dm): void;
}

const userOnly: readonly SignedBy[] = ['user'];

const postEndpoints = (publishing: Publishing, told: Told): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/2/tweets',
    name: 'createPost',
    signers: userOnly,
    place: 'write',
    body: schema.postBody,
    answer({ body }) {
      const post = publishPost(publishing, body);
      told.posted(post);
      // `edit_history_post_ids` in the document; the client and the data dictionary know the older name
      return { status: 201, body: { data: { id: post.id, text: post.text, edit_history_tweet_ids: post.edits } } };
    },
  }),
  endpoint({
    method: 'delete',
    path: '/2/tweets/:id',
    name: 'deletePost',
    signers: userOnly,
    place: 'write',
    params: schema.byId,
    answer({ path }) {
      told.deleted(deletePost(publishing, path.id));
      return { body: { data: { deleted: true } } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/2/dm_conversations/with/:participant_id/messages',
    name: 'sendDm',
    signers: userOnly,
    place: 'send',
    params: schema.byParticipant,
    body: schema.dmBody,
    answer({ path, body }) {
      const dm = sendDm(publishing, path.participant_id, body);
      told.sent(dm);
      return { status: 201, body: { data: { dm_conversation_id: dm.conversationId, dm_event_id: dm.id } } };
    },
  }),
];

const uploadOf = ({ world }: Publishing, id: string): StoredMedia => {
  const file = world.media.byId(id);
  if (!file || world.clock.now() >= file.expiresAt)
    throw new Refusal(notFound(`Could not find media with id: [${id}].`));
  return file;
};

const described = (file: StoredMedia): Record<string, unknown> => ({
  id: file.id,
  media_key: file.mediaKey,
  expires_after_secs: livesSeconds,
  ...(file.state === 'uploading' ? {} : { size: file.bytes.length }),
  ...(file.state === 'processing' ? { processing_info: { state: 'pending', check_after_secs: 1 } } : {}),
});

/** Puts the segments together; a film is then worked on, until it is asked for. */
const finalize = (file: StoredMedia): Answer => {
  const segments = [...file.segments].sort(([a], [b]) => a - b);
  if (segments.some(([index], at) => index !== at))
    throw new Refusal(invalid('Segments do not add up to provided total file size.'));
  const bytes = Buffer.concat(segments.map(([, part]) => part));
  if (bytes.length === 0 || bytes.length !== file.announced)
    throw new Refusal(invalid('Segments do not add up to provided total file size.'));
  Object.assign(file, { bytes, state: mediaTypeOf(file.mime) === 'video' ? 'processing' : 'ready' });
  file.segments.clear();
  return { body: { data: described(file) } };
};

const mediaEndpoints = (publishing: Publishing): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/2/media/upload/initialize',
    name: 'mediaInitialize',
    signers: userOnly,
    place: 'media',
    body: schema.initializeBody,
    answer({ body }) {
      const { media_type: mime, total_bytes: announced, media_category: category = 'tweet_image' } = body;
      if (mime === undefined || announced === undefined)
        throw new Refusal(invalid('media_type and total_bytes are required.'));
      if (announced > mostBytes(mime))
        throw new Refusal(invalid(`File size exceeds ${mostBytes(mime)} bytes.`, { total_bytes: [String(announced)] }));
      return { body: { data: described(publishing.world.media.begin(mime, category, announced)) } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/2/media/upload/:id/append',
    name: 'mediaAppend',
    signers: userOnly,
    place: 'media',
    params: schema.byId,
    body: schema.appendBody,
    answer({ path, body, file }) {
      const upload = uploadOf(publishing, path.id);
      const part = file ?? (body.media === undefined ? null : Buffer.from(body.media, 'base64'));
      if (!part) throw new Refusal(invalid('The media field is missing.', { media: [''] }));
      upload.segments.set(body.segment_index, part);
      return { body: { data: { expires_at: Math.floor(upload.expiresAt / 1000) } } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/2/media/upload/:id/finalize',
    name: 'mediaFinalize',
    signers: userOnly,
    place: 'media',
    params: schema.byId,
    answer: ({ path }) => finalize(uploadOf(publishing, path.id)),
  }),
  endpoint({
    method: 'get',
    path: '/2/media/upload',
    name: 'mediaStatus',
    signers: userOnly,
    place: 'media',
    query: schema.mediaStatusQuery,
    answer({ query }) {
      const file = uploadOf(publishing, query.media_id);
      if (file.state === 'processing') file.state = 'ready';
      const done = file.state === 'ready' ? { processing_info: { state: 'succeeded', progress_percent: 100 } } : {};
      return { body: { data: { ...described(file), ...done } } };
    },
  }),
];

const fileOf = ({ world }: Publishing, dmId: string, mediaId: string): Answer => {
  const file = world.media.byId(mediaId);
  const isThere = file && world.dm(dmId)?.mediaKeys.includes(file.mediaKey);
  if (!isThere) throw new Refusal(notFound('There is no such file.'));
  return { file: { mime: file.mime, bytes: file.bytes } };
};

/** Files of messages: the account's alone. The first path is of the older API, as its addresses lead there. */
const fileEndpoints = (publishing: Publishing): Endpoint[] =>
  ['/1.1/ton/data/dm/:dm_id/:media_id/:resource_id', '/2/dm_conversations/media/:dm_id/:media_id/:resource_id'].map(
    (path) =>
      endpoint({
        method: 'get',
        path,
        name: 'dmMedia',
        signers: userOnly,
        place: 'media',
        params: schema.byDmMedia,
        answer: ({ path: { dm_id, media_id } }) => fileOf(publishing, dm_id, media_id),
      }),
  );

/** Everything that the account writes, and the files of its messages. */
export const writeEndpoints = (publishing: Publishing, told: Told): Endpoint[] => [
  ...postEndpoints(publishing, told),
  ...mediaEndpoints(publishing),
  ...fileEndpoints(publishing),
];
