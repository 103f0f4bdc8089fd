/**
 * The text of a hand-over issue. What people ticked, and what they wrote above or below our part, is kept when the rest
 * is written again. Pure.
 */
import { type Handbook, roleText } from '../model.ts';
import type { HandoverDetails } from '../query/handover-details.ts';
import type { MeetingTime } from '../query/meetings.ts';
import { publishedName, teamName } from '../query/shifts.ts';
import { forMarkdown } from '../text/escape.ts';
import { formatExactly, formatSpanExactly } from '../time/format.ts';
import type { Zone } from '../time/zone.ts';
import type { Interval } from '../timeline.ts';
import { type HandoverRecord, isRecordLine, recordLine } from './handover-record.ts';

/** The title, from ids and times only. */
export const handoverTitle = ({ handover: { rota, zone, at } }: HandoverDetails): string =>
  `Hand-over: ${rota}, ${formatExactly(zone, at)}`;

const LISTS = {
  end: '<!-- rota: whoever hands over -->',
  start: '<!-- rota: whoever takes over -->',
} as const;
const LAST = '<!-- rota: what is written below is kept -->';

/** GitHub takes no longer body. */
const MOST_SIGNS = 65_536;

/** The whole body, with what people ticked and added in the body as it was. Long lists are cut where it is full. */
export function handoverBody(
  handbook: Handbook,
  details: HandoverDetails,
  record: HandoverRecord,
  old = '',
): string {
  const { checklists, handover } = details;
  const longest = Math.max(
    MOST_LINES,
    handover.passes.length,
    checklists.start.length,
    checklists.end.length,
  );
  for (let most = longest; ; most--) {
    const body = bodyWith(handbook, details, record, { old, most });
    if (body.length <= MOST_SIGNS || most === 0) return body;
  }
}

/** The body with so many items of each list. */
function bodyWith(
  handbook: Handbook,
  details: HandoverDetails,
  record: HandoverRecord,
  { old, most }: { readonly old: string; readonly most: number },
): string {
  const { passes } = details.handover;
  const isDone = ticksIn(old);
  const list = (which: keyof typeof LISTS, heading: string): readonly string[] => {
    const all = details.checklists[which];
    if (all.length === 0) return [];
    const boxes = all.slice(0, most).map((item) => {
      const text = forMarkdown(item);
      return `- [${isDone(which, text) ? 'x' : ' '}] ${text}`;
    });
    return ['', LISTS[which], `### ${heading}`, '', ...boxes, ...moreLine(all.length - most, 'in team.yaml')];
  };
  const [givers, takers] = [passes.map(({ from }) => from), passes.map(({ to }) => to)];
  return [
    recordLine(record),
    ...head(handbook, details, most),
    ...comingPart(handbook, details, Math.min(most, MOST_LINES)),
    ...list('end', `To do for ${peopleText(handbook, givers, ['hands', 'hand'])}`),
    ...list('start', `To do for ${peopleText(handbook, takers, ['takes', 'take'])}`),
    '',
    'Until the hand-over, this issue follows the handbook. It is closed when every box is ticked.',
    '',
    LAST,
    ...addedTo(old),
  ].join('\n');
}

const moreLine = (more: number, of: string): readonly string[] =>
  more > 0 ? [`- … and ${more} more ${of}`] : [];

const nameIn = (handbook: Handbook, person: string | undefined): string =>
  person === undefined ? 'nobody' : forMarkdown(publishedName(handbook, person));

function peopleText(
  handbook: Handbook,
  people: readonly (string | undefined)[],
  [one, several]: readonly [string, string],
): string {
  const names = [...new Set(people.map((person) => nameIn(handbook, person)))];
  return `${names.join(' and ')}, who ${names.length > 1 ? several : one} over`;
}

