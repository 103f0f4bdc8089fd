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
import { formatExactly } from '../time/format.ts';
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
    const together = joined(handover);
    const shown = together.slice(0, MOST_PASSES).map((all) => lineOf(handbook, handover, all));
    const more = together.length - shown.length;
    const rest = more > 0 ? [[words(`and ${plural(more, 'role')} more`)]] : [];
    const lines = [titleOf(handbook, handover), ...shown, ...rest];
    return { id: digestOf({ kind: 'hand-over', rota, at }), team, rota, at, postAt, lines };
  });
}

const words = (text: string): PostPart => ({ kind: 'words', text });
const name = (text: string): PostPart => ({ kind: 'name', text });
const listed = (parts: readonly PostPart[]): readonly PostPart[] =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [words(', '), part]));

const rotaName = ({ rotas }: Handbook, id: string): PostPart => name(rotas.get(id)?.name ?? id);

function titleOf(handbook: Handbook, { team, rota, at, zone, kind }: HandoverEvent): readonly PostPart[] {
  const what = kind === 'cover' ? 'change of cover' : 'hand-over';
  return [
    name(teamName(handbook, team)),
    words(', '),
    rotaName(handbook, rota),
    words(`: ${what} on ${formatExactly(zone, at)} (${zone.name})`),
  ];
}

/** Passes by line: from one person of another rota to several people, or from several to one, is one line. */
function joined({ rota, passes }: HandoverEvent): readonly (readonly Pass[])[] {
  const keyOf = (pass: Pass, i: number): string => {
    const { from, to, fromRota } = pass;
    if (fromRota === rota || from === undefined || to === undefined) return String(i);
    const ofGiver = passes.filter((it) => it.fromRota === fromRota && it.from === from);
    return ofGiver.length > 1 ? `${fromRota} from ${from}` : `${fromRota} to ${to}`;
  };
  return [...Map.groupBy(passes, keyOf).values()];
}

function lineOf(handbook: Handbook, { rota }: HandoverEvent, together: readonly Pass[]): readonly PostPart[] {
  const person = (id: string): PostPart => ({
    kind: 'person',
    name: publishedName(handbook, id),
    slack: handbook.people.get(id)?.slack,
  });
  const fromRota = together[0]?.fromRota ?? rota;
  const source = fromRota === rota ? [] : [words(' ('), rotaName(handbook, fromRota), words(')')];
  const of = (key: 'role' | 'from' | 'to') => [...new Set(together.flatMap((pass) => pass[key] ?? []))];
  const [givers, takers] = [of('from'), of('to')];
  const head = [...listed(of('role').map(name)), words(': ')];
  const giving = [...listed(givers.map(person)), ...source];
  const hands = givers.length > 1 ? ' hand over' : ' hands over';
  if (takers.length === 0) return [...head, ...giving, words(`${hands}, and nobody takes over`)];
  if (givers.length === 0) return [...head, ...listed(takers.map(person)), words(' takes over, from nobody')];
  return [...head, ...giving, words(`${hands} to `), ...listed(takers.map(person))];
}
