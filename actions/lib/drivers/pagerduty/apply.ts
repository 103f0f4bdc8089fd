/**
 * Carries out a plan so that nobody is ever missing: adds, reads back, waits, changes policies, and only then removes; at the end
 * reads who is on and compares it with what was wanted. Killed after any request, it can be run again to the same end.
 *
 * The one surprise: what begins at once begins a few seconds later, because PagerDuty moves a start that is past. Until
 * then no policy calls it, and nothing that it replaces is removed.
 */

import { plural } from '../../text/plural.ts';
import { DAY, HOUR, MINUTE } from '../../time/date.ts';
import { instantText } from '../../time/format.ts';
import type { Instant } from '../../timeline.ts';
import type { ExistingOverride } from './actual.ts';
import { type Lead, MOST_AT_ONCE, type PagerDuty, PagerDutyFault } from './client.ts';
import type { DesiredState } from './desired.ts';
import type { Addition } from './override-plan.ts';
import { type Plan, type SchedulePlan, unfinished } from './plan.ts';
import { readThere } from './read.ts';

/** What applying needs of the world. */
export interface Applying {
  readonly client: PagerDuty;
  readonly clock: () => Instant;
  readonly wait: (ms: number) => Promise<void>;
  readonly progress: (doing: string) => void;
}

/** An override as an audit tells of it: ids and instants. */
interface Entry {
  readonly id: string;
  readonly user: string;
  readonly start: string;
  readonly end: string;
}

/** What was done, by ids, to be kept; nothing personal is in it. */
export interface Audit {
  readonly revision: string | null;
  readonly digest: string;
  readonly horizon: string;
  readonly began: string;
  readonly ended: string;
  readonly outcome: 'verified' | 'failed';
  readonly trouble: readonly string[];
  readonly schedules: readonly {
    readonly role: string;
    readonly schedule: string;
    readonly added: readonly Entry[];
    readonly removed: readonly Entry[];
    readonly by_hand: readonly Entry[];
  }[];
  readonly policies: readonly { readonly chain: string; readonly policy: string }[];
  readonly requests: { readonly reads: number; readonly writes: number };
}

/** How far ahead that begins which begins at once. */
const LEAD_MS = 5_000;

/** No further may our clock and PagerDuty's be apart for anything to be written. */
const MOST_APART_MS = 5_000;

/**
 * How much later than planned something certainly is so: with clocks as far apart as they may be, by a second that PagerDuty
 * does not tell, and by as long as an answer takes.
 */
const MARGIN_MS = MOST_APART_MS + 5_000;

/** Something that was not done as planned; the next run carries on from there. */
class Unfinished extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** An override as it is sent. */
type Sent = Omit<ExistingOverride, 'id'>;

/** What one run has done so far. */
interface Done {
  readonly added: Map<string, ExistingOverride[]>;
  readonly removed: Map<string, ExistingOverride[]>;
  /** When that begins on a schedule which begins at once. */
  readonly begins: Map<string, Instant>;
  readonly policies: { readonly chain: string; readonly policy: string }[];
}

/** Carries out a plan that the guard let through, and says what was done, also where it could not be finished. */
export async function apply(plan: Plan, wanted: DesiredState, world: Applying): Promise<Audit> {
  const beganAt = world.clock();
  const done: Done = { added: new Map(), removed: new Map(), begins: new Map(), policies: [] };
  let trouble: readonly string[] = [];
  try {
    if (plan.writes > 0) await carryOut(plan, wanted, world, done);
  } catch (error) {
    if (error instanceof Unfinished) trouble = error.lines;
    else if (error instanceof Error) trouble = [error.message];
    else throw error;
  }
  return {
    revision: plan.revision ?? null,
    digest: plan.digest,
    horizon: instantText(plan.horizon),
    began: instantText(beganAt),
    ended: instantText(world.clock()),
    outcome: trouble.length === 0 ? 'verified' : 'failed',
    trouble,
    schedules: plan.schedules.flatMap(({ role, schedule, foreign }) => {
      const [added, removed] = [done.added.get(schedule) ?? [], done.removed.get(schedule) ?? []];
      if (added.length + removed.length + foreign.length === 0) return [];
      const listed = (all: readonly ExistingOverride[]) => all.map(entryOf);
      return [{ role, schedule, added: listed(added), removed: listed(removed), by_hand: listed(foreign) }];
    }),
    policies: done.policies,
    requests: world.client.counts,
  };
}

const entryOf = ({ id, user, startAt, endAt }: ExistingOverride): Entry => ({
  id,
  user,
  start: instantText(startAt),
  end: instantText(endAt),
});

async function carryOut(plan: Plan, wanted: DesiredState, world: Applying, done: Done): Promise<void> {
  const { client, clock, wait, progress } = world;
  const trouble = apart(client.lead);
  if (trouble !== undefined) throw new Unfinished([trouble]);
  await addAll(plan, world, done);
  const ahead = Math.max(...done.begins.values()) + MARGIN_MS - clock();
  if (ahead > 0) {
    progress('waiting until what begins at once has begun');
    await wait(ahead);
  }
  for (const { chain, policy, body } of plan.policies) {
    progress(`changing escalation policy ${chain}`);
    await client.change(policy, body);
    done.policies.push({ chain, policy });
  }
  for (const { role, schedule, remove } of plan.schedules) {
    // What is over by itself in a moment is not worth a moment without anybody.
    const overAt = done.begins.get(schedule) ?? clock();
    for (const override of remove.filter(({ endAt }) => endAt > overAt)) {
      progress(`removing what is no longer so from ${role}`);
      await client.remove(schedule, override.id);
      done.removed.set(schedule, [...(done.removed.get(schedule) ?? []), override]);
    }
  }
  await verify(plan, wanted, world);
}

