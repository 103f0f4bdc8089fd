/**
 * The issue of each hand-over: opened on the working day before, as the handbook says until the hand-over, and closed
 * when its boxes are ticked or its hand-over is no more. Takes a handbook and the issues that there are, returns what
 * to do. Pure: running it again on the result gives nothing to do.
 */
import type { Handbook, Rota } from '../model.ts';
import { handoverDetails } from '../query/handover-details.ts';
import { announcedHandovers, type HandoverEvent } from '../query/handovers.ts';
import { workingDayBefore } from '../query/meetings.ts';
import { resolve } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import { turnText } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';
import { handoverBody, handoverTitle, isAllTicked, withRecord } from './handover-body.ts';
import { type HandoverRecord, handoverKey, recordIn } from './handover-record.ts';

/** The label by which the issues are found. */
export const HANDOVER_LABEL = {
  name: 'hand-over',
  color: '0e8a16',
  description: 'A hand-over of a rota, with what to do',
};

/** An issue of ours, as it is. */
export interface HandoverIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly assignees: readonly string[];
}

/** What to do with one issue. A comment has a first line by which it is found again. */
export type IssueStep =
  | {
      readonly kind: 'create';
      readonly record: HandoverRecord;
      readonly title: string;
      readonly body: string;
    }
  | {
      readonly kind: 'update';
      readonly number: number;
      readonly change: Partial<Pick<HandoverIssue, 'title' | 'body' | 'assignees' | 'isOpen'>>;
      /** Those of the assignees who are new. */
      readonly asked: readonly string[];
      readonly comment: string | undefined;
    }
  | {
      readonly kind: 'close';
      readonly number: number;
      readonly reason: 'completed' | 'not_planned';
      readonly body: string | undefined;
      readonly comment: string | undefined;
    };

/** The beginning of our comment on such an issue. */
export const HANDOVER_COMMENT = '<!-- rota-hand-over-state -->';

/** How far from now hand-overs are looked at. */
const SPAN = 35 * DAY;

interface Recorded {
  readonly issue: HandoverIssue;
  readonly record: HandoverRecord;
}

/** When a run is, and the folder of its handbook in the repository. */
export interface IssueRun {
  readonly now: Instant;
  readonly folder: string;
}

/** The steps that bring the issues of a handbook of which all could be read up to date. */
export function planHandoverIssues(
  handbook: Handbook,
  issues: readonly HandoverIssue[],
  { now, folder }: IssueRun,
): readonly IssueStep[] {
  const recorded = issues
    .toSorted((one, other) => one.number - other.number)
    .flatMap((issue): Recorded[] => {
      const record = recordIn(issue.body);
      return record?.folder === folder ? [{ issue, record }] : [];
    });
  const first = new Map<string, Recorded>();
  for (const it of recorded) if (!first.has(idOf(it.record))) first.set(idOf(it.record), it);
  const twins = recorded.filter((it) => it.issue.isOpen && first.get(idOf(it.record)) !== it);
  const desired = desiredHandovers(handbook, now);
  const pairs = paired(handbook, desired, [...first.values()], now);
  const unpaired = [...first.values()].filter((it) => ![...pairs.values()].includes(it));
  return [
    ...twins.map((it) => twinStep(it.issue, first.get(idOf(it.record))?.issue.number ?? 0)),
    ...desired.flatMap((it) => stepsFor(handbook, it, pairs.get(it), { now, folder })),
    ...unpaired.flatMap((it) => stepsWithout(handbook, it, now)),
  ];
}

const idOf = ({ rota, key }: Pick<HandoverRecord, 'rota' | 'key'>): string => `${rota} ${key}`;

/** The hand-overs that have issues: of turns, and daily ones where a team wants them, if it has checklists. */
const desiredHandovers = (handbook: Handbook, now: Instant): readonly HandoverEvent[] =>
  announcedHandovers(handbook, { startAt: now - SPAN, endAt: now + SPAN }).filter(
    ({ kind, team }) => kind !== 'cover' && hasChecklists(handbook, team),
  );

const hasChecklists = ({ teams }: Handbook, team: string): boolean => {
  const { start, end } = teams.get(team)?.checklists ?? { start: [], end: [] };
  return start.length + end.length > 0;
};

/** Which issue belongs to which hand-over: the one of its name, or one whose turn does not exist any more. */
function paired(
  handbook: Handbook,
  desired: readonly HandoverEvent[],
  recorded: readonly Recorded[],
  now: Instant,
): ReadonlyMap<HandoverEvent, Recorded> {
  const byId = new Map(recorded.map((it) => [idOf(it.record), it]));
  const pairs = new Map<HandoverEvent, Recorded>();
  for (const it of desired) {
    const found = byId.get(idOf({ rota: it.rota, key: handoverKey(it) }));
    if (found !== undefined) pairs.set(it, found);
  }
  const taken = new Set(pairs.values());
  for (const it of recorded) {
    if (taken.has(it) || !it.issue.isOpen || it.record.at <= now || !hasMoved(handbook, it.record)) continue;
    const near = desired.filter(
      (each) =>
        !pairs.has(each) &&
        each.rota === it.record.rota &&
        each.at > now &&
        dayOf(handoverKey(each)) === dayOf(it.record.key) &&
        Math.abs(each.at - it.record.at) < 8 * DAY,
    );
    const distance = ({ at }: HandoverEvent) => Math.abs(at - it.record.at);
    const nearest = near.toSorted((one, other) => distance(one) - distance(other))[0];
    if (nearest !== undefined) pairs.set(nearest, it);
  }
  return pairs;
}

