/** Letters in a conversation, in English. */
export const enLetters = {
  letter: {
    subject: 'Subject',
    noSubject: '(no subject)',
    from: 'From',
    to: 'To',
    cc: 'Copy to',
    others_one: 'and {{count}} more address',
    others_other: 'and {{count}} more addresses',
    whole: 'Show the whole mail',
    onlyNew: 'Show only what is new',
    look: 'As it looked',
    lookTitle: 'The mail as it looked',
    lookHint: 'Links and outside pictures are off here, to be safe.',
    close: 'Close',
    source: 'Download the source',
    noWords: 'A mail without words',
    automated: {
      'auto-reply': 'Automatic reply',
      bulk: 'Mass mail',
      bounce: 'Delivery failure notice',
    },
    problems: {
      partly: 'Part of this mail could not be read. Its source can be looked at.',
      unreadable: 'This mail could not be read. Its source can be looked at.',
      'too-large': 'This mail is larger than allowed, so not all of it was taken.',
    },
    settled: 'Was answered in another program before it came here',
    replyTo: 'Answer to',
    inboxGone: 'The inbox of this conversation was removed, so it cannot be answered. It stays to be read.',
    inboxOff: 'The inbox of this conversation is switched off, so it cannot be answered now.',
  },
} as const;
