import type { Language } from '../../language/language.ts';
import type { Organisation, Service } from '../../organisation/organisation.ts';

/** One row of the week's opening times. No times: closed. */
export interface DayView {
  label: string;
  times: readonly string[];
  isToday?: boolean;
}

/** A public holiday, of one or several days, in words. */
export interface HolidayView {
  date: string;
  hijri: string;
  name: string;
  /** Computed, and not yet announced. */
  isExpected?: boolean;
}

export interface HoursView {
  open: boolean;
  /** "Open now, until 2:30 pm" or "Closed now". */
  statusText: string;
  days: readonly DayView[];
  /** When it opens next, in words; only while closed. */
  next?: string;
  holidays: readonly HolidayView[];
}

/** The built files that the page uses, by the address they are served at. */
export interface ContactAssets {
  style: string;
  icon: string;
  /** The fonts that are worth loading ahead. */
  fonts: readonly string[];
}

/** Everything that the contact page shows. */
export interface ContactView {
  language: Language;
  organisation: Organisation;
  hours: HoursView;
  services: readonly Pick<Service, 'name' | 'description' | 'audience'>[];
  /** The texts of `templates/contact-page.<language>.yaml`. */
  texts: Readonly<Record<string, string>>;
  assets: ContactAssets;
  /** The address of the widget's script. */
  widgetSrc: string;
  /** This page in the other language. */
  alternateUrl: string;
  nonce?: string;
}
