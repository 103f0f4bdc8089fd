/** The part of the comment on who is called from then on, and whether they have notice of it. Pure. */

import { isNone } from '../compare/priorities.ts';
import type { Reached } from '../compare/reached.ts';
import { type ReachNames, reachedText } from '../compare/reached-words.ts';
import { reachVerdict, toldSince } from '../compare/verdict.ts';
import { noticeText } from '../compare/words.ts';
import { forMarkdown } from '../text/escape.ts';
import { after, durationText } from '../time/duration.ts';
import { formatInstant } from '../time/format.ts';
import { fitMarkdown, within } from './budget.ts';
import { type Judgement, plainName } from './judgement.ts';
import { emergencyPassed, wayOut } from './notice-part.ts';

const MARKS = ['❌ ', '🚨 ', '⚠️ ', '✅ ', ''] as const;

/** What is reported of somebody who is called: whether it may pass, and why. */
interface Remark {
  readonly mark: (typeof MARKS)[number];
  readonly text: string;
}

/** The most lines; the rest is in `rota diff`. */
const MOST_LINES = 30;

/** The characters of the sentence that says who is called for what. */
const LONGEST = 400;

/** Who is called from then on, what is not enough notice first; services with the same sentence share a line. */
export function reachedPart(judgement: Judgement, most: number): readonly string[] {
  const { reached } = judgement.against;
  if (reached.length === 0) return [];
  const { now } = judgement;
  const names = reachNames(judgement);
  const remarks = reached.map((it) => ({ reached: it, ...remark(judgement, it) }));
  const alike = ({ reached: it, mark, text }: (typeof remarks)[number]) =>
    it.subject.kind === 'role'
      ? it
      : JSON.stringify([mark, text, reachedText(it, { ...names, service: () => '' }, now)]);
  const groups = [...Map.groupBy(remarks, alike).values()]
    .flatMap(([first, ...others]) =>
      first === undefined ? [] : { ...first, others: others.map(({ reached: it }) => it.subject.id) },
    )
    .toSorted(
      (one, other) =>
        MARKS.indexOf(one.mark) - MARKS.indexOf(other.mark) || orderOf(one.reached) - orderOf(other.reached),
    );
  const [lines] = within(
    groups.slice(0, MOST_LINES),
    ({ reached: it, others, mark, text }) => {
      const sentence = fitMarkdown(reachedText(it, names, now, others), LONGEST);
      return `- ${mark}${sentence}${text === '' ? '' : `: ${text}`}`;
    },
    most - 100,
  );
  const left = groups.slice(lines.length).reduce((sum, { others }) => sum + 1 + others.length, 0);
  const rest = left > 0 ? [`- and ${left} more, whom ${forMarkdown('rota diff')} lists`] : [];
  return [['### Who is called from then on', '', ...lines, ...rest].join('\n')];
}

/** Whoever is called first, and people before those who are known by a role or a contact. */
const orderOf = ({ callee, calls }: Reached): number =>
  (callee.kind === 'person' ? 0 : 2) + (calls.some(({ value }) => !isNone(value.first)) ? 0 : 1);

/** Names as the base has them, of contacts and services, too. */
function reachNames(judgement: Judgement): ReachNames {
  const { handbook, against } = judgement;
  const sides = [against.handbook, handbook];
  return {
    person: (id) => plainName(judgement, id),
    contact: (id) => sides.flatMap(({ contacts }) => contacts.get(id)?.name ?? [])[0] ?? id,
    service: (id) => sides.flatMap(({ services }) => services.get(id)?.name ?? [])[0] ?? id,
  };
}

function remark(judgement: Judgement, reached: Reached): Remark {
  const { against, now } = judgement;
  const { zone, calls, gained } = reached;
  const startAt = gained[0]?.startAt;
  if (startAt === undefined) return { mark: '', text: '' };
  const since = toldSince(against, now);
  const beside =
    startAt === calls[0]?.startAt ? '' : ` of ${formatInstant(zone, startAt, now)}, beside their duty`;
  const given = `${noticeText(zone, since, startAt)} notice${beside}`;
  const verdict = reachVerdict(reached, against, now);
  switch (verdict.kind) {
    case 'little':
      return { mark: '⚠️ ', text: `${given}; the policy recommends ${durationText(verdict.required)}` };
    case 'late': {
      const minimum = `the policy asks ${durationText(verdict.required)}`;
      const until = formatInstant(zone, after(zone, since, verdict.required), now);
      const wait = `which have passed on ${until} if nothing is pushed`;
      return { mark: '❌ ', text: `${given}; ${minimum}, ${wait}; ${wayOut(judgement)}` };
    }
    case 'emergency':
      return { mark: '🚨 ', text: `${given}; ${emergencyPassed(against)}` };
    case 'short':
      return { mark: '✅ ', text: `${given}; a short cover needs none` };
    default:
      return { mark: '✅ ', text: `${given}, which is enough` };
  }
}
