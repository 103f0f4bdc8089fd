/** What is wrong with a list of alerts, as data and in words. A faulty alert is left out; the rest is counted. */
import { plural } from '../text/plural.ts';
import { suggestion } from '../text/suggest.ts';
import { type CodedTicketFault, shortName } from '../tickets/ticket-faults.ts';

type NoArgs = Readonly<Record<never, never>>;

/** The faults of a list of alerts by their codes, with the arguments of each. */
interface AlertFaultCodes {
  readonly empty: NoArgs;
  readonly 'column-missing': { readonly column: string; readonly columns: readonly string[] };
  readonly 'column-unknown': {
    readonly column: string;
    readonly nearest: string | undefined;
    readonly columns: readonly string[];
  };
  readonly 'column-twice': { readonly column: string };
  readonly cells: { readonly cells: number; readonly columns: number };
  readonly quote: NoArgs;
  /** A fault of the text itself, as the reader of JSON has it. */
  readonly json: { readonly fault: CodedTicketFault };
  readonly missing: { readonly key: string; readonly example: string };
  readonly form: { readonly key: string; readonly value: string; readonly example: string };
  readonly 'person-unknown': { readonly person: string; readonly nearest: string | undefined };
  readonly zone: { readonly key: string; readonly value: string };
  readonly gap: { readonly key: string; readonly value: string; readonly zone: string };
  readonly future: { readonly key: string; readonly value: string };
  /** `key` lies before the alert. */
  readonly before: { readonly key: string; readonly value: string; readonly alertedAt: string };
  readonly long: { readonly key: string; readonly value: string; readonly days: number };
  /** Of PagerDuty: a user who is nobody in the handbook, and how many incidents they were notified of. */
  readonly 'pager-user': { readonly user: string; readonly count: number };
  /** Of PagerDuty: incidents of which somebody was notified by mail only, or with low urgency. */
  readonly quiet: { readonly count: number };
  /** Faults that are not listed. */
  readonly more: { readonly count: number };
}

type AlertFaultCode = keyof AlertFaultCodes;

/** A fault of one code with its arguments. */
export type CodedAlertFault = {
  readonly [Code in AlertFaultCode]: { readonly code: Code; readonly args: AlertFaultCodes[Code] };
}[AlertFaultCode];

/** A fault, and its line counted from 1; undefined where the alerts come from a service or a form. */
export type AlertFault = CodedAlertFault & { readonly line: number | undefined };

const MESSAGES: { readonly [Code in AlertFaultCode]: (args: AlertFaultCodes[Code]) => string } = {
  empty: () => 'the file is empty; write a header line such as person,alerted_at and one alert a line',
  'column-missing': ({ column, columns }) =>
    `there is no column ${column}; the first line names the columns: ${columns.join(',')}, of which ` +
    'person and alerted_at are required',
  'column-unknown': ({ column, nearest, columns }) =>
    `there is no column "${shortName(column)}"${suggestion(nearest) || `; write one of ${columns.join(', ')}`}`,
  'column-twice': ({ column }) => `the column ${column} is there twice; leave one of them out`,
  cells: ({ cells, columns }) =>
    `this line has ${plural(cells, 'cell')} for ${plural(columns, 'column')}; ` +
    'put a cell that holds a separator in quotes',
  quote: () =>
    'a quote that begins here does not end as it should; close it, and write a quote in a cell twice, as ""',
  json: ({ fault }) => jsonText(fault),
  missing: ({ key, example }) => `${key} is missing; write ${example}`,
  form: ({ key, value, example }) => `${key} is ${quoted(value)}; write ${example}`,
  'person-unknown': ({ person, nearest }) =>
    `there is no person ${quoted(person)}${suggestion(nearest) || '; write an id of the handbook, such as amara-osei'}`,
  zone: ({ key, value }) =>
    `${key} is ${value}, which is no instant without a time zone; add --zone, or write it as ${value.slice(0, 16)}:00Z`,
  gap: ({ key, value, zone }) =>
    `${key} is ${value}, which does not exist in ${zone}: the clocks go forward over it; write a time after that`,
  future: ({ key, value }) => `${key} is ${value}, which is in the future; write when it really was`,
  before: ({ key, value, alertedAt }) =>
    `${key} is ${value}, which is before the alert at ${alertedAt}; correct one of the two times`,
  long: ({ key, value, days }) =>
    `${key} is ${value}, more than ${days} days after the alert; correct it, or write the parts as alerts`,
  'pager-user': ({ user, count }) =>
    `${plural(count, 'alert')} of the user ${shortName(user)}, who is nobody in the handbook; ` +
    `add "pagerduty: ${shortName(user)}" to a person`,
  quiet: ({ count }) =>
    `${plural(count, 'notification')} by mail only or of low urgency ${count === 1 ? 'is' : 'are'} left out; ` +
    'add what woke somebody all the same to a file of alerts',
  more: ({ count }) => `${plural(count, 'more fault')} ${count === 1 ? 'is' : 'are'} not listed`,
};

const quoted = (text: string): string => `"${shortName(text)}"`;

function jsonText({ code, args }: CodedTicketFault): string {
  switch (code) {
    case 'unfinished':
      return 'the text ends here within the list, so alerts are missing; write the rest, and a ] at the end';
    case 'after-list':
      return 'the list of alerts ends before this; write all alerts in one pair of [ ]';
    case 'comma':
      return 'write one comma between two alerts, and none after the last';
    case 'comma-in-lines':
      return 'alerts that are written one a line have no commas between them; leave them out, or use [ ]';
    case 'key-twice':
      return `"${args.key}" is written twice in this alert; write it once`;
    case 'no-event':
      return `${args.begins} is no alert; write an alert in { }`;
    case 'too-broken':
      return 'too much of the file is broken, so what follows is not read; write the file anew';
    default:
      return 'this alert cannot be read; write it as {"person": "amara-osei", "alerted_at": "2026-11-25T02:10:00Z"}';
  }
}

/** A fault in one sentence without a full stop, with what to write instead. */
export const alertFaultText = ({ code, args }: CodedAlertFault): string =>
  // The table has a message for each code, and a fault has the arguments of its own.
  (MESSAGES[code] as (args: unknown) => string)(args);
