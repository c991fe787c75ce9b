import type { Script } from '../language/detect.ts';
import type { Language } from '../language/language.ts';
import type { Importance, TicketType } from '../ticket/types.ts';
import type { PostSign } from './files.ts';
import type { Command } from './find-command.ts';
import type { ServiceFound } from './find-service.ts';

/** What one text says, without knowing who wrote it or what was said before. */
export interface Understanding {
  language: Language | null;
  languageSure: boolean;
  script: Script;
  arabizi: boolean;
  folded: string;
  /** Letters or digits are present. */
  meaningful: boolean;
  greeting: 'salam' | 'hello' | null;
  thanks: boolean;
  farewell: boolean;
  /** Nothing but greeting, thanks, farewell, ok or a friendly sign: there is no matter to answer. */
  pleasantryOnly: boolean;
  /** The whole message is a yes or a no. */
  yesNo: 'yes' | 'no' | null;
  /** A no that says that what was told did not help. */
  unhelped: boolean;
  /** The whole message says that the person does not know what to answer. */
  unsure: boolean;
  /** The whole message only says that a question or a wish follows: "I have a question". */
  announces: boolean;
  /** The whole message is a command. A bare "موظف" is one and an administrative category too: who asked last decides. */
  command: Command | null;
  ticketNumbers: string[];
  /** Speaks of a request that was sent already: "my request", "the ticket". */
  ofRequest: boolean;
  name: string | null;
  entity: string | null;
  /** Category id of the organisation. */
  category: string | null;
  /** E.164. */
  phone: string | null;
  email: string | null;
  type: { id: TicketType; confidence: number };
  service: ServiceFound | null;
  importance: Importance;
  /** Insulting words stand in it; the matter inside still counts (EX-07). */
  abusive: boolean;
  /** Speaks of a death: no cheerful words (EX-04). */
  sober: boolean;
  /** Speaks of harassment, corruption or violence: not for everybody's eyes (EX-01). */
  sensitive: boolean;
  /** How often it sounds like what nobody answers in public, by the lists of `public.yaml`. */
  posts: Readonly<Record<PostSign, number>>;
  /** The text without greeting, thanks and self-introduction: what would be the inquiry; '' if nothing is left. */
  restOfText: string;
  /** Facts for the "why", as `subject:fact`. */
  reasons: string[];
}
