/**
 * The news of a merge: what each person, lead and channel should know about changes of cover that lie ahead, as data.
 * One message for each of them, however much changed. What is changed and changed back gives none. Pure.
 */
import type { Against } from '../compare/against.ts';
import { type CoverChange, inOrder } from '../compare/changes.ts';
import type { Exception } from '../compare/exceptions.ts';
import { teamOf } from '../compare/terms.ts';
import type { Handbook } from '../model.ts';
import { digestOf } from '../text/digest.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import {
  type ChangeIndex,
  changeIndex,
  concerned,
  personIn,
  type Receiver,
  receiverId,
  receiversIn,
} from './news-receivers.ts';
import { withoutRenames } from './news-renames.ts';
import { type Escape, NewsWords, type Reader, readingZone } from './news-words.ts';

/** Why somebody gets a message: the first of these that applies. */
type NewsKind = 'affected' | 'delivery-lead' | 'team-lead' | 'team-channel';

/** A message; `to` is the id of a person, or of a team for its channel. */
export interface NewsMessage {
  /** A digest of kind, receiver and every changed span, by which the message goes out once. */
  readonly id: string;
  readonly to: string;
  readonly kind: NewsKind;
  readonly text: string;
}

/** A message with its parts. */
export interface News extends NewsMessage {
  /** What it is about, in a few words without a name. */
  readonly subject: string;
  readonly sections: readonly NewsSection[];
  /** The last line, about the zone of the times; undefined where each time has its own. */
  readonly closing: string | undefined;
  /** When the first change begins, and the zone of whoever reads it. */
  readonly startAt: Instant;
  readonly zone: Zone;
  /** The people of whom a lead gets it. */
  readonly about: readonly string[];
  /** `receiverId` of whoever gets it. */
  readonly receiver: string;
}

export interface NewsSection {
  readonly title: string;
  readonly items: readonly string[];
}

const SUBJECTS: Readonly<Record<NewsKind, string>> = {
  affected: 'Your support time changes',
  'delivery-lead': 'Support time changes for people you lead',
  'team-lead': 'Support time changes in a team you lead',
  'team-channel': 'Support time changes',
};

/** More lines of one section are counted, not listed. */
const MOST_ITEMS = 20;

/**
 * The news of a comparison at an instant: people in order of id, then channels. Names pass through `escaped`; neither
 * the order nor an id depends on it.
 */
export function newsOf(compared: Against, now: Instant, escaped: Escape = (it) => it): readonly News[] {
  const against = withoutRenames(compared);
  const changes = against.ahead.filter(({ endAt }) => endAt > now);
  const words = new NewsWords(against, changes, now, escaped);
  const index = changeIndex(against.changes);
  const people = [...receiversIn(against, changes)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...people.map(([id, receiver]) => personNews(against, words, index, [id, receiver])),
    ...channelNews(against, words, index, changes),
  ];
}

/** The part of the news that other programs read. */
export const messageOf = ({ id, to, kind, text }: News): NewsMessage => ({ id, to, kind, text });

function personNews(
  against: Against,
  words: NewsWords,
  index: ChangeIndex,
  [id, receiver]: readonly [string, Receiver],
): News {
  const { own, led, ledPeople, ledTeams } = receiver;
  const teams = receiver.teams.filter((it) => !led.includes(it));
  const reader = readerOf(personIn(against, id)?.zone, [...own, ...led, ...teams]);
  const kind = own.length > 0 ? 'affected' : led.length > 0 ? 'delivery-lead' : 'team-lead';
  const others = (title: string, all: readonly Exception[]) =>
    section(title, all, (it) => words.ofOthers(it, reader));
  const ledNames = listed([...ledPeople].toSorted().map((it) => words.name(it)));
  const teamNames = listed([...ledTeams].toSorted().map((it) => words.teamName(it)));
  const sections = [
    ...ownSections(words, id, own, reader),
    ...others(`Changes for ${ledNames}, whose delivery lead you are`, led),
    ...others(`Changes in ${teamNames}, which you lead`, teams),
  ];
  const told = [
    ...[...(own.length > 0 ? [id] : []), ...ledPeople].flatMap((it) => index.byPerson.get(it) ?? []),
    ...[...ledTeams].flatMap((it) => index.byTeam.get(it) ?? []),
  ];
  const about = [...new Set([...[...ledPeople].toSorted(), ...teams.flatMap(concerned)])];
  return news({ to: id, kind, sections, reader, about }, [...own, ...led, ...teams], told);
}

