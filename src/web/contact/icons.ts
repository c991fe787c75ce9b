import { type Html, html } from './html.ts';

const paths = {
  chat: 'M20 11.6a7.6 7.6 0 0 1-11 6.8L4 20l1.6-4.6A7.6 7.6 0 1 1 20 11.6ZM8.8 10.4h6.4M8.8 13.4h4',
  phone:
    'M8.4 4H5.6A1.6 1.6 0 0 0 4 5.7C4.4 13.3 10.7 19.6 18.3 20a1.6 1.6 0 0 0 1.7-1.6v-2.8l-4.2-1.6-1.9 1.9a11 11 0 0 1-5.8-5.8L10 8.2 8.4 4Z',
  mail: 'M5.5 6h13A1.5 1.5 0 0 1 20 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 16.5v-9A1.5 1.5 0 0 1 5.5 6Zm-1 1.5 7.5 5.5 7.5-5.5',
  screen:
    'M5.5 5h13A1.5 1.5 0 0 1 20 6.5v8.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 15V6.5A1.5 1.5 0 0 1 5.5 5ZM9 20h6M12 16.5V20',
  place:
    'M12 21c4.5-4.6 6.8-8.1 6.8-11A6.8 6.8 0 0 0 5.2 10c0 2.9 2.3 6.4 6.8 11Zm0-8.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2Z',
  posts: 'M4.5 5.5h15v10h-8L7 19.5v-4H4.5v-10ZM8 9h8M8 12h5',
  building: 'M4 20h16M6 20V9.5L12 5l6 4.5V20M10 20v-5h4v5',
  shield: 'M12 3.5 5 6v5.5c0 4.2 2.9 7.6 7 9 4.1-1.4 7-4.8 7-9V6l-7-2.5ZM9 11.8l2.2 2.2 4-4.2',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 1.8',
} as const;

export type IconName = keyof typeof paths;

const byChannel: Readonly<Record<string, IconName>> = {
  'web-chat': 'chat',
  whatsapp: 'chat',
  phone: 'phone',
  sms: 'phone',
  email: 'mail',
  portal: 'screen',
  ministry: 'building',
  visit: 'place',
};

/** The sign of a channel of the organisation's list; what is not known gets a general one. */
export const channelIcon = (id: string): Html => icon(byChannel[id] ?? 'posts');

/** A drawn sign beside a text. */
export const icon = (name: IconName): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${paths[name]}"/></svg>`;