/** What was planned and guarded for another time than PagerDuty's may be wrong in every minute. */
function apart({ least, most }: Lead): string | undefined {
  const [ms, where] = least > 0 ? [least, 'before'] : [-most, 'behind'];
  if (ms <= MOST_APART_MS) return undefined;
  const [unit, size] = LENGTHS.find(([, it]) => ms >= 2 * it) ?? ['second', 1000];
  return `the clock here is ${plural(Math.round(ms / size), unit)} ${where} PagerDuty's, so nothing was written; set it right, give no other time for now, and run it again`;
}

const LENGTHS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

async function addAll(plan: Plan, world: Applying, done: Done): Promise<void> {
  const refused: string[] = [];
  for (const schedule of plan.schedules) {
    if (schedule.add.length === 0) continue;
    await world.client.ready();
    const sentAt = world.clock();
    const atOnceAt = Math.ceil(sentAt / 1000) * 1000 + LEAD_MS;
    // What was to come when it was planned may have begun since.
    const startOf = ({ startAt = sentAt }: Addition) => (startAt <= sentAt ? atOnceAt : startAt);
    if (schedule.add.some((it) => startOf(it) === atOnceAt)) done.begins.set(schedule.schedule, atOnceAt);
    const overrides = schedule.add
      .map((it): Sent => ({ ...it, startAt: startOf(it) }))
      .filter(({ startAt, endAt }) => startAt < endAt);
    if (overrides.length === 0) continue;
    world.progress(`adding ${plural(overrides.length, 'override')} to ${schedule.role}`);
    refused.push(...(await addTo(schedule, overrides, plan.horizon, world, done)));
  }
  if (refused.length > 0)
    throw new Unfinished([
      ...refused,
      'nothing was removed, and what was added counts already; mend it and run it again',
    ]);
}

/** Reads back so often, because an answer may be lost or PagerDuty may lag; sends again only what may not have arrived. */
const TRIES = 4;

/** Adds to one schedule and reads back what is there; gives what was refused, in words. */
async function addTo(
  { role, schedule }: SchedulePlan,
  overrides: readonly Sent[],
  horizon: Instant,
  { client, clock, wait }: Applying,
  done: Done,
): Promise<readonly string[]> {
  const refused: string[] = [];
  const taken = new Map<Sent, string>();
  let unsent = overrides;
  for (let attempt = 1; ; attempt++) {
    let fault: PagerDutyFault | undefined;
    for (let from = 0; from < unsent.length && fault === undefined; from += MOST_AT_ONCE) {
      const batch = unsent.slice(from, from + MOST_AT_ONCE);
      try {
        const answers = await client.add(schedule, batch);
        for (const [i, override] of batch.entries()) {
          const answer = answers[i];
          if (answer !== undefined && 'id' in answer) taken.set(override, answer.id);
          else refused.push(refusal(role, override, answer?.refusal ?? 'no reason given'));
        }
      } catch (error) {
        if (!(error instanceof PagerDutyFault && error.mayHaveHappened)) throw error;
        fault = error;
      }
    }
    const end = Math.max(horizon, ...overrides.map(({ endAt }) => endAt));
    const there = await client.schedule(schedule, { startAt: clock(), endAt: end + 1000 });
    const standing = there.kind === 'layers' ? there.overrides : [];
    const found = (it: Sent) =>
      standing.find(({ id }) => id === taken.get(it)) ?? standing.find((own) => isSame(own, it, clock()));
    done.added.set(
      schedule,
      overrides.flatMap((it) => found(it) ?? []),
    );
    const open = overrides.filter((it) => found(it) === undefined);
    if (refused.length > 0 || open.length === 0) return refused;
    if (attempt >= TRIES)
      throw (
        fault ??
        new Unfinished([`${role}: PagerDuty took ${plural(open.length, 'override')} and does not have them`])
      );
    await wait(1000 * attempt);
    unsent = open.filter((it) => !taken.has(it));
  }
}

const refusal = (role: string, { user, startAt }: Sent, why: string): string =>
  `${role}: PagerDuty refused the override for ${user} from ${instantText(startAt)}: ${why}`;

/** Whether an override is the one that was sent; PagerDuty may have moved a start that had passed, on its clock. */
const isSame = (own: ExistingOverride, sent: Sent, now: Instant): boolean =>
  own.user === sent.user &&
  own.endAt === sent.endAt &&
  (own.startAt === sent.startAt || Math.max(own.startAt, sent.startAt) <= now + MARGIN_MS);

/** Reads everything that was changed again, and is content only when there is nothing left to do and everybody is on who should be. */
async function verify(
  plan: Plan,
  wanted: DesiredState,
  { client, clock, progress }: Applying,
): Promise<void> {
  const touched = new Set(
    plan.schedules.flatMap(({ schedule, add, remove }) => (add.length + remove.length > 0 ? [schedule] : [])),
  );
  const changed = new Set(plan.policies.map(({ policy }) => policy));
  // What ended just now, ended on PagerDuty's clock.
  const now = clock() + MARGIN_MS;
  const part: DesiredState = {
    ...wanted,
    now,
    people: new Map(),
    seats: wanted.seats.filter(({ schedule }) => touched.has(schedule)),
    chains: wanted.chains.filter(({ policy }) => changed.has(policy)),
  };
  progress('reading back who is on');
  const wrong = unfinished(part, await readThere(client, part, progress, 'always'));
  if (wrong.length > 0) throw new Unfinished([...wrong, 'look at PagerDuty, then run it again']);
}
