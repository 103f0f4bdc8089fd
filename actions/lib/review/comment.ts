/**
 * What is said on a pull request, as Markdown for people who never saw the YAML: whose time changes, whether that is
 * enough notice, who has not agreed yet, what else is wrong. Pure; `github.ts` posts it.
 */
import { describe } from '../check/describe.ts';
import type { Against } from '../compare/against.ts';
import type { Exception } from '../compare/exceptions.ts';
import { missingConsent, personIn, unreviewedRotas, verdictOf } from '../compare/verdict.ts';
import { horizonText, noticeText, reasonText, spanText } from '../compare/words.ts';
import type { Handbook, LocatedFinding } from '../model.ts';
import { holidayOn } from '../query/holidays.ts';
import { forMarkdown } from '../text/escape.ts';
import { countOf } from '../text/findings.ts';
import { type Day, weekdayOf } from '../time/date.ts';
import { durationText } from '../time/duration.ts';
import { formatInstant } from '../time/format.ts';
import { zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/** What a comment is made from. */
export interface Judgement {
  readonly handbook: Handbook;
  readonly against: Against;
  readonly findings: readonly LocatedFinding[];
  readonly now: Instant;
  /** The commit that was judged. */
  readonly commit: string;
}

/** The first lines of the parts of our one comment on a pull request, in order; by them it is found again. */
export const PARTS = ['<!-- rota-as-code: check -->', '<!-- rota-as-code: pagerduty -->'] as const;
const MARKER = PARTS[0];

/** GitHub takes 65,536 characters of a comment, so much of each part; a table of everybody may be longer. */
const MOST = 40_000;
const MOST_OF_PLAN = 20_000;

/** A comment with one of its parts put in or replaced; no text of ours can hold the first line of a part, which is escaped. */
export function withPart(comment: string | undefined, part: string): string {
  const parts = [comment ?? '', part].flatMap((text) =>
    text.split(/(?=^<!-- rota-as-code: (?:check|pagerduty) -->$)/m).map((it) => it.trim()),
  );
  const latest = PARTS.flatMap((mark) => parts.findLast((it) => it.startsWith(mark)) ?? []);
  return latest.join('\n\n');
}

/** The part of the comment that tells the plan for PagerDuty. */
export const planPart = (plan: string): string => {
  const text = `${PARTS[1]}\n\n${plan}`;
  return text.length <= MOST_OF_PLAN
    ? text
    : `${text.slice(0, MOST_OF_PLAN)}\n\n… and more: the job summary has all of it.`;
};

/** The comment on a pull request. */
export function comment(judgement: Judgement): string {
  const { against, now, commit } = judgement;
  const parts = [
    MARKER,
    changesPart(judgement),
    ...(against.ahead.length + against.past.length > 0 ? [noticePart(judgement)] : []),
    ...missingPart(judgement),
    ...foundPart(judgement),
    `<sub>Judged ${formatInstant(zoneOf('UTC'), now)} UTC at ${forMarkdown(commit.slice(0, 10))}, against the base branch's policy.</sub>`,
  ];
  const body = parts.join('\n\n');
  return body.length <= MOST ? body : `${body.slice(0, MOST)}\n\n… and more: the job summary has all of it.`;
}

const nameOf = ({ handbook, against }: Judgement, id: string): string =>
  forMarkdown((handbook.people.get(id) ?? against.handbook.people.get(id))?.name ?? id);

function seatOf({ handbook, against }: Judgement, { rota: id, role }: Exception): string {
  const rota = handbook.rotas.get(id) ?? against.handbook.rotas.get(id);
  const team = handbook.teams.get(rota?.team ?? '')?.name ?? rota?.team ?? '';
  return `${forMarkdown(`${team}, ${rota?.name ?? id}`)} (${forMarkdown(role)})`;
}

interface Ledger {
  readonly gains: Exception[];
  readonly losses: Exception[];
}

function changesPart(judgement: Judgement): string {
  const { against } = judgement;
  const people = new Map<string, Ledger>();
  const ledger = (id: string) => {
    const own = people.get(id) ?? { gains: [], losses: [] };
    people.set(id, own);
    return own;
  };
  for (const exception of [...against.past, ...against.ahead]) {
    if (exception.before !== undefined) ledger(exception.before).losses.push(exception);
    if (exception.after !== undefined) ledger(exception.after).gains.push(exception);
  }
  const unread = [...against.handbook.unread, ...judgement.handbook.unread].some(
    ({ kind }) => kind !== 'people',
  );
  if (people.size === 0) {
    return unread
      ? '### Whose time changes cannot be told, because a file could not be read'
      : `### Nobody's time changes up to ${horizonText(against)}`;
  }
  const rows = [...people].map(([id, { gains, losses }]) => {
    const cell = (all: readonly Exception[], word: string, other: (it: Exception) => string | undefined) =>
      listed(
        all.map(
          (it) =>
            `${spanText(it, judgement.now)}, ${seatOf(judgement, it)}${whom(judgement, word, other(it))}`,
        ),
      );
    const [gained, lost] = [daysIn(gains), daysIn(losses)];
    return [
      nameOf(judgement, id),
      cell(gains, 'from', ({ before }) => before),
      cell(losses, 'to', ({ after }) => after),
      tally(gained, lost, (_, day) => weekdayOf(day) >= 5),
      tally(gained, lost, (rota, day) => isHoliday(judgement, rota, day)),
    ];
  });
  const zones = [...new Set([...against.past, ...against.ahead].map(({ zone }) => zone.name))];
  return [
    '### Whose time changes',
    '',
    '| Who | Gains | Gives up | Weekend days | Holidays |',
    '|---|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `Times are those of ${zones.map(forMarkdown).join(', ')}${zones.length > 1 ? ', each rota in its own' : ''}.`,
    ...(against.unread.length > 0
      ? [
          '',
          `It cannot be told of ${against.unread.map(forMarkdown).join(', ')}, because a file could not be read.`,
        ]
      : []),
  ].join('\n');
}

const whom = (judgement: Judgement, word: string, person: string | undefined): string =>
  person === undefined ? ` (${word} nobody)` : `, ${word} ${nameOf(judgement, person)}`;

/** A cell of a table holds so many lines and still reads. */
function listed(lines: readonly string[]): string {
  const more = lines.length - 8;
  return more <= 0 ? lines.join('<br>') : `${lines.slice(0, 8).join('<br>')}<br>and ${more} more`;
}

/** Every local day that changes touch, with its rota. */
function daysIn(exceptions: readonly Exception[]): ReadonlyMap<string, readonly [string, Day]> {
  const days = new Map<string, readonly [string, Day]>();
  for (const { rota, zone, changes } of exceptions) {
    for (const { startAt, endAt } of changes) {
      for (let at = startAt; at < endAt; at = zone.startOf(zone.dayOf(at) + 1)) {
        const day = zone.dayOf(at);
        days.set(`${rota} ${day}`, [rota, day]);
      }
    }
  }
  return days;
}

/** "+2 −1": distinct days gained and given up. */
function tally(
  gained: ReturnType<typeof daysIn>,
  lost: ReturnType<typeof daysIn>,
  counts: (rota: string, day: Day) => boolean,
): string {
  const [more, less] = [gained, lost].map(
    (days) => new Set([...days.values()].flatMap(([rota, day]) => (counts(rota, day) ? [day] : []))).size,
  );
  return more === 0 && less === 0
    ? '–'
    : [...(more === 0 ? [] : [`+${more}`]), ...(less === 0 ? [] : [`−${less}`])].join(' ');
}

function isHoliday({ handbook, against }: Judgement, id: string, day: Day): boolean {
  const rota = handbook.rotas.get(id) ?? against.handbook.rotas.get(id);
  return rota !== undefined && holidayOn(handbook, rota, day) !== undefined;
}

function noticePart(judgement: Judgement): string {
  const { ahead, past } = judgement.against;
  const lines = [
    ...past.map((it) => pastLine(judgement, it)),
    ...ahead.map((it) => verdictLine(judgement, it)),
  ];
  const more = lines.length > 30 ? [`- and ${lines.length - 30} more`] : [];
  return ['### Is it enough notice', '', ...lines.slice(0, 30), ...more].join('\n');
}

const pairText = (judgement: Judgement, { before, after }: Exception): string =>
  [before, after].map((id) => (id === undefined ? 'nobody' : nameOf(judgement, id))).join(' → ');

function pastLine(judgement: Judgement, exception: Exception): string {
  const { handbook, pull } = judgement.against;
  const { correction } = handbook.notice;
  const said = `${pairText(judgement, exception)}, ${spanText(exception, judgement.now)}: this is past`;
  return correction !== undefined && pull?.labels.includes(correction) === true
    ? `- ✅ ${said}, and corrected with the label ${forMarkdown(correction)}`
    : `- ❌ ${said}, and stays as it was`;
}

function verdictLine(judgement: Judgement, exception: Exception): string {
  const { against, now } = judgement;
  const { zone, startAt } = exception;
  const said = `${pairText(judgement, exception)}, ${spanText(exception, judgement.now)}: ${noticeText(zone, now, startAt)} notice`;
  const verdict = verdictOf(exception, against, now);
  switch (verdict.kind) {
    case 'enough':
      return `- ✅ ${said}, which is enough`;
    case 'short':
      return `- ✅ ${said}; a short cover between colleagues needs none`;
    case 'emergency':
      return `- 🚨 ${said}; passed as an emergency, with the label ${forMarkdown(against.handbook.notice.emergency.label)} and the approval it wants`;
    case 'requested':
      return `- ⚠️ ${said}; enough counted from ${formatInstant(zone, verdict.requestedAt)}, when ${forMarkdown('planned-changes.yaml')} says that it was asked for: compare that with the request`;
    case 'little':
      return `- ⚠️ ${said}; the policy recommends ${durationText(verdict.asked)}`;
    case 'late':
      return `- ❌ ${said}; the policy asks ${durationText(verdict.asked)}${unapproved(against)}`;
  }
}

/** An emergency that is labelled as one, and not approved as one yet. */
function unapproved({ handbook, pull }: Against): string {
  const { label, approvedBy } = handbook.notice.emergency;
  if (pull?.labels.includes(label) !== true) return '';
  const who = approvedBy === 'team-leads' ? 'a lead of the team' : 'an owner of the policies';
  return `; it has the label ${forMarkdown(label)}, and ${who} has not approved it yet`;
}

function missingPart(judgement: Judgement): readonly string[] {
  const { against } = judgement;
  const changes = against.ahead.length + against.past.length;
  const [missing, unread] = [missingConsent(against), unreviewedRotas(against)];
  if (against.pull === undefined || changes + unread.length === 0) return [];
  if (missing.length + unread.length === 0)
    return against.handbook.notice.consent.length === 0 ? [] : ['### Everyone has agreed'];
  const who = (person: string) => {
    const login = personIn(against, person)?.github;
    const name = nameOf(judgement, person);
    return login === undefined
      ? `${name}, who has no github name in people and so cannot be heard`
      : `@${login} (${name})`;
  };
  const lines = missing.map((it) => `- ${who(it.person)}: ${forMarkdown(reasonText(it))}`);
  const leads = unread.map(
    ({ rota, leads }) =>
      `- ${leads.map(who).join(', or ') || 'a lead, whom no team names yet'}: whose time changes in ${forMarkdown(rota)} cannot be told, because it, or what it needs, could not be read before or after`,
  );
  return [
    ['### Still to agree', '', 'By approving this pull request as it stands:', '', ...lines, ...leads].join(
      '\n',
    ),
  ];
}

function foundPart({ findings }: Judgement): readonly string[] {
  const others = findings.filter(({ rule }) => rule !== 'consent' && rule !== 'notice');
  if (others.length === 0) return [];
  const lines = others.slice(0, 20).map(findingLine);
  return [
    [
      `### What else was found: ${countOf(others)}`,
      '',
      ...lines,
      ...(others.length > 20 ? ['- and more: the job summary has all of it'] : []),
    ].join('\n'),
  ];
}

const findingLine = (finding: LocatedFinding): string => {
  const { severity, file, line, rule } = finding;
  return `- ${severity === 'error' ? '❌' : '⚠️'} ${forMarkdown(file)} line ${line}: ${forMarkdown(describe(finding))} [${forMarkdown(rule)}]`;
};

/** The whole report of a run, for the job's summary, which GitHub drops above a megabyte. */
export function summary(findings: readonly LocatedFinding[], judgement: Judgement | undefined): string {
  const lines = [
    ...(judgement === undefined ? [] : [comment(judgement).replace(`${MARKER}\n\n`, '')]),
    `### The check: ${countOf(findings)}`,
    ...findings.map(findingLine),
  ];
  const text = lines.join('\n\n').replaceAll('\n\n- ', '\n- ');
  return text.length <= 250_000
    ? text
    : `${text.slice(0, 250_000)}\n\n… and more; run "rota check" to see all of it.`;
}
