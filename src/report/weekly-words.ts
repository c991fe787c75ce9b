import type { Language } from '../language/language.ts';
import type { TicketStatus, TicketType } from '../ticket/types.ts';
import type { Standing } from './departments.ts';

/** The words of the weekly report's file. */
export interface WeeklyWords {
  sheet: string;
  stockSheet: string;
  title: string;
  period: string;
  madeAt: string;
  standing: string;
  count: string;
  standings: Record<Standing | 'closed' | 'total' | 'received', string>;
  tickets: string;
  none: string;
  /** So many tickets that the list does not show. */
  more(count: number): string;
  columns: {
    number: string;
    type: string;
    service: string;
    status: string;
    openedOn: string;
    dueOn: string;
    late: string;
    assignee: string;
    item: string;
    since: string;
    supplyOn: string;
  };
  late: string;
  unassigned: string;
  unknownDate: string;
  types: Record<TicketType, string>;
  statuses: Record<TicketStatus, string>;
}

const pluralAr = new Intl.PluralRules('ar');
const moreAr: Readonly<Record<Intl.LDMLPluralRule, string>> = {
  zero: 'لا تذاكر أخرى لا تظهر',
  one: 'تذكرة واحدة أخرى لا تظهر',
  two: 'تذكرتان أخريان لا تظهران',
  few: '# تذاكر أخرى لا تظهر',
  many: '# تذكرة أخرى لا تظهر',
  other: '# تذكرة أخرى لا تظهر',
};

const ar: WeeklyWords = {
  sheet: 'التقرير الأسبوعي',
  stockSheet: 'نقص المواد',
  title: 'التقرير الأسبوعي للتذاكر',
  period: 'الفترة',
  madeAt: 'أُعدّ في',
  standing: 'الحالة',
  count: 'العدد',
  standings: {
    open: 'مفتوحة / محوّلة',
    onHold: 'معلّقة',
    inProgress: 'تحت الإجراء',
    closed: 'مغلقة خلال الفترة',
    total: 'الإجمالي',
    received: 'واردة خلال الفترة',
  },
  tickets: 'التذاكر',
  none: 'لا توجد تذاكر',
  more: (count) => `${moreAr[pluralAr.select(count)].replace('#', String(count))} في هذه القائمة`,
  columns: {
    number: 'رقم التذكرة',
    type: 'النوع',
    service: 'الخدمة',
    status: 'الحالة',
    openedOn: 'تاريخ الورود',
    dueOn: 'موعد الإنجاز',
    late: 'التأخر',
    assignee: 'المكلَّف',
    item: 'المادة المطلوبة',
    since: 'تاريخ الطلب',
    supplyOn: 'موعد التوريد',
  },
  late: 'متأخرة',
  unassigned: 'غير مسندة',
  unknownDate: 'لم يُحدَّد',
  types: {
    inquiry: 'استفسار',
    complaint: 'شكوى',
    objection: 'اعتراض',
    suggestion: 'اقتراح',
    technical: 'دعم فني',
    report: 'بلاغ',
    service: 'طلب خدمة',
    media: 'تغطية إعلامية',
  },
  statuses: {
    new: 'جديدة',
    open: 'مفتوحة',
    transferred: 'محالة إلى القسم',
    in_progress: 'تحت الإجراء',
    pending_customer: 'بانتظار المستفيد',
    pending_third_party: 'بانتظار جهة أخرى',
    on_hold: 'معلّقة',
    returned: 'عادت من القسم',
    resolved: 'عولجت',
    closed: 'مغلقة',
    rejected: 'غير مقبولة',
  },
};

const en: WeeklyWords = {
  sheet: 'Weekly report',
  stockSheet: 'Lacking stock',
  title: 'Weekly report of tickets',
  period: 'Period',
  madeAt: 'Made on',
  standing: 'State',
  count: 'Number',
  standings: {
    open: 'Open / transferred',
    onHold: 'On hold',
    inProgress: 'In progress',
    closed: 'Closed in the period',
    total: 'Total',
    received: 'Received in the period',
  },
  tickets: 'Tickets',
  none: 'No tickets',
  more: (count) => `${count} more ${count === 1 ? 'ticket' : 'tickets'} that this list does not show`,
  columns: {
    number: 'Ticket',
    type: 'Type',
    service: 'Service',
    status: 'State',
    openedOn: 'Received on',
    dueOn: 'Due on',
    late: 'Delay',
    assignee: 'Assigned to',
    item: 'Item',
    since: 'Since',
    supplyOn: 'Supply date',
  },
  late: 'Late',
  unassigned: 'Nobody',
  unknownDate: 'Not known',
  types: {
    inquiry: 'Inquiry',
    complaint: 'Complaint',
    objection: 'Objection',
    suggestion: 'Suggestion',
    technical: 'Technical support',
    report: 'Report',
    service: 'Service request',
    media: 'Media coverage',
  },
  statuses: {
    new: 'New',
    open: 'Open',
    transferred: 'With the department',
    in_progress: 'In progress',
    pending_customer: 'Waiting for the beneficiary',
    pending_third_party: 'Waiting for a third party',
    on_hold: 'On hold',
    returned: 'Returned by the department',
    resolved: 'Resolved',
    closed: 'Closed',
    rejected: 'Not accepted',
  },
};

export const weeklyWords: Readonly<Record<Language, WeeklyWords>> = { ar, en };
