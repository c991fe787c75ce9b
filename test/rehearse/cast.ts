/** Somebody who writes: by the same telephone everywhere, and with a name at X. */
export interface Member {
  /** Digits with the country code. */
  phone: string;
  name: string;
  /** At X, without the sign before it. */
  handle: string;
  /** At WhatsApp the number may be hidden behind a name. */
  username?: string;
  phoneHidden?: boolean;
}

/** Everybody in the rehearsal. */
export interface Cast {
  all(): readonly Member[];
  find(phone: string): Member | undefined;
  byHandle(handle: string): Member | undefined;
  /** Somebody with the next number. */
  add(): Member;
  /** Whoever has this number; somebody new where nobody has it. */
  meet(phone: string): Member;
  /** Calls back whenever somebody came. */
  watch(hear: () => void): void;
}

const somebody: readonly Member[] = [
  { phone: '966500000101', name: 'سارة القحطاني', handle: 'sara_alqahtani' },
  { phone: '966500000102', name: 'خالد العتيبي', handle: 'khalid_otaibi' },
  { phone: '966500000103', name: 'نورة', handle: 'noura_sa', username: 'noura.sa', phoneHidden: true },
  { phone: '966500000104', name: 'Emily Carter', handle: 'emily_carter' },
];

const strangerWith = (phone: string): Member => {
  const ending = phone.slice(-4);
  return { phone, name: `مستفيد ${ending}`, handle: `guest_${ending}` };
};

export function createCast(): Cast {
  const members = [...somebody];
  const watchers: (() => void)[] = [];
  const find = (phone: string): Member | undefined => members.find((one) => one.phone === phone);
  const welcome = (phone: string): Member => {
    const member = strangerWith(phone);
    members.push(member);
    for (const hear of watchers) hear();
    return member;
  };
  return {
    all: () => members,
    find,
    byHandle: (handle) => members.find((one) => one.handle === handle),
    add: () => welcome(String(Math.max(...members.map(({ phone }) => Number(phone))) + 1)),
    meet: (phone) => find(phone) ?? welcome(phone),
    watch: (hear) => void watchers.push(hear),
  };
}
