/**
 * The post that announces a hand-over in a chat: who hands over to whom, and when, in the rota's zone. Its content is
 * the same for every chat; `post-texts.ts` writes it as a message of Slack or a card of Teams. Pure.
 */
import type { Handbook, HandOverPosts } from '../model.ts';
import { type HandoverEvent, handoversIn, type Pass, withinRotas } from '../query/handovers.ts';
import { publishedName, teamName } from '../query/shifts.ts';
import { digestOf } from '../text/digest.ts';
import { plural } from '../text/plural.ts';
import { after } from '../time/duration.ts';
import { formatInstant } from '../time/format.ts';
import type { Instant, Interval } from '../timeline.ts';

/** A part of a line: our own words, a name out of the handbook, or a person, whom a chat may mention by an id. */
export type PostPart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'person'; readonly name: string; readonly slack: string | undefined };

/** The announcement of one hand-over. */
export interface HandOverPost {
  /** A digest of the rota and the instant: a hand-over that moves is another one, and one with other people is not. */
  readonly id: string;
  readonly team: string;
  readonly rota: string;
  readonly at: Instant;
  /** When it is due. */
  readonly postAt: Instant;
  /** The first one is the title. */
  readonly lines: readonly (readonly PostPart[])[];
}

/** More would be longer than what Slack recommends, and than what Teams takes. */
const MOST_PASSES = 40;

/** The announcements that a team wants of its hand-overs within a span, by instant and rota. */
export function handOverPosts(
  handbook: Handbook,
  team: string,
  { before, daily }: HandOverPosts,
  span: Interval,
): readonly HandOverPost[] {
  const all = handoversIn(handbook, span, team);
  return (daily ? all : withinRotas(all)).flatMap((handover) => {
    const { rota, at, zone, passes } = handover;
    if (passes.length === 0) return [];
    const postAt = after(zone, at, { ...before, count: -before.count });
    const shown = passes.slice(0, MOST_PASSES).map((pass) => lineOf(handbook, handover, pass));
    const more = passes.length - shown.length;
    const rest = more > 0 ? [[words(`and ${plural(more, 'role')} more`)]] : [];
    const lines = [titleOf(handbook, handover), ...shown, ...rest];
    return { id: digestOf({ kind: 'hand-over', rota, at }), team, rota, at, postAt, lines };
  });
}

const words = (text: string): PostPart => ({ kind: 'words', text });
const name = (text: string): PostPart => ({ kind: 'name', text });

const rotaName = ({ rotas }: Handbook, id: string): PostPart => name(rotas.get(id)?.name ?? id);

function titleOf(handbook: Handbook, { team, rota, at, zone, kind }: HandoverEvent): readonly PostPart[] {
  const what = kind === 'cover' ? 'change of cover' : 'hand-over';
  return [
    name(teamName(handbook, team)),
    words(', '),
    rotaName(handbook, rota),
    words(`: ${what} on ${formatInstant(zone, at)} (${zone.name})`),
  ];
}

function lineOf(handbook: Handbook, { rota }: HandoverEvent, pass: Pass): readonly PostPart[] {
  const person = (id: string): PostPart => ({
    kind: 'person',
    name: publishedName(handbook, id),
    slack: handbook.people.get(id)?.slack,
  });
  const { role, from, to, fromRota } = pass;
  const source = fromRota === rota ? [] : [words(' ('), rotaName(handbook, fromRota), words(')')];
  const giver = from === undefined ? [] : [person(from), ...source];
  const head = [name(role), words(': ')];
  if (to === undefined) return [...head, ...giver, words(' hands over, and nobody takes over')];
  if (from === undefined) return [...head, person(to), words(' takes over, from nobody')];
  return [...head, ...giver, words(' hands over to '), person(to)];
}