function head(
  handbook: Handbook,
  { handover, meeting, standup }: HandoverDetails,
  most: number,
): readonly string[] {
  const { rota: id, team, zone, at, passes } = handover;
  const rota = handbook.rotas.get(id);
  const name = `${forMarkdown(teamName(handbook, team))}, ${forMarkdown(rota?.name ?? id)}`;
  const rows = passes.slice(0, most).map(({ role, from, to, fromRota, fromRole }) => {
    const source = fromRota === id ? '' : ` (${roleText({ rota: fromRota, role: fromRole })})`;
    return `| ${role} | ${nameIn(handbook, from)}${source} | ${nameIn(handbook, to)} |`;
  });
  return [
    `**${name}** is handed over on **${formatExactly(zone, at)}** (${zone.name}).`,
    '',
    '| Role | Hands over | Takes over |',
    '|---|---|---|',
    ...rows,
    ...(passes.length > most ? [`| … and ${passes.length - most} more | | |`] : []),
    ...meetingLines(zone, 'Hand-over meeting', meeting),
    ...meetingLines(zone, 'Stand-up', standup),
  ];
}

const meetingLines = (zone: Zone, name: string, it: MeetingTime | undefined): readonly string[] => {
  if (it === undefined) return [];
  const where = it.where === undefined ? '' : `, ${placeText(it.where)}`;
  return ['', `${name}: ${formatSpanExactly(zone, it.startAt, it.endAt)}${where}`];
};

/** An address is a link where it has no character that could end it. */
const placeText = (where: string): string =>
  /^https:\/\/[\w.~/?&=%#-]+$/.test(where) ? `<${where}>` : forMarkdown(where);

/** More lines of one kind are not shown. */
const MOST_LINES = 20;

function comingPart(handbook: Handbook, details: HandoverDetails, most: number): readonly string[] {
  const { handover, coming, changes, absences, swaps } = details;
  const { zone } = handover;
  const when = ({ startAt, endAt }: Interval) =>
    Number.isFinite(endAt)
      ? formatSpanExactly(zone, startAt, endAt)
      : `from ${formatExactly(zone, startAt)} on`;
  const kinds = [
    changes.map((it) => `Planned change, ${when(it)}: ${forMarkdown(it.summary)} (${it.service})`),
    absences.map((it) => `Away, ${when(it)}: ${nameIn(handbook, it.person)}`),
    swaps.flatMap(({ kind, role, person, instead, spans }) =>
      spans.map((span) => {
        const how = kind === 'extra' ? ', extra time' : ` instead of ${nameIn(handbook, instead)}`;
        return `Cover, ${when(span)}: ${nameIn(handbook, person)}${how} (${role})`;
      }),
    ),
  ];
  const lines = kinds.flatMap((all) => [
    ...all.slice(0, most).map((line) => `- ${line}`),
    ...moreLine(all.length - most, 'of this kind'),
  ]);
  return [
    '',
    `### Until ${formatExactly(zone, coming.endAt)}`,
    '',
    ...(lines.length > 0 ? lines : ['- nothing special']),
  ];
}

const linesOf = (body: string): readonly string[] => body.replaceAll('\r\n', '\n').split('\n');

const BOX = /^\s*[-*] \[([ xX])\] (.*)$/;

/** Which items of which list are ticked. */
function ticksIn(body: string): (list: keyof typeof LISTS, item: string) => boolean {
  const ticked = new Set<string>();
  let list = '';
  for (const line of linesOf(body)) {
    if (line === LISTS.end || line === LISTS.start || line === LAST) list = line;
    const [, mark, item = ''] = BOX.exec(line) ?? [];
    if (mark === 'x' || mark === 'X') ticked.add(list + item.trimEnd());
  }
  return (which, item) => ticked.has(LISTS[which] + item);
}

/** What people wrote above our part, which goes below it, and what they wrote there. */
function addedTo(body: string): readonly string[] {
  const lines = linesOf(body);
  const last = lines.indexOf(LAST);
  const above = lines.slice(0, Math.max(0, lines.findIndex(isRecordLine)));
  return [...above, ...(last < 0 ? [] : lines.slice(last + 1))];
}

/** A body with another record, and nothing else changed. */
export const withRecord = (body: string, record: HandoverRecord): string =>
  linesOf(body)
    .map((line) => (isRecordLine(line) ? recordLine(record) : line))
    .join('\n');

/** Whether there are boxes, and all of them are ticked. */
export function isAllTicked(body: string): boolean {
  const marks = linesOf(body).flatMap((line) => BOX.exec(line)?.[1] ?? []);
  return marks.length > 0 && !marks.includes(' ');
}
