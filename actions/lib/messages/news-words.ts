/** A change of cover in the words of a message: what it is, from whom or to whom, and a short cause. Pure. */
import type { Against } from '../compare/against.ts';
import type { CoverChange, Effect } from '../compare/changes.ts';
import type { Exception } from '../compare/exceptions.ts';
import { spanText } from '../compare/words.ts';
import type { PathLocation } from '../model.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { receiverName } from './news-receivers.ts';

/** How one reader reads the changes: `zone` is theirs, or undefined for that of each rota. */
export interface Reader {
  readonly zone: Zone | undefined;
  /** Whether the zone of each time is said, because the message has times of several. */
  readonly namesZones: boolean;
}

/** The zone in which a reader reads a change. */
export const readingZone = ({ zone }: Pick<Reader, 'zone'>, exception: Exception): Zone =>
  zone ?? exception.zone;

/** Escapes a name for the place where the message is read. */
export type Escape = (text: string) => string;

/** What somebody who keeps a role reads of a change. */
const EFFECTS: Readonly<Record<Effect, string>> = {
  'stops-counting': 'no longer counts as cover',
  'starts-counting': 'now counts as cover',
  'becomes-extra': 'is now extra time',
};

/** Extra time is nobody's before, which needs no word. */
const nobodyHad = ({ extra }: Exception): string => (extra ? '' : ', which nobody had');

const effectOf = ({ effect }: Exception): string => (effect === undefined ? '' : EFFECTS[effect]);

/** The words for the changes of one comparison. */
export class NewsWords {
  readonly #against: Against;
  readonly #now: Instant;
  readonly #escaped: Escape;
  /** Who gives time to whom, as `giver taker`. */
  readonly #given: ReadonlySet<string>;

  constructor(against: Against, changes: readonly Exception[], now: Instant, escaped: Escape) {
    this.#against = against;
    this.#now = now;
    this.#escaped = escaped;
    const written = changes.filter((it) => it.changes.every(isWritten));
    this.#given = new Set(written.map(({ before = '', after = '' }) => `${before} ${after}`));
  }

  /** A person's name; that of the base for somebody whom the head no longer has. */
  name(id: string): string {
    return this.#escaped(receiverName(this.#against, id));
  }

  teamName(id: string): string {
    const { handbook, head } = this.#against;
    return this.#escaped((head.teams.get(id) ?? handbook.teams.get(id))?.name ?? id);
  }

  /** "GOV.UK PaaS, In hours (engineer), Mon 1 Mar 09:00 – Fri 5 Mar 17:00, from Ben Adeyemi (swap)". */
  gain(exception: Exception, reader: Reader): string {
    const { before } = exception;
    const whom = before === undefined ? nobodyHad(exception) : `, from ${this.name(before)}`;
    return `${this.#what(exception, reader)}${whom}${this.#cause(exception)}`;
  }

  /** As `gain`, with whoever takes it. */
  loss(exception: Exception, reader: Reader): string {
    const { after } = exception;
    const whom = after === undefined ? ', which nobody takes' : `, to ${this.name(after)}`;
    return `${this.#what(exception, reader)}${whom}${this.#cause(exception)}`;
  }

  /** What changes about a role that somebody keeps. */
  kept(exception: Exception, reader: Reader): string {
    return `${this.#what(exception, reader)}: ${effectOf(exception)}`;
  }

  /** The same change as somebody reads it who is neither of the two. */
  ofOthers(exception: Exception, reader: Reader): string {
    const { before, after, effect } = exception;
    const what = this.#what(exception, reader);
    if (effect !== undefined)
      return `${this.name(after ?? before ?? '')} keeps ${what}: ${effectOf(exception)}`;
    const cause = this.#cause(exception);
    if (after === undefined) return `${this.name(before ?? '')} gives up ${what}, which nobody takes${cause}`;
    if (before === undefined) return `${this.name(after)} takes ${what}${nobodyHad(exception)}${cause}`;
    return `${this.name(after)} takes ${what}, from ${this.name(before)}${cause}`;
  }

  #what(exception: Exception, reader: Reader): string {
    const { rota: id, role } = exception;
    const { handbook, head } = this.#against;
    const rota = head.rotas.get(id) ?? handbook.rotas.get(id);
    const zone = readingZone(reader, exception);
    const times = spanText({ ...exception, zone }, this.#now);
    const named = reader.namesZones ? ` (${zone.name})` : '';
    const name = this.#escaped(rota?.name ?? id);
    return `${this.teamName(rota?.team ?? '')}, ${name} (${role}), ${times}${named}`;
  }

  #cause(exception: Exception): string {
    const { before, after } = exception;
    if (exception.changes.every(isWritten) && before !== undefined && this.#given.has(`${after} ${before}`))
      return ' (swap)';
    const cause = causeText(exception);
    return cause === undefined ? '' : ` (${cause})`;
  }
}

/** Whether a change is written out for its time, as a swap is, and follows from no rotation. */
const isWritten = ({ cause, effect }: CoverChange): boolean =>
  effect === undefined && (isBelow(cause, 'overrides') || isBelow(cause, 'turns'));

const isBelow = ({ path }: PathLocation, key: string): boolean => path.includes(key);

/** Why an exception is, in a word or two; undefined where its changes have several causes. */
function causeText({ changes }: Exception): string | undefined {
  const [text, ...others] = new Set(changes.map(changeCause));
  return others.length === 0 ? text : undefined;
}

/** Why a change is; undefined where the line that causes it says nothing short. */
function changeCause({ cause, change, line, extra, before }: CoverChange): string | undefined {
  if (change !== undefined) return 'planned change';
  if (isBelow(cause, 'overrides')) return extra && before === undefined ? 'extra time' : 'cover';
  if (isBelow(cause, 'turns')) return 'turn agreed';
  if (isBelow(line, 'overrides') || isBelow(line, 'turns')) return 'an exception was taken back';
  if (isBelow(cause, 'rotation')) return 'new rotation';
  if (cause.file.startsWith('policies/holidays/')) return 'holidays';
  if (cause.file.startsWith('policies/')) return 'support hours';
  if (isBelow(cause, 'handover')) return 'new hand-over';
  if (isBelow(cause, 'hours') || isBelow(cause, 'covers')) return 'support hours';
  return undefined;
}
