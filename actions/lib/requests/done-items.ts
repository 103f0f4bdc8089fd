/**
 * Counts the comments `/done vpn logs` on a request to join: which items of the onboarding are done, by whose word. A
 * word counts from whoever the item asks, or from a lead of the team, by the login that the handbook knows, with write
 * access, in a comment that nobody edited, since the request says who joins which role. Nothing of it is stored: each
 * run counts again, so that a comment that is deleted counts no more. Pure.
 */
import type { Handbook, OnboardingItem, Person, RoleRef } from '../model.ts';
import { coverOf, resolve } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import { type Instant, type Interval, spanAt } from '../timeline.ts';
import type { IssueComment, RequestContext } from './facts.ts';
import type { DoneItem, JoinItem, Joining, RefusedWord } from './join.ts';

/** How long after their turn somebody who held a role is still asked. */
const ASKED_AFTERWARDS = 28 * DAY;

/** The most comments that are counted of one issue and of one person, so that nobody crowds out others; and items. */
const MOST_COMMENTS = 600;
const MOST_OF_PERSON = 60;
const MOST_ITEMS = 60;

/** The items that the first line of a comment names. */
function itemsIn({ body }: IssueComment): readonly string[] {
  const line = body.slice(0, 4000).split(/\r?\n/, 1)[0] ?? '';
  return /^\/done[ \t]/.test(line)
    ? line
        .slice(5)
        .split(/[ \t,]+/)
        .filter((it) => it !== '')
        .slice(0, MOST_ITEMS)
    : [];
}

/** The comments that may say that something is done: GitHub has to be asked who edited them. */
export const possibleDoneComments = (
  { handbook, self }: Pick<RequestContext, 'handbook' | 'self'>,
  comments: readonly IssueComment[],
): readonly IssueComment[] => {
  const all = comments
    .filter(({ author, isBot, createdAt, updatedAt }) => !isBot && author !== self && createdAt === updatedAt)
    .filter((comment) => itemsIn(comment).length > 0 && onlyPersonOf(handbook, comment.author) !== undefined);
  const counts = new Map<string, number>();
  const newest = all.toReversed().filter(({ author }) => {
    const count = (counts.get(author) ?? 0) + 1;
    counts.set(author, count);
    return count <= MOST_OF_PERSON;
  });
  return newest.slice(0, MOST_COMMENTS).toReversed();
};

/** The person with a login; nobody where two have it. */
function onlyPersonOf({ people }: Handbook, login: string): Person | undefined {
  const [person, ...others] = [...people.values()].filter(
    ({ github }) => github?.toLowerCase() === login.toLowerCase(),
  );
  return others.length === 0 ? person : undefined;
}

/** The part of a request that decides whose words count. */
interface Words {
  readonly joining: Joining;
  readonly comments: readonly IssueComment[];
  /** Since when the request says who joins which role. */
  readonly since: Instant;
  /** Those of which nobody knows whom the request named then. */
  readonly unclear?: readonly number[];
}

const wordsSince = (context: RequestContext, { comments, since }: Words): readonly IssueComment[] =>
  possibleDoneComments(context, comments).filter(
    ({ createdAt, editedBy }) => createdAt > since && editedBy === 'nobody',
  );

/** The logins whose words may count, and whose write access `countDone` needs to know. */
export const doneLogins = (context: RequestContext, words: Words): readonly string[] => [
  ...new Set(wordsSince(context, words).map(({ author }) => author)),
];

/** The same request with what is done by the words of those with write access. */
export function countDone(context: RequestContext, words: Words, writers: ReadonlySet<string>): Joining {
  const { joining } = words;
  const { handbook } = context;
  const done = new Map<JoinItem, DoneItem>();
  const refused: RefusedWord[] = [];
  for (const comment of wordsSince(context, words)) {
    const person = onlyPersonOf(handbook, comment.author) as Person;
    for (const name of itemsIn(comment)) {
      const named = joining.items.filter(({ onboarding, item }) =>
        [item.id, `${onboarding.id}/${item.id}`].includes(name),
      );
      const own = named.filter(({ item }) => isAsked(handbook, joining, item, person, comment.createdAt));
      const isUnclear = words.unclear?.includes(comment.id) === true;
      const why = isUnclear
        ? 'edited-since'
        : whyRefused(joining, person, named, own, writers.has(comment.author));
      if (why !== undefined) refused.push({ login: comment.author, item: name, why });
      else
        for (const it of own)
          if (it.done === undefined && !done.has(it))
            done.set(it, {
              ...{ on: joining.rota.zone.dayOf(comment.createdAt), at: comment.createdAt, by: person.id },
            });
    }
  }
  const items = joining.items.map((it): JoinItem => ({ ...it, done: it.done ?? done.get(it) }));
  return { ...joining, items, refused };
}

function whyRefused(
  { newcomer }: Joining,
  person: Person,
  named: readonly JoinItem[],
  own: readonly JoinItem[],
  isWriter: boolean,
): RefusedWord['why'] | undefined {
  if (named.length === 0) return 'no-such-item';
  if (person.id === newcomer.id) return 'own';
  if (own.length === 0) return 'not-asked';
  return isWriter ? undefined : 'no-access';
}

/** Whether an item asks a person at an instant, or they lead the team. */
function isAsked(
  handbook: Handbook,
  { rota }: Joining,
  { ask }: OnboardingItem,
  { id }: Person,
  at: Instant,
): boolean {
  const leads = (team: string) => handbook.teams.get(team)?.leads ?? [];
  if (leads(rota.team).includes(id)) return true;
  switch (ask?.kind) {
    case 'person':
      return ask.person === id;
    case 'team':
      return leads(ask.team).includes(id);
    case 'role':
      return holdersOf(handbook, ask.role, { startAt: at - ASKED_AFTERWARDS, endAt: at + 1 }).has(id);
    case undefined:
      return false;
  }
}

const roleCover = (handbook: Handbook, ref: RoleRef, span: Interval) => {
  const rota = handbook.rotas.get(ref.rota);
  return rota && coverOf(resolve({ ...handbook, rotas: new Map([[rota.id, rota]]) }, span), ref);
};

/** Whoever has turns or hours of a role in a span. */
function holdersOf(handbook: Handbook, ref: RoleRef, span: Interval): ReadonlySet<string> {
  const cover = roleCover(handbook, ref, span);
  const parts = [...(cover?.afterTurnOverrides ?? []), ...(cover?.cover() ?? [])];
  return new Set(
    parts.flatMap(({ startAt, endAt, value }) =>
      startAt < span.endAt && endAt > span.startAt ? [value.person] : [],
    ),
  );
}

/** The people whom an item asks now, apart from the leads of the team that is joined. */
export function askedNow(handbook: Handbook, { ask }: OnboardingItem, now: Instant): readonly string[] {
  switch (ask?.kind) {
    case 'person':
      return [ask.person];
    case 'team':
      return handbook.teams.get(ask.team)?.leads ?? [];
    case 'role': {
      const cover = roleCover(handbook, ask.role, { startAt: now, endAt: now + 1 });
      const turn = spanAt(cover?.cover() ?? [], now) ?? spanAt(cover?.afterTurnOverrides ?? [], now);
      return turn === undefined ? [] : [turn.value.person];
    }
    case undefined:
      return [];
  }
}
