/**
 * The text of a hand-over issue. What people ticked, and what they wrote below our part, is kept when the rest is
 * written again. Pure.
 */
import { type Handbook, roleText } from '../model.ts';
import type { HandoverDetails } from '../query/handover-details.ts';
import type { MeetingTime } from '../query/meetings.ts';
import { publishedName, teamName } from '../query/shifts.ts';
import { forMarkdown } from '../text/escape.ts';
import { formatInstant, formatSpan } from '../time/format.ts';
import type { Zone } from '../time/zone.ts';
import type { Interval } from '../timeline.ts';
import { type HandoverRecord, recordLine } from './handover-record.ts';

/** The title, from ids and times only. */
export const handoverTitle = ({ handover: { rota, zone, at } }: HandoverDetails): string =>
  `Hand-over: ${rota}, ${formatInstant(zone, at)}`;

const LISTS = {
  end: '<!-- rota: whoever hands over -->',
  start: '<!-- rota: whoever takes over -->',
} as const;
const LAST = '<!-- rota: what is written below is kept -->';

/** The whole body; what people ticked and added is taken from the body as it was. */
export function handoverBody(
  handbook: Handbook,
  details: HandoverDetails,
  record: HandoverRecord,
  old = '',
): string {
  const { checklists, handover } = details;
  const isDone = ticksIn(old);
  const list = (which: keyof typeof LISTS, heading: string) =>
    checklists[which].length === 0
      ? []
      : [
          '',
          LISTS[which],
          `### ${heading}`,
          '',
          ...checklists[which].map((item) => {
            const text = forMarkdown(item);
            return `- [${isDone(which, text) ? 'x' : ' '}] ${text}`;
          }),
        ];
  return [
    recordLine(record),
    ...head(handbook, details),
    ...comingPart(handbook, details),
    ...list(
      'end',
      `To do for ${peopleText(
        handbook,
        handover.passes.map(({ from }) => from),
      )}, who hands over`,
    ),
    ...list(
      'start',
      `To do for ${peopleText(
        handbook,
        handover.passes.map(({ to }) => to),
      )}, who takes over`,
    ),
    '',
    'Until the hand-over, this issue follows the handbook. It is closed when every box is ticked.',
    '',
    LAST,
    ...addedTo(old),
  ].join('\n');
}

const nameIn = (handbook: Handbook, person: string | undefined): string =>
  person === undefined ? 'nobody' : forMarkdown(publishedName(handbook, person));

const peopleText = (handbook: Handbook, people: readonly (string | undefined)[]): string =>
  [...new Set(people.map((person) => nameIn(handbook, person)))].join(' and ');

function head(handbook: Handbook, { handover, meeting, standup }: HandoverDetails): readonly string[] {
  const { rota: id, team, zone, at, passes } = handover;
  const rota = handbook.rotas.get(id);
  const name = `${forMarkdown(teamName(handbook, team))}, ${forMarkdown(rota?.name ?? id)}`;
  const rows = passes.map(({ role, from, to, fromRota, fromRole }) => {
    const source = fromRota === id ? '' : ` (${roleText({ rota: fromRota, role: fromRole })})`;
    return `| ${role} | ${nameIn(handbook, from)}${source} | ${nameIn(handbook, to)} |`;
  });
  return [
    `**${name}** is handed over on **${formatInstant(zone, at)}** (${zone.name}).`,
    '',
    '| Role | Hands over | Takes over |',
    '|---|---|---|',
    ...rows,
    ...meetingLines(zone, 'Hand-over meeting', meeting),
    ...meetingLines(zone, 'Stand-up', standup),
  ];
}

const meetingLines = (zone: Zone, name: string, it: MeetingTime | undefined): readonly string[] => {
  if (it === undefined) return [];
  const where = it.where === undefined ? '' : `, ${placeText(it.where)}`;
  return ['', `${name}: ${formatSpan(zone, it.startAt, it.endAt)}${where}`];
};

/** An address is a link where it has no character that could end it. */
const placeText = (where: string): string =>
  /^https:\/\/[\w.~/?&=%#-]+$/.test(where) ? `<${where}>` : forMarkdown(where);

/** More lines of one kind are not shown. */
const MOST_LINES = 20;

function comingPart(handbook: Handbook, details: HandoverDetails): readonly string[] {
  const { handover, coming, changes, absences, swaps } = details;
  const { zone } = handover;
  const when = ({ startAt, endAt }: Interval) =>
    Number.isFinite(endAt) ? formatSpan(zone, startAt, endAt) : `from ${formatInstant(zone, startAt)} on`;
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
    ...all.slice(0, MOST_LINES).map((line) => `- ${line}`),
    ...(all.length > MOST_LINES ? [`- … and ${all.length - MOST_LINES} more of this kind`] : []),
  ]);
  return [
    '',
    `### Until ${formatInstant(zone, coming.endAt)}`,
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

/** What people wrote below our part. */
function addedTo(body: string): readonly string[] {
  const lines = linesOf(body);
  const last = lines.indexOf(LAST);
  return last < 0 ? [] : lines.slice(last + 1);
}

/** Whether there are boxes, and all of them are ticked. */
export function isAllTicked(body: string): boolean {
  const marks = linesOf(body).flatMap((line) => BOX.exec(line)?.[1] ?? []);
  return marks.length > 0 && !marks.includes(' ');
}