const isDaily = (key: string): boolean => key.startsWith('daily ');

/** The day of a daily hand-over, which stays the same when its time moves. */
const dayOf = (key: string): string | undefined =>
  isDaily(key) ? key.slice(0, -'T00:00'.length) : undefined;

/** Whether the turn of a record is none of the rota's any more; a daily hand-over has no turn of its own. */
function hasMoved(handbook: Handbook, { rota: id, key, at }: HandoverRecord): boolean {
  const rota = handbook.rotas.get(id);
  if (rota === undefined) return false;
  if (isDaily(key)) return true;
  const span = { startAt: at - 8 * DAY, endAt: at + 8 * DAY };
  const { roles } = resolve({ ...handbook, rotas: new Map([[id, rota]]) }, span);
  return ![...roles.values()].some(({ list }) => list.some(({ on }) => turnText(on) === key));
}

function stepsFor(
  handbook: Handbook,
  handover: HandoverEvent,
  pair: Recorded | undefined,
  { now, folder }: IssueRun,
): readonly IssueStep[] {
  if (pair?.issue.isOpen === true && isAllTicked(pair.issue.body)) return [completed(pair.issue)];
  const isOver = handover.at <= now;
  const isClosed = pair !== undefined && !pair.issue.isOpen && !pair.record.isGone;
  if (isOver || isClosed || (pair === undefined && now < opensAt(handbook, handover))) return [];
  const details = handoverDetails(handbook, handover);
  if (details === undefined) return [];
  const logins = loginsOf(handbook, handover);
  const common = { folder, rota: handover.rota, key: handoverKey(handover), at: handover.at, isGone: false };
  const title = handoverTitle(details);
  if (pair === undefined) {
    const record = { ...common, assigned: [] };
    return [{ kind: 'create', record, title, body: handoverBody(handbook, details, record) }];
  }
  const { issue, record } = pair;
  const body = handoverBody(handbook, details, { ...common, assigned: logins }, issue.body);
  const asked = logins.filter((login) => !has(record.assigned, login));
  const kept = issue.assignees.filter((it) => !has(record.assigned, it) || has(logins, it));
  const assignees = [...kept, ...asked.filter((login) => !has(kept, login))];
  const change = {
    ...(issue.title === title ? {} : { title }),
    ...(issue.body.replaceAll('\r\n', '\n') === body ? {} : { body }),
    ...(sameSet(assignees, issue.assignees) ? {} : { assignees }),
    ...(issue.isOpen ? {} : { isOpen: true }),
  };
  const comment = issue.isOpen ? undefined : 'This hand-over is planned again, so this issue is open again.';
  return Object.keys(change).length === 0
    ? []
    : [{ kind: 'update', number: issue.number, change, asked, comment }];
}

/** Whether a login is in a list; GitHub writes it as its owner does, the handbook in any case. */
const has = (logins: readonly string[], login: string): boolean =>
  logins.some((it) => it.toLowerCase() === login.toLowerCase());

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((it) => has(other, it));

/** GitHub assigns no more people to an issue. */
const MOST_ASSIGNEES = 10;

const loginsOf = ({ people }: Handbook, { passes }: HandoverEvent): readonly string[] => {
  const ids = passes.flatMap(({ from, to }) => [from, to]);
  const logins = ids.flatMap((id) => people.get(id ?? '')?.github ?? []);
  return [...new Set(logins)].slice(0, MOST_ASSIGNEES);
};

/** The start of the working day before a hand-over. */
function opensAt(handbook: Handbook, { rota: id, at, zone }: HandoverEvent): Instant {
  const rota = handbook.rotas.get(id) as Rota;
  return zone.startOf(workingDayBefore(handbook, rota, zone.dayOf(at)));
}

/** For an issue whose hand-over is not among those that should be: it is over, or no more. */
function stepsWithout(handbook: Handbook, { issue, record }: Recorded, now: Instant): readonly IssueStep[] {
  if (!issue.isOpen) return [];
  if (isAllTicked(issue.body)) return [completed(issue)];
  if (record.at <= now) return [];
  return [
    {
      kind: 'close',
      number: issue.number,
      reason: 'not_planned',
      body: withRecord(issue.body, { ...record, isGone: true }),
      comment: `This hand-over is no more: ${whyGone(handbook, record)}`,
    },
  ];
}

function whyGone(handbook: Handbook, { rota: id }: HandoverRecord): string {
  const rota = handbook.rotas.get(id);
  if (rota === undefined) return 'its rota is not in the handbook any more.';
  if (!hasChecklists(handbook, rota.team)) return 'its team has no checklists any more.';
  return 'by the handbook, nobody takes over from anybody else at that time any more.';
}

const completed = ({ number }: HandoverIssue): IssueStep => ({
  kind: 'close',
  number,
  reason: 'completed',
  body: undefined,
  comment: undefined,
});

const twinStep = ({ number }: HandoverIssue, first: number): IssueStep => ({
  kind: 'close',
  number,
  reason: 'not_planned',
  body: undefined,
  comment: `This issue is a duplicate of #${first}.`,
});
