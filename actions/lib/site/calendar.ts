/**
 * Shifts as iCalendar feeds, in UTC with one event for each shift, which Google, Outlook, Apple and Thunderbird all
 * display correctly. Pure: the same shifts and revisions give the same bytes. The only file that imports
 * `ical-generator`.
 *
 * The text of an event is generated once and added to every feed that includes it, so a shift has the same UID and text
 * everywhere, and the feed of all rotas does not have to fit into memory.
 */
import ical, {
  foldLines,
  ICalCalendarMethod,
  ICalEvent,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from '#ical-generator';
import { v5 as uuid } from '#uuid';
import { forCalendar } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';

/** A shift, a planned change, a meeting or a note as an event. */
export interface Event {
  /** The UID is derived from it: rota, role and start of a shift, but not the person. */
  readonly identity: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly summary: string;
  /** One line each. */
  readonly description: readonly string[];
  readonly category: string;
  readonly url: string | undefined;
  /** When a file that the event depends on last changed. */
  readonly revisedAt: Instant;
  /** Whether it takes the time of whoever has it in their calendar. */
  readonly isBusy?: boolean;
}

/** The properties of a feed. */
export interface Feed {
  readonly name: string;
  readonly description: string;
  /** The address of the feed, and of the site; undefined if the address of the site is not known. */
  readonly source: string | undefined;
  readonly url: string | undefined;
}

const NAMESPACE = '0d7b3c1e-5f5a-5f0e-9a53-1c1f4d0c6a2b';

/** Sequence numbers count seconds from here, so that they fit into 32 bits until 2094. */
const SEQUENCE_EPOCH = Date.UTC(2026, 0, 1);

/**
 * Raise this when the text or the properties of events change: Google ignores a change without a new sequence number.
 */
const TEMPLATE_REVISED_AT = Date.UTC(2026, 10, 26, 16);

const END = 'END:VCALENDAR';

/** The library creates events within a calendar; this one stands for every feed, all of which are in UTC. */
const ANY_FEED = ical();

/** The lines of one event, for any number of feeds. */
export function eventText(event: Event): string {
  if (event.endAt <= event.startAt) throw new Error(`a shift that ends before it begins: ${event.identity}`);
  const revisedAt = Math.max(event.revisedAt, TEMPLATE_REVISED_AT);
  const revised = new Date(revisedAt);
  const entry = new ICalEvent(
    {
      id: uuid(event.identity, NAMESPACE),
      sequence: Math.max(0, Math.floor((revisedAt - SEQUENCE_EPOCH) / 1000)),
      stamp: revised,
      start: new Date(event.startAt),
      end: new Date(event.endAt),
      summary: forCalendar(event.summary),
      transparency: event.isBusy === true ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      description: event.description.map(forCalendar).join('\n'),
      status: ICalEventStatus.CONFIRMED,
      busystatus: event.isBusy === true ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.FREE,
      categories: [{ name: forCalendar(event.category) }],
      lastModified: revised,
      ...(event.url === undefined ? {} : { url: uri(event.url) }),
    },
    ANY_FEED,
  );
  return foldLines(entry.toString());
}

/** The first lines of a feed, up to its first event. */
export function feedHead({ name, description, source, url }: Feed): string {
  const calendar = ical({
    prodId: { company: 'rota-as-code', product: 'rota-as-code' },
    name: text(name),
    description: text(description),
    scale: 'GREGORIAN',
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
    source: source === undefined ? null : uri(source),
    url: url === undefined ? null : uri(url),
  });
  return calendar.toString().slice(0, -END.length);
}

/** The last line of a feed; the library omits its line end. */
export const feedTail = `${END}\r\n`;

/** Replaces the events of an empty feed, because iCalendar requires at least one component. */
export const NO_EVENTS = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n');

/** A whole feed. */
export const feedText = (feed: Feed, events: readonly string[]): string =>
  feedHead(feed) + (events.length === 0 ? NO_EVENTS : events.join('')) + feedTail;

/** The library escapes the text of events, but not that of the calendar. */
const text = (value: string): string => forCalendar(value).replace(/[\\;,]/g, (char) => `\\${char}`);

/** An address in which characters are encoded that URLs do not allow, or that the library would escape as text. */
const uri = (value: string): string =>
  value
    .replace(/[\s\p{Cc}]/gu, '')
    .toWellFormed()
    .replace(/[^\x21-\x7e]|[,;<>"\\^`{|}]/gu, encodeURIComponent);
