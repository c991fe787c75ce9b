/** The settings of X and of text messages, in English. */
export const enInboxFields = {
  x: {
    APP_KEY: { label: 'API key', help: 'The API key of your app, under Keys and tokens at console.x.com.' },
    APP_SECRET: {
      label: 'API key secret',
      help: 'Its secret, by which what comes from X is also known to be genuine.',
    },
    ACCESS_TOKEN: {
      label: 'Access token',
      help: 'The token of the account itself, made after the app may read, write and send direct messages.',
    },
    ACCESS_SECRET: { label: 'Access token secret', help: 'The secret of that token.' },
    BEARER_TOKEN: {
      label: 'Bearer token',
      help: 'For instant delivery only. Left empty, Wasl asks X for one where it is needed.',
    },
    BASE_URL: { label: 'API address', help: 'The address of the X API. Another one only for tests.' },
    POLL_SECONDS: {
      label: 'Seconds between two readings',
      help: 'Mentions are read every so many seconds, and less often near the end of the budget.',
    },
    WEBHOOK: {
      label: 'Instant delivery',
      help: 'X also sends what happens at once, beside the regular reading. With X Activity, Wasl sets it up by itself.',
      choices: {
        none: 'None: regular reading only',
        activity: 'X Activity API',
        'account-activity': 'The older Account Activity API, if you have it',
      },
    },
    PUBLIC_REPLY: {
      label: 'Public replies of the assistant',
      help: 'Whether the assistant gives one short public reply in a matter, or leaves public replies to agents.',
      choices: { once: 'The assistant replies once', never: 'Agents only' },
    },
    PUBLIC_LINKS: {
      label: 'Links in its public replies',
      help: 'X bills a post with a link far higher (0.20 instead of 0.01 dollars).',
      choices: { true: 'Allowed', false: 'No links' },
    },
    LONG_POSTS: {
      label: 'Long posts',
      help: 'For accounts with X Premium: posts of up to 25,000 characters.',
      choices: { true: 'The account has it', false: 'Usual: 280 characters' },
    },
    MONTHLY_BUDGET_USD: {
      label: 'Monthly budget (US dollars)',
      help: 'The most that may be spent at X in a month; then the inbox stops and staff are told. Empty: counted without a limit.',
    },
    PRICES: {
      label: 'Other prices',
      help: 'Prices of X that differ from the usual ones, in US dollars, such as post-read=0.004,dm-send=0.02',
    },
  },
  sms: {
    PROVIDER: {
      label: 'Provider',
      help: 'The company that sends the text messages. For trials they are written to the log of the server instead.',
      choices: { unifonic: 'Unifonic', taqnyat: 'Taqnyat', twilio: 'Twilio', log: 'Log of the server, for trials' },
    },
    BASE_URL: { label: 'API address', help: 'The address of the provider’s API. Empty, but for tests.' },
    ACCOUNT: { label: 'Account id', help: 'At Twilio: the AccountSid. The others have none.' },
    TOKEN: {
      label: 'Access token',
      help: 'At Unifonic the AppSid, at Taqnyat the bearer token, at Twilio the auth token.',
    },
    SENDER: {
      label: 'Sender name',
      help: 'The name registered with the provider, at most 11 Latin letters and digits. At Twilio it can be a number (+966…).',
    },
    PRICE: {
      label: 'Price of one segment',
      help: 'To count what is spent where the provider does not tell. A segment has 70 Arabic characters.',
    },
    CURRENCY: { label: 'Currency', help: 'The currency of that price, in three letters.' },
    WEBHOOK_TOKEN: {
      label: 'Word in the report address',
      help: 'A word of your own, 16 letters or more, added to the report address at a provider that signs nothing.',
    },
    PER_SECOND: { label: 'Messages per second', help: 'The most messages in a second: 10, with Taqnyat 1.6.' },
  },
} as const;
