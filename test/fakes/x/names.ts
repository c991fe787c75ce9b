/**
 * The names that a request may ask for. The document (X API v2, 2.167) says `post.fields`, `referenced_posts`, `note_post`;
 * twitter-api-v2 1.29.1 and the pages of X's data dictionary say `tweet.fields`, `referenced_tweets`, `note_tweet`. Both are
 * taken, and the answer speaks as it was asked.
 */

const inBothPostFields = [
  'article',
  'attachments',
  'community_id',
  'context_annotations',
  'conversation_id',
  'created_at',
  'display_text_range',
  'edit_controls',
  'entities',
  'geo',
  'id',
  'lang',
  'non_public_metrics',
  'organic_metrics',
  'possibly_sensitive',
  'promoted_metrics',
  'public_metrics',
  'reply_settings',
  'source',
  'text',
  'withheld',
  'article_title',
  'card_uri',
  'matched_media_notes',
  'media_metadata',
  'note_request_suggestions',
  'paid_partnership',
  'scopes',
  'suggested_source_links',
  'suggested_source_links_with_counts',
] as const;

/** Of the document. */
export const postFields = [...inBothPostFields, 'note_post'] as const;

/** Of the client's types and the data dictionary. */
export const tweetFields = [
  ...inBothPostFields,
  'author_id',
  'edit_history_tweet_ids',
  'in_reply_to_user_id',
  'note_tweet',
  'referenced_tweets',
] as const;

const commonExpansions = [
  'article.cover_media',
  'article.media_entities',
  'attachments.media_keys',
  'attachments.media_source_tweet',
  'attachments.poll_ids',
  'author_id',
  'entities.mentions.username',
  'geo.place_id',
  'in_reply_to_user_id',
] as const;

/** Of the document only: they decide that an answer speaks its language. */
export const documentExpansions = ['edit_history_post_ids', 'referenced_posts', 'username'] as const;

export const postExpansions = [
  ...commonExpansions,
  ...documentExpansions,
  // of the client's types and the data dictionary
  'edit_history_tweet_ids',
  'referenced_tweets.id',
  'referenced_tweets.id.author_id',
  'referenced_tweets.id.attachments.media_keys',
  'entities.note.mentions.username',
] as const;

export const userFields = [
  'confirmed_email',
  'connection_status',
  'created_at',
  'description',
  'entities',
  'id',
  'is_identity_verified',
  'location',
  'name',
  'parody',
  'profile_banner_url',
  'profile_image_url',
  'protected',
  'public_metrics',
  'receives_your_dm',
  'subscribes_to_you',
  'subscription',
  'subscription_type',
  'url',
  'username',
  'verified',
  'verified_followers_count',
  'verified_type',
  'withheld',
  // of the client's types
  'affiliation',
  'most_recent_tweet_id',
  'pinned_tweet_id',
] as const;

export const userExpansions = [
  'affiliation',
  'most_recent_post_id',
  'pinned_post_id',
  // of the client's types and the data dictionary
  'pinned_tweet_id',
  'most_recent_tweet_id',
  'affiliation.user_id',
] as const;

export const mediaFields = [
  'alt_text',
  'duration_ms',
  'height',
  'media_key',
  'non_public_metrics',
  'organic_metrics',
  'preview_image_url',
  'promoted_metrics',
  'public_metrics',
  'type',
  'url',
  'variants',
  'width',
] as const;

export const pollFields = ['duration_minutes', 'end_datetime', 'id', 'options', 'voting_status'] as const;

export const placeFields = [
  'contained_within',
  'country',
  'country_code',
  'full_name',
  'geo',
  'id',
  'name',
  'place_type',
] as const;

export const dmFields = [
  'attachments',
  'created_at',
  'dm_conversation_id',
  'entities',
  'event_type',
  'id',
  'text',
  // of the client's types and the data dictionary; in the document they come by expansion
  'participant_ids',
  'referenced_tweets',
  'sender_id',
] as const;

export const dmExpansions = [
  'attachments.media_keys',
  'participant_ids',
  'referenced_posts',
  'sender_id',
  // of the client's types
  'referenced_tweets.id',
] as const;

export const dmEventTypes = ['MessageCreate', 'ParticipantsJoin', 'ParticipantsLeave'] as const;

/** What can be subscribed to in the X Activity API. */
export const activityEvents = [
  'profile.update.bio',
  'profile.update.profile_picture',
  'profile.update.banner_picture',
  'profile.update.screenname',
  'profile.update.geo',
  'profile.update.url',
  'profile.update.verified_badge',
  'profile.update.affiliate_badge',
  'profile.update.handle',
  'news.new',
  'follow.follow',
  'follow.unfollow',
  'spaces.start',
  'spaces.end',
  'broadcast.start',
  'broadcast.end',
  'broadcast.chat',
  'chat.received',
  'chat.sent',
  'chat.conversation.join',
  'chat.conversation_join',
  'chat.conversation.member_added',
  'chat.conversation.member_removed',
  'chat.conversation.admin_added',
  'chat.conversation.admin_removed',
  'chat.update.group_name',
  'chat.update.restrictions',
  'dm.sent',
  'dm.received',
  'dm.indicate_typing',
  'dm.read',
  'post.create',
  'post.delete',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
  'like.create',
  'mute.mute',
  'mute.unmute',
  'block.block',
  'block.unblock',
] as const;

export const webhookFields = ['created_at', 'id', 'url', 'valid'] as const;

export const usageFields = [
  'cap_reset_day',
  'daily_client_app_usage',
  'daily_project_usage',
  'project_cap',
  'project_id',
  'project_usage',
] as const;

export const mediaTypes = [
  'video/mp4',
  'video/webm',
  'video/mp2t',
  'video/quicktime',
  'text/srt',
  'text/vtt',
  'image/jpeg',
  'image/gif',
  'image/bmp',
  'image/png',
  'image/webp',
  'image/pjpeg',
  'image/tiff',
  'model/gltf-binary',
  'model/vnd.usdz+zip',
] as const;

export const mediaCategories = [
  'amplify_video',
  'tweet_gif',
  'tweet_image',
  'tweet_video',
  'dm_gif',
  'dm_image',
  'dm_video',
  'subtitles',
] as const;
