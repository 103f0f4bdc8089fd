/**
 * Shifts as iCalendar feeds, in plain UTC with one event a shift, so that Google, Outlook, Apple and Thunderbird all
 * show them right. Pure: the same shifts and revisions give the same bytes. The one home of `ical-generator`.
 *
 * The one surprise: an event is written once and put into every feed that carries it, so a shift has the same UID and
 * the same words everywhere, and a feed of all rotas need not fit into memory.
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

/** One shift as a calendar shows it. */
export interface Event {
  /** What makes it this shift and no other: rota, role and start; never the person. */
  readonly identity: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly summary: string;
  /** One line each. */
  readonly description: readonly string[];
  readonly category: string;
  readonly url: string | undefined;
  /** When what the rota is made from was last changed. */
  readonly revisedAt: Instant;
}

/** What a feed says of itself. */
export interface Feed {
  readonly name: string;
  readonly description: string;
  /** Where the feed itself will lie, and the page beside it; undefined when the output has no known address. */
  readonly source: string | undefined;
  readonly url: string | undefined;
}

const NAMESPACE = '0d7b3c1e-5f5a-5f0e-9a53-1c1f4d0c6a2b';

/** Sequence numbers count seconds from here, so that they fit 32 bits for as long as this lasts. */
const SEQUENCE_EPOCH = Date.UTC(2026, 0, 1);

/** Raised whenever the words or properties below change, because Google ignores a change without a new sequence number. */
const TEMPLATE_REVISED_AT = Date.UTC(2026, 10, 21, 18);

const END = 'END:VCALENDAR';

/** An event of the library is of a calendar; this one is of any feed, and in UTC as they all are. */
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
      transparency: ICalEventTransparency.TRANSPARENT,
      description: event.description.map(forCalendar).join('\n'),
      status: ICalEventStatus.CONFIRMED,
      busystatus: ICalEventBusyStatus.FREE,
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

/** The last line of a feed; the library leaves its line end out. */
export const feedTail = `${END}\r\n`;

/** What stands in for events in a feed without any: a calendar of no components at all is not valid. */
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

/** An address with everything encoded that an address may not hold, or that the library would escape as if it were text. */
const uri = (value: string): string =>
  value
    .replace(/[\s\p{Cc}]/gu, '')
    .toWellFormed()
    .replace(/[^\x21-\x7e]|[,;<>"\\^`{|}]/gu, encodeURIComponent);
