import { enInboxFields } from './en-inbox-fields.ts';

/** The inboxes, in English: how they are, and setting them up. */
export const enInboxes = {
  inboxes: {
    title: 'Inboxes',
    lead: 'The accounts that messages come from, and how each is connected.',
    lastEvent: 'Last message: {{time}}',
    noEvent: 'No messages yet',
    failed: 'The inboxes could not be loaded',
    empty: 'No inboxes are on',
    emptyHint: 'Inboxes are added on this page or by the settings of the server. The web chat needs none.',
    privateReplies: 'Private replies',
    publicReplies: 'Public replies',
    canStart: 'We may write first',
    onlyReply: 'The person begins',
    window_one: 'Replies are allowed within {{count}} hour of the last message',
    window_other: 'Replies are allowed within {{count}} hours of the last message',
    files: 'Takes files up to {{size}}',
    noFiles: 'Takes no files',
    fromEnvironment: 'Set up on the server',
    fromEnvironmentHint: 'This inbox is set up in the environment of the server and is changed there.',
    department: 'Its tickets go to: {{name}}',
    add: 'Add an inbox',
    edit: 'Edit',
    editNamed: 'Edit the inbox {{name}}',
    states: {
      starting: 'Starting',
      connected: 'Connected',
      reconnecting: 'Reconnecting',
      'needs-change': 'Needs a change',
      'needs-login': 'Needs a login',
      'bad-credentials': 'Wrong credentials',
      stopped: 'Stopped',
      off: 'Switched off',
    },
    plain: {
      starting: 'The server is being connected to.',
      connected: 'The inbox is connected.',
      reconnecting:
        'The connection was lost and is tried again by itself. What reaches the server meanwhile is read when it is back.',
      'needs-change':
        'Trying again does not help: the settings or the server have to be changed. What reaches the server meanwhile is read after that.',
      sending: 'Mail is read as usual; replies wait until sending works again.',
      'needs-login': 'Somebody has to sign in to this account again.',
      'bad-credentials': 'The server refused the credentials. Correct them and the inbox works again.',
      stopped: 'This inbox neither receives nor sends.',
      off: 'This inbox was switched off on this page. It neither receives nor sends.',
    },
  },
  inboxForm: {
    addTitle: 'Add an inbox',
    editTitle: 'Edit the inbox',
    close: 'Close',
    channel: 'Kind of inbox',
    name: 'Name among staff',
    nameHint: 'Tells this inbox from others, such as: Care mailbox.',
    department: 'Department',
    departmentHint: 'Tickets opened from messages of this inbox go to it.',
    usualDepartment: 'By the service that is asked for',
    enabled: 'The inbox is on',
    required: 'This field is needed',
    choose: 'Choose…',
    more: 'More settings',
    usual: 'Usually: {{value}}',
    kept: 'Kept. Leave it empty to keep it as it is.',
    keptServer: 'Kept with its password. To change any part of it, type the password again.',
    host: 'Server',
    port: 'Port',
    security: 'Encryption',
    secure: 'From the start (TLS)',
    upgraded: 'Once connected (STARTTLS)',
    user: 'User name',
    password: 'Password',
    showPassword: 'Show or hide the password',
    save: 'Save',
    connect: 'Save and connect',
    cancel: 'Cancel',
    remove: 'Remove the inbox',
    removeSure:
      'Once it is removed nothing comes from this inbox, and its conversations cannot be answered. They stay to be read.',
    removeNow: 'Yes, remove it',
    faults: 'Correct the marked fields and save again.',
    changed: 'Somebody else changed it meanwhile. Close this window and open it again.',
  },
  inboxFields: {
    ...enInboxFields,
    email: {
      IMAP_URL: { label: 'Reading server (IMAP)', help: 'The mailbox that mails are read from.' },
      SMTP_URL: { label: 'Sending server (SMTP)', help: 'The server that sends the answers.' },
      ADDRESS: { label: 'Mail address', help: 'The address that people write to.' },
      NAME: { label: 'Sender name', help: 'The name that people see beside the address.' },
      COPY_TO: {
        label: 'Copy to',
        help: 'Whoever gets a copy of every answer, such as the general supervisor; separated by commas.',
      },
      ALIASES: {
        label: 'Further addresses of the mailbox',
        help: 'Other addresses that end in this mailbox, separated by commas; mail from them is never answered.',
      },
      FOLDERS: { label: 'Folders to read', help: 'The folders that mails are read from, separated by commas.' },
      HANDLED_FOLDER: {
        label: 'Folder for stored mails',
        help: 'Where a mail is moved once it is stored. Left empty, it stays and is marked as read.',
      },
      SENT_FOLDER: {
        label: 'Folder for sent answers',
        help: 'A name, auto for the Sent folder of the server, or none where the server files them itself.',
      },
      REPLY_TOKEN: {
        label: 'Token in the reply address',
        help: 'Choose off where the server does not know plus addresses and would refuse them.',
      },
      MAX_MEGABYTES: {
        label: 'Largest mail (MB)',
        help: 'Of a larger mail only the words are taken, and the sender is told.',
      },
      SOURCE_DAYS: { label: 'Days to keep the source', help: 'How many days a mail is kept as it came.' },
      FIRST_DAYS: {
        label: 'Days of the first reading',
        help: 'When the mailbox is read for the first time, mails that came longer ago are left alone.',
      },
      OAUTH_TOKEN_URL: {
        label: 'Address of access tokens (OAuth)',
        help: 'For servers that take no password: where access tokens are fetched.',
      },
      OAUTH_CLIENT_ID: { label: 'Client id (OAuth)', help: 'The client that asks for access tokens.' },
      OAUTH_CLIENT_SECRET: { label: 'Client secret (OAuth)', help: 'The secret of that client.' },
      OAUTH_REFRESH_TOKEN: {
        label: 'Refresh token (OAuth)',
        help: 'The refresh token of the mailbox. Without it the client asks with its own credentials.',
      },
      OAUTH_SCOPE: { label: 'Scope (OAuth)', help: 'The scope that is asked for, where the server demands one.' },
    },
    'whatsapp-cloud': {
      PHONE_NUMBER_ID: {
        label: 'Phone number ID',
        help: 'The id of the number as the page API Setup shows it, not the number itself.',
      },
      WABA_ID: {
        label: 'Business account ID',
        help: 'The id of the WhatsApp business account (WABA). Without it approved templates cannot be used.',
      },
      ACCESS_TOKEN: {
        label: 'Access token',
        help: 'The lasting token of a system user with the permission whatsapp_business_messaging.',
      },
      APP_SECRET: {
        label: 'App secret',
        help: 'The secret of the app at Meta, by which its posts are known to be genuine.',
      },
      VERIFY_TOKEN: {
        label: 'Verify token',
        help: 'A word of your own that is typed here and in the webhook settings at Meta. Without blanks.',
      },
      BASE_URL: {
        label: 'Interface address',
        help: 'The address of the Graph API with its version. Changed for tests only.',
      },
      MEDIA_HOSTS: {
        label: 'File hosts',
        help: 'The hosts from which files are fetched with the access token, separated by commas.',
      },
      PER_SECOND: {
        label: 'Messages in a second',
        help: 'How many the number may send at most: 80, or more where Meta has raised it.',
      },
    },
    'whatsapp-web': {
      ENABLED: {
        label: 'Switched on by the server settings',
        help: 'Counts in the settings file of the server only. Here the switch of the inbox is enough.',
      },
      PHONE: {
        label: 'Number of the account',
        help: 'With its country code (+9665…): it is then linked by a code that is typed on the phone. Empty: by a QR code.',
      },
      PER_MINUTE: {
        label: 'Messages in a minute',
        help: 'At most so many, with pauses as a person makes. Faster accounts are blocked sooner.',
      },
      NEW_PEOPLE_PER_DAY: {
        label: 'New people in a day',
        help: 'So many people who did not write in the last day may be written to in a day.',
      },
      RESTART_HOUR: {
        label: 'Hour of the daily restart',
        help: 'The quiet hour (0 to 23, Riyadh time) in which the browser is started afresh.',
      },
    },
  },
} as const;