function ownSections(
  words: NewsWords,
  id: string,
  own: readonly Exception[],
  reader: Reader,
): readonly NewsSection[] {
  const moved = own.filter(({ effect }) => effect === undefined);
  const kept = own.filter(({ effect }) => effect !== undefined);
  const gains = moved.filter(({ after }) => after === id);
  const losses = moved.filter(({ before }) => before === id);
  return [
    ...section('You gain', gains, (it) => words.gain(it, reader)),
    ...section('You give up', losses, (it) => words.loss(it, reader)),
    ...section('You keep', kept, (it) => words.kept(it, reader)),
  ];
}

/** A message to the channel of each team that takes news there. */
function channelNews(
  { head }: Against,
  words: NewsWords,
  index: ChangeIndex,
  changes: readonly Exception[],
): readonly News[] {
  if (!head.messages.to.includes('team-channel')) return [];
  const byTeam = Map.groupBy(changes, ({ rota }) => teamOf(rota));
  return [...byTeam.keys()].toSorted().flatMap((team) => {
    if (!takesNews(head, team)) return [];
    const own = byTeam.get(team) ?? [];
    const reader = readerOf(undefined, own);
    const sections = section('Support time changes', own, (it) => words.ofOthers(it, reader));
    const about = [...new Set(own.flatMap(concerned))];
    const told = index.byTeam.get(team) ?? [];
    return [news({ to: team, kind: 'team-channel', sections, reader, about }, own, told)];
  });
}

const takesNews = ({ teams }: Handbook, id: string): boolean => teams.get(id)?.slack?.news === true;

function readerOf(zone: Zone | undefined, changes: readonly Exception[]): Reader {
  const zones = new Set(changes.map((it) => readingZone({ zone }, it).name));
  return { zone, namesZones: zones.size > 1 };
}

function section(
  title: string,
  changes: readonly Exception[],
  line: (exception: Exception) => string,
): readonly NewsSection[] {
  if (changes.length === 0) return [];
  const inOrder = changes.toSorted((one, other) => one.startAt - other.startAt);
  const more = inOrder.length - MOST_ITEMS;
  const items = inOrder.slice(0, more > 1 ? MOST_ITEMS : undefined).map(line);
  return [{ title, items: more > 1 ? [...items, `and ${more} more`] : items }];
}

const listed = (texts: readonly string[]): string =>
  texts.length > 3 ? `${texts.slice(0, 2).join(', ')} and ${texts.length - 2} more` : texts.join(', ');

/** A message of its parts, about some changes, of which there is at least one. */
function news(
  { reader, ...parts }: Pick<News, 'to' | 'kind' | 'sections' | 'about'> & { readonly reader: Reader },
  changes: readonly Exception[],
  changed: readonly CoverChange[],
): News {
  const [first] = changes.toSorted((one, other) => one.startAt - other.startAt) as [Exception];
  const zone = readingZone(reader, first);
  const closing = reader.namesZones ? undefined : `Times are those of ${zone.name}.`;
  const told = [...new Set(changed)].toSorted(inOrder);
  return {
    ...parts,
    id: digestOf([parts.kind, parts.to, ...told.map(keyOf)]),
    receiver: receiverId(parts.to, parts.kind === 'team-channel'),
    subject: SUBJECTS[parts.kind],
    text: textOf(parts.sections, closing),
    ...{ closing, zone, startAt: first.startAt },
  };
}

const keyOf = ({ rota, role, startAt, endAt, before, after, effect }: CoverChange): string =>
  JSON.stringify([rota, role, startAt, endAt, before ?? null, after ?? null, effect ?? null]);

function textOf(sections: readonly NewsSection[], closing: string | undefined): string {
  const lines = sections.flatMap(({ title, items }) => [`${title}:`, ...items.map((it) => `- ${it}`)]);
  return [...lines, ...(closing === undefined ? [] : [closing])].join('\n');
}
