import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  digestOf
} from "./shared-M45YPTFK.js";
import {
  GitHub,
  connect,
  gitAccess,
  isForbidden,
  readApplied,
  standing
} from "./shared-Q6LQOBD2.js";
import {
  DAY,
  HOUR,
  MINUTE,
  annotate,
  byPerson,
  clip,
  difference,
  eachRole,
  elapsedOf,
  error,
  forMarkdown,
  forTerminal,
  getInput,
  indexFrom,
  info,
  instantText,
  layered,
  merge,
  nowOf,
  overlay,
  placed,
  planPart,
  plural,
  publishedSpan,
  readFolder,
  restrict,
  roleText,
  setOutput,
  setSecret,
  spoken,
  spokenSpan,
  summary,
  summary2,
  tell,
  undecided,
  warning,
  within,
  without,
  zoneOf
} from "./shared-7UASCU2K.js";

// actions/pagerduty/main.ts
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause2 } from "node:timers/promises";

// actions/lib/plan/guard.ts
var REASONS = [
  "lost-cover",
  "emptied-level",
  "many-writes",
  "not-the-tip",
  "forgotten",
  "undecided"
];
var LEAST_AHEAD = 14 * DAY;
function guard(wanted, plan2, terms) {
  const isEmpty = plan2.writes === 0;
  const refusals = [
    ...plan2.covers.flatMap(lostCover),
    ...plan2.reaches.flatMap(lostReach),
    ...plan2.policies.flatMap(emptiedLevels),
    ...manyWrites(plan2.writes, terms),
    ...isEmpty ? [] : notTheTip(terms),
    ...terms.forgotten.map(forgot),
    ...soonUndecided(wanted),
    ...anotherPlan(plan2.digest, terms)
  ];
  return refusals.filter(({ reason: reason2 }) => reason2 === "another-plan" || !terms.allow.includes(reason2));
}
var allowedBy = (reason2) => `if it is meant, allow ${reason2}`;
function lostCover({ role, schedule, zone, spot, before, after }) {
  const when = lostText(zone, before, after);
  if (when === void 0) return [];
  const message = `${role} would have nobody in PagerDuty's ${schedule} ${when}, where somebody is now; give the schedule a layer there that it falls back to, or, ${allowedBy("lost-cover")}`;
  return [{ reason: "lost-cover", message, spot }];
}
function lostReach({ chain, policy: policy2, zone, spot, before, after }) {
  const when = lostText(zone, before, after);
  if (when === void 0) return [];
  const message = `${chain} would reach nobody by PagerDuty's ${policy2} ${when}, where it reaches somebody now; call a person at its last level, or, ${allowedBy("lost-cover")}`;
  return [{ reason: "lost-cover", message, spot }];
}
function lostText(zone, before, after) {
  const lost = merge(without(before, after), () => true);
  const [first] = lost;
  if (first === void 0) return void 0;
  const more = lost.length > 1 ? ` and ${lost.length - 1} more time${lost.length > 2 ? "s" : ""}` : "";
  return `${spokenSpan(zone, first.startAt, first.endAt)}${more}`;
}
function emptiedLevels({
  chain,
  policy: policy2,
  before,
  after,
  spot
}) {
  const empty = after.levels.findIndex(({ targets }) => targets.length === 0);
  const gone = before.levels.length - after.levels.length;
  const refuse = (message) => ({ reason: "emptied-level", message, spot });
  return [
    ...empty < 0 ? [] : [
      refuse(
        `level ${empty + 1} of ${chain} would call nobody in PagerDuty's ${policy2}; ${allowedBy("emptied-level")}`
      )
    ],
    ...gone <= 0 ? [] : [
      refuse(
        `${chain} has ${levelsText(after)} and PagerDuty's ${policy2} has ${levelsText(before)}; ${allowedBy("emptied-level")}`
      )
    ]
  ];
}
var levelsText = ({ levels }) => `${levels.length} level${levels.length === 1 ? "" : "s"}`;
function manyWrites(writes, { mostWrites }) {
  if (writes <= mostWrites) return [];
  const message = `this makes ${writes} change${writes === 1 ? "" : "s"}, and ${mostWrites} are let through at once; look at them, and ${allowedBy("many-writes")}`;
  return [{ reason: "many-writes", message, spot: void 0 }];
}
function notTheTip({ revision, tip }) {
  if (revision !== void 0 && revision === tip) return [];
  const message = tip === void 0 || revision === void 0 ? `nobody can tell whether this is what the main branch says; commit, push and fetch, or, ${allowedBy("not-the-tip")}` : `this is ${revision.slice(0, 10)}, and the main branch is at ${tip.slice(0, 10)}; apply that, or, ${allowedBy("not-the-tip")}`;
  return [{ reason: "not-the-tip", message, spot: void 0 }];
}
function forgot({ revision, why, isThere }) {
  const message = `what was applied at ${revision} cannot be read (${why}), so what it pushed would stay as if made by hand; ${isThere ? "" : "fetch it, or, "}${allowedBy("forgotten")}`;
  return { reason: "forgotten", message, spot: void 0 };
}
function soonUndecided({ now, publishedUntil, seats }) {
  const untilAt = now + LEAST_AHEAD;
  const short = publishedUntil < untilAt ? [
    `the handbook is published less than 14 days ahead; raise "ahead" in policies/publishing.yaml, or, ${allowedBy("undecided")}`
  ] : [];
  return [
    ...short.map((message) => ({ reason: "undecided", message, spot: void 0 })),
    ...seats.flatMap(
      ({ role, zone, undecidedAt, spot }) => undecidedAt === void 0 || undecidedAt >= untilAt ? [] : [
        {
          reason: "undecided",
          message: `nobody is decided for ${role} from ${spoken(zone, undecidedAt)} on, less than 14 days ahead; add turns or a rotation entry, or, ${allowedBy("undecided")}`,
          spot
        }
      ]
    )
  ];
}
function anotherPlan(digest, { approved }) {
  if (approved === void 0 || approved === digest) return [];
  const message = `the plan that was approved is ${approved}, and this one is ${digest}; look at it, and approve it again`;
  return [{ reason: "another-plan", message, spot: void 0 }];
}

// actions/lib/plan/overrides.ts
var MOMENT = MINUTE;
function overridePlan(seat, overrides2, now) {
  const standing2 = overrides2.filter(({ endAt }) => endAt > now);
  const right = standing2.filter((it) => isWithin(it, seat.now, now));
  const others = standing2.filter((it) => !right.includes(it));
  const remove = others.filter((it) => seat.applied.some((cover) => isWithin(it, cover, now)));
  const foreign = others.filter((it) => !remove.includes(it));
  const held = layered([...right, ...foreign].map(({ startAt, endAt }) => ({ startAt, endAt, value: true })));
  const leastAt = remove.some(({ startAt }) => startAt <= now) ? now : now + MOMENT;
  const open = without(seat.cover, held).filter(({ endAt }) => endAt > leastAt);
  const add = open.map(({ startAt, endAt, value }) => ({
    user: value,
    startAt: startAt <= now ? void 0 : startAt,
    endAt
  }));
  return { add, remove, right, foreign };
}
function isWithin({ startAt, endAt, user }, cover, now) {
  const ahead = { startAt: Math.max(startAt, now), endAt };
  const span = cover[indexFrom(cover, ahead.startAt)];
  return span !== void 0 && span.value === user && span.startAt <= ahead.startAt && span.endAt >= ahead.endAt;
}
function coverAfter({ add, right, foreign }, { final, base }, span) {
  const added2 = add.map(({ user, startAt = span.startAt, endAt }) => ({ startAt, endAt, user }));
  const ours = layered(
    [...right, ...added2].map(({ startAt, endAt, user }) => ({ startAt, endAt, value: user }))
  );
  const byHand = layered(foreign.map(({ startAt, endAt, user }) => ({ startAt, endAt, value: user })));
  const staying = Map.groupBy([...right, ...foreign], ({ user }) => user);
  const shown = [...staying].map(
    ([user, own]) => restrict(
      final.filter(({ value }) => value === user),
      layered(own.map(({ startAt, endAt }) => ({ startAt, endAt, value: true })))
    )
  );
  return clip([ours, byHand, ...shown].reduce(overlay, base), span);
}

// actions/lib/plan/policies.ts
var LAST_DELAY = 30;
function policyPlan(chain, there) {
  const levels = chain.levels.map(({ delayMinutes, targets }, i) => ({
    delayMinutes: delayMinutes ?? there.levels[i]?.delayMinutes ?? LAST_DELAY,
    targets
  }));
  const after = { levels, repeats: chain.repeats };
  const before = { levels: there.levels.map(plain), repeats: there.repeats };
  if (alike(before, after)) return void 0;
  const used = /* @__PURE__ */ new Set();
  const free = (it) => {
    if (it === void 0 || used.has(it)) return void 0;
    used.add(it);
    return it;
  };
  const same = levels.map(
    ({ targets }) => free(there.levels.find((it) => !used.has(it) && sameTargets(it.targets, targets)))
  );
  const rules = levels.map((level, i) => {
    const base = same[i] ?? free(there.levels[i]);
    return { ...base?.raw, ...ruleOf(level, base) };
  });
  const body = { ...there.raw, escalation_rules: rules, num_loops: chain.repeats };
  return { chain: chain.chain, policy: chain.policy, before, after, body };
}
var plain = ({ delayMinutes, targets }) => ({ delayMinutes, targets });
function ruleOf({ delayMinutes, targets }, base) {
  const unchanged = base !== void 0 && sameTargets(base.targets, targets);
  return {
    escalation_delay_in_minutes: delayMinutes,
    targets: (unchanged ? base.targets : targets).map(({ id, type }) => ({ id, type }))
  };
}
var keyOf = ({ type, id }) => `${type} ${id}`;
var sameTargets = (one, other) => {
  const keys = new Set(one.map(keyOf));
  return keys.size === new Set(other.map(keyOf)).size && other.every((it) => keys.has(keyOf(it)));
};
var alike = (one, other) => one.repeats === other.repeats && one.levels.length === other.levels.length && one.levels.every((level, i) => {
  const second = other.levels[i];
  return second !== void 0 && level.delayMinutes === second.delayMinutes && sameTargets(level.targets, second.targets);
});

// actions/lib/plan/reach.ts
var SCHEDULE = "schedule_reference";
var isNeverEmpty = ({ levels }) => levels.some(({ targets }) => targets.some(({ type }) => type !== SCHEDULE));
var schedulesIn = ({ levels }) => levels.flatMap(({ targets }) => targets.flatMap(({ type, id }) => type === SCHEDULE ? [id] : []));
function decisive({ before, after }) {
  if (isNeverEmpty(after)) return [];
  return [.../* @__PURE__ */ new Set([...isNeverEmpty(before) ? [] : schedulesIn(before), ...schedulesIn(after)])];
}
function reachOf({ chain, policy: policy2, before, after }, span, { schedules, rendered: rendered2 }, own) {
  const always = [{ ...span, value: true }];
  const during = (cover) => clip(cover, span).map(({ startAt, endAt }) => ({ startAt, endAt, value: true }));
  const union = (ladder, coverOn) => isNeverEmpty(ladder) ? always : layered(schedulesIn(ladder).flatMap(coverOn));
  const now = (schedule) => {
    if (schedules.get(schedule)?.kind === "missing") return [];
    const found = rendered2.get(schedule);
    return found === void 0 ? always : during(found.final);
  };
  const [zone = zoneOf("UTC")] = [...schedulesIn(after), ...schedulesIn(before)].flatMap(
    (schedule) => own.get(schedule)?.zone ?? []
  );
  return {
    chain,
    policy: policy2,
    zone,
    before: union(before, now),
    after: union(after, (schedule) => during(own.get(schedule)?.after ?? []))
  };
}

// actions/lib/plan/wanted.ts
var BEYOND = 366 * DAY;
var OVERHANG = 31 * DAY;
var APPLIED_ON = [1, 20];
var APPLIED_AT = 4 * HOUR + 11 * MINUTE;
function lastApplied(now) {
  const date = new Date(now);
  const runs = [-1, 0].flatMap(
    (more) => APPLIED_ON.map((day) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + more, day) + APPLIED_AT)
  );
  return Math.max(...runs.filter((run) => run < now));
}
var settled = (handbook, applied, now) => wantedOf(handbook, applied, now, publishedSpan(handbook, lastApplied(now)).endAt);
function wantedOf(handbook, applied, now, horizon = publishedSpan(handbook, now).endAt) {
  const reach = { now, horizon, publishedUntil: publishedSpan(handbook, now).endAt };
  const far = { startAt: now, endAt: horizon + BEYOND };
  const before = applied.map((own) => pushed(own, far));
  const seats = [...pushed(handbook, far).values()].map((it) => seatOf(it, before, reach));
  const mentioned = new Set(seats.map(({ schedule }) => schedule));
  const dropped = new Map(before.flatMap((own) => [...own]).filter(([schedule]) => !mentioned.has(schedule)));
  for (const it of dropped.values())
    seats.push({
      ...seatOf(it, before, reach),
      isNamed: false,
      cover: [],
      now: [],
      undecidedAt: void 0
    });
  const chains = [...handbook.escalations.values()].flatMap((chain) => chainOf(handbook, chain) ?? []);
  return {
    ...reach,
    seats,
    chains,
    people: peopleIn(handbook, seats, chains),
    names: namesIn(handbook, applied)
  };
}
function pushed(handbook, span) {
  const rotas = [...handbook.rotas].filter(
    ([, { roles }]) => [...roles.values()].some(({ schedule }) => schedule !== void 0)
  );
  const found = /* @__PURE__ */ new Map();
  for (const cover of eachRole({ ...handbook, rotas: new Map(rotas) }, span)) {
    const { schedule } = cover.role;
    if (schedule === void 0) continue;
    found.set(schedule, { cover, schedule, users: usersOf(handbook, cover) });
  }
  return found;
}
var usersOf = (handbook, { cover }) => byPerson(cover).flatMap(({ startAt, endAt, value }) => {
  const user = handbook.people.get(value.person)?.pagerduty;
  return user === void 0 ? [] : [{ startAt, endAt, value: user }];
});
function seatOf({ cover, schedule, users: users2 }, before, { now, horizon, publishedUntil }) {
  return {
    role: roleText({ rota: cover.rota.id, role: cover.role.id }),
    schedule,
    isNamed: true,
    zone: cover.rota.zone,
    cover: clip(users2, { startAt: now, endAt: horizon + OVERHANG }).filter(
      ({ startAt }) => startAt < horizon
    ),
    now: users2,
    applied: before.flatMap((own) => [own.get(schedule)?.users ?? []]),
    undecidedAt: cover.role.counts ? undecided(cover, { startAt: now, endAt: publishedUntil })[0]?.startAt : void 0,
    spot: cover.role.spot
  };
}
function chainOf(handbook, chain) {
  if (chain.policy === void 0) return void 0;
  const levels = chain.levels.map(({ notify, escalateAfter }) => {
    const elapsed = escalateAfter === void 0 ? void 0 : elapsedOf(escalateAfter);
    return {
      delayMinutes: elapsed === void 0 ? void 0 : elapsed / MINUTE,
      targets: notify.flatMap((it) => targetOf(handbook, it) ?? [])
    };
  });
  return { chain: chain.id, policy: chain.policy, levels, repeats: chain.repeats, spot: chain.spot };
}
function targetOf(handbook, it) {
  const id = it.kind === "role" ? handbook.rotas.get(it.role.rota)?.roles.get(it.role.role)?.schedule : handbook.people.get(it.person)?.pagerduty;
  if (id === void 0) return void 0;
  return { type: it.kind === "role" ? "schedule_reference" : "user_reference", id };
}
function peopleIn({ people }, seats, chains) {
  const called = chains.flatMap(({ levels }) => levels.flatMap(({ targets }) => targets));
  const users2 = /* @__PURE__ */ new Set([
    ...seats.flatMap(({ cover }) => cover.map(({ value }) => value)),
    ...called.filter(({ type }) => type === "user_reference").map(({ id }) => id)
  ]);
  return new Map(
    [...people.values()].flatMap(
      ({ id, pagerduty, spot }) => pagerduty !== void 0 && users2.has(pagerduty) ? [[pagerduty, { id, spot }]] : []
    )
  );
}
var namesIn = (handbook, applied) => new Map(
  [...applied, handbook].flatMap(
    ({ people, contacts }) => [...people.values(), ...contacts.values()].flatMap(
      ({ id, pagerduty }) => pagerduty === void 0 ? [] : [[pagerduty, id]]
    )
  )
);

// actions/lib/plan/plan.ts
function missing({ seats, chains, people }, there) {
  const found = (place, message) => ({
    rule: "pagerduty",
    severity: "error",
    message,
    place
  });
  return [
    ...seats.flatMap(({ role, schedule, isNamed, spot }) => {
      const place = within(spot, "pagerduty", "schedule");
      const kind = there.schedules.get(schedule)?.kind ?? "missing";
      if (kind === "layers" || !isNamed) return [];
      const what = kind === "missing" ? `PagerDuty has no schedule ${schedule}, which ${role} names; make one there and put its id here` : `PagerDuty's ${schedule}, which ${role} names, is a shift-based schedule; name one that is made of layers`;
      return [found(place, what)];
    }),
    ...chains.flatMap(
      ({ chain, policy: policy2, spot }) => there.policies.get(policy2) === void 0 ? [
        found(
          within(spot, "pagerduty", "policy"),
          `PagerDuty has no escalation policy ${policy2}, which ${chain} names; make one there and put its id here`
        )
      ] : []
    ),
    ...[...people].flatMap(
      ([user, { id, spot }]) => there.users.has(user) ? [] : [
        found(
          within(spot, "pagerduty"),
          `PagerDuty has no user ${user}, who ${id} is to be there; put the id of their account here, or take them off the rota`
        )
      ]
    )
  ];
}
function unsettled(wanted, there) {
  const open = wanted.seats.flatMap((seat) => {
    const { add, remove, foreign } = overridesOf(seat, there, wanted.now);
    return add.length + remove.length + foreign.length > 0 ? [seat.schedule] : [];
  });
  return /* @__PURE__ */ new Set([...open, ...policiesOf(wanted, there).flatMap(decisive)]);
}
var policiesOf = ({ chains }, there) => chains.flatMap((chain) => {
  const policy2 = there.policies.get(chain.policy);
  const change = policy2 === void 0 ? void 0 : policyPlan(chain, policy2);
  return change === void 0 ? [] : [{ ...change, spot: chain.spot }];
});
function overridesOf(seat, { schedules }, now) {
  const there = schedules.get(seat.schedule);
  return overridePlan(seat, there?.kind === "layers" ? there.overrides : [], now);
}
function plan(wanted, there, terms) {
  const { now, horizon } = wanted;
  const pairs = wanted.seats.map((seat) => ({ seat, ...scheduleOf(seat, wanted, there) }));
  const policies = policiesOf(wanted, there);
  const schedules = pairs.map(({ schedule }) => schedule);
  const writes = policies.length + schedules.reduce((sum, { add, remove }) => sum + add.length + remove.length, 0);
  const digest = digestOf({
    schedules: schedules.filter(({ add, remove }) => add.length + remove.length > 0).map(({ schedule, add, remove }) => [
      schedule,
      add.map(({ user, startAt, endAt }) => [user, startAt ?? null, endAt]),
      remove.map(({ id }) => id)
    ]),
    policies: policies.map(({ policy: policy2, after }) => [policy2, after])
  });
  const covers = pairs.map(({ seat, before, after }) => ({ ...seat, before, after }));
  const own = new Map(covers.map((it) => [it.schedule, it]));
  const reaches = policies.map((it) => ({
    ...reachOf(it, { startAt: now, endAt: horizon }, there, own),
    spot: it.spot
  }));
  return {
    now,
    horizon,
    revision: terms.revision,
    schedules,
    policies: policies.map(({ spot: _, ...change }) => change),
    writes,
    byHand: schedules.reduce((sum, { foreign }) => sum + foreign.length, 0),
    digest,
    refusals: guard(wanted, { covers, reaches, policies, writes, digest }, terms),
    names: new Map([...wanted.names, ...wanted.seats.map(({ schedule, role }) => [schedule, role])])
  };
}
var NOBODY = { final: [], base: [] };
function scheduleOf(seat, { now, horizon }, there) {
  const changes = overridesOf(seat, there, now);
  const { role, schedule, zone, cover: wanted } = seat;
  const span = { startAt: now, endAt: horizon };
  const rendered2 = there.rendered.get(schedule);
  const before = clip(rendered2?.final ?? [], span);
  const after = rendered2 === void 0 ? [] : coverAfter(changes, rendered2, span);
  const cover = joined(difference(before, after), wanted);
  return { schedule: { role, schedule, zone, ...changes, cover, wanted }, before, after };
}
function unfinished(wanted, there) {
  const { now, horizon, names } = wanted;
  const nameOf = (user) => user === void 0 ? "nobody" : names.get(user) ?? user;
  const schedules = wanted.seats.flatMap((seat) => {
    const changes = overridesOf(seat, there, now);
    const rendered2 = there.rendered.get(seat.schedule) ?? NOBODY;
    const open = changes.add.length + changes.remove.length;
    const left = open === 0 ? [] : [`${seat.role}: ${open} still to add or to remove`];
    const span = { startAt: now, endAt: horizon };
    const wrong = difference(coverAfter(changes, rendered2, span), clip(rendered2.final, span));
    return [
      ...left,
      ...wrong.map(
        ({ startAt, endAt, value: { before, after } }) => `${seat.role}: ${spokenSpan(seat.zone, startAt, endAt)} PagerDuty has ${nameOf(after)} and not ${nameOf(before)}`
      )
    ];
  });
  const policies = wanted.chains.flatMap((chain) => {
    const policy2 = there.policies.get(chain.policy);
    const same = policy2 !== void 0 && policyPlan(chain, policy2) === void 0;
    return same ? [] : [`${chain.chain}: PagerDuty's ${chain.policy} is not as it was sent`];
  });
  return [...schedules, ...policies];
}
function joined(changes, duty) {
  const stretches = [];
  for (const { startAt, endAt, value } of changes) {
    const last = stretches.at(-1);
    const goesOn = last !== void 0 && last.before === value.before && last.after === value.after && clip(duty, { startAt: last.endAt, endAt: startAt }).length === 0;
    if (goesOn) stretches[stretches.length - 1] = { ...last, endAt };
    else stretches.push({ startAt, endAt, before: value.before, after: value.after });
  }
  return stretches;
}

// actions/lib/publish/pagerduty/read.ts
async function readThere(client, wanted, progress, rendering = "where-needed") {
  const { now, horizon } = wanted;
  const schedules = /* @__PURE__ */ new Map();
  for (const [i, { schedule }] of wanted.seats.entries()) {
    progress(`reading schedule ${i + 1} of ${wanted.seats.length}`);
    schedules.set(schedule, await client.schedule(schedule, { startAt: now, endAt: horizon + BEYOND }));
  }
  const policies = /* @__PURE__ */ new Map();
  for (const [i, { policy: policy2 }] of wanted.chains.entries()) {
    progress(`reading escalation policy ${i + 1} of ${wanted.chains.length}`);
    policies.set(policy2, await client.policy(policy2));
  }
  progress("reading users");
  const users2 = wanted.people.size === 0 ? /* @__PURE__ */ new Set() : await client.users();
  const open = rendering === "always" ? new Set(wanted.seats.map(({ schedule }) => schedule)) : unsettled(wanted, { schedules, policies });
  const rendered2 = /* @__PURE__ */ new Map();
  for (const schedule of open) {
    progress(`reading who is on in ${plural(open.size, "schedule")}`);
    const found = schedules.get(schedule) ?? await client.schedule(schedule, { startAt: now, endAt: horizon });
    schedules.set(schedule, found);
    if (found.kind !== "layers") continue;
    rendered2.set(schedule, await client.rendered(schedule, { startAt: now, endAt: horizon }));
  }
  return { users: users2, schedules, rendered: rendered2, policies };
}

// actions/lib/publish/pagerduty/agree.ts
async function agree(client, wanted, terms, progress) {
  const there = await readThere(client, wanted, progress);
  const findings = missing(wanted, there);
  return findings.length > 0 ? { kind: "missing", findings } : { kind: "planned", plan: plan(wanted, there, terms) };
}

// actions/lib/publish/pagerduty/client.ts
import { setTimeout as pause } from "node:timers/promises";

// node_modules/ky/distribution/errors/KyError.js
var KyError = class extends Error {
  name = "KyError";
  get isKyError() {
    return true;
  }
};

// node_modules/ky/distribution/errors/HTTPError.js
var HTTPError = class extends KyError {
  name = "HTTPError";
  response;
  request;
  options;
  data;
  constructor(response, request, options) {
    const code = response.status || response.status === 0 ? response.status : "";
    const title = response.statusText ?? "";
    const status = `${code} ${title}`.trim();
    const reason2 = status ? `status code ${status}` : "an unknown error";
    super(`Request failed with ${reason2}: ${request.method} ${request.url}`);
    this.response = response;
    this.request = request;
    this.options = options;
  }
};

// node_modules/ky/distribution/errors/NetworkError.js
var NetworkError = class extends KyError {
  name = "NetworkError";
  request;
  constructor(request, options) {
    super(`Request failed due to a network error: ${request.method} ${request.url}`, options);
    this.request = request;
  }
};

// node_modules/ky/distribution/errors/NonError.js
var NonError = class extends Error {
  name = "NonError";
  value;
  constructor(value) {
    let message = "Non-error value was thrown";
    try {
      if (typeof value === "string") {
        message = value;
      } else if (value && typeof value === "object" && "message" in value && typeof value.message === "string") {
        message = value.message;
      }
    } catch {
    }
    super(message);
    this.value = value;
  }
};

// node_modules/ky/distribution/errors/ForceRetryError.js
var ForceRetryError = class extends KyError {
  name = "ForceRetryError";
  customDelay;
  code;
  customRequest;
  constructor(options) {
    const cause = options?.cause ? options.cause instanceof Error ? options.cause : new NonError(options.cause) : void 0;
    super(options?.code ? `Forced retry: ${options.code}` : "Forced retry", cause ? { cause } : void 0);
    this.customDelay = options?.delay;
    this.code = options?.code;
    this.customRequest = options?.request;
  }
};

// node_modules/ky/distribution/errors/SchemaValidationError.js
var SchemaValidationError = class extends Error {
  name = "SchemaValidationError";
  issues;
  constructor(issues) {
    super("Response schema validation failed");
    this.issues = issues;
  }
};

// node_modules/ky/distribution/errors/TimeoutError.js
var TimeoutError = class extends KyError {
  name = "TimeoutError";
  request;
  constructor(request) {
    super(`Request timed out: ${request.method} ${request.url}`);
    this.request = request;
  }
};

// node_modules/ky/distribution/core/constants.js
var supportsRequestStreams = (() => {
  let duplexAccessed = false;
  let hasContentType = false;
  const supportsReadableStream = typeof globalThis.ReadableStream === "function";
  const supportsRequest = typeof globalThis.Request === "function";
  if (supportsReadableStream && supportsRequest) {
    try {
      hasContentType = new globalThis.Request("https://empty.invalid", {
        body: new globalThis.ReadableStream(),
        method: "POST",
        // @ts-expect-error - Types are outdated.
        get duplex() {
          duplexAccessed = true;
          return "half";
        }
      }).headers.has("Content-Type");
    } catch (error2) {
      if (error2 instanceof Error && error2.message === "unsupported BodyInit type") {
        return false;
      }
      throw error2;
    }
  }
  return duplexAccessed && !hasContentType;
})();
var supportsAbortController = typeof globalThis.AbortController === "function";
var supportsAbortSignal = typeof globalThis.AbortSignal === "function" && typeof globalThis.AbortSignal.any === "function";
var supportsResponseStreams = typeof globalThis.ReadableStream === "function";
var supportsFormData = typeof globalThis.FormData === "function";
var requestMethods = ["get", "post", "put", "patch", "head", "delete", "query"];
var validate = () => void 0;
validate();
var responseTypes = {
  json: "application/json",
  text: "text/*",
  formData: "multipart/form-data",
  arrayBuffer: "*/*",
  blob: "*/*",
  // Supported in modern Fetch implementations (for example, browsers and recent Node.js/undici).
  // We still feature-check at runtime before exposing the shortcut.
  bytes: "*/*"
};
var maxSafeTimeout = 2147483647;
var usualFormBoundarySize = 40;
var stop = /* @__PURE__ */ Symbol("stop");
var RetryMarker = class {
  options;
  constructor(options) {
    this.options = options;
  }
};
var retry = (options) => new RetryMarker(options);
var kyOptionKeys = {
  json: true,
  parseJson: true,
  stringifyJson: true,
  searchParams: true,
  baseUrl: true,
  prefix: true,
  retry: true,
  timeout: true,
  totalTimeout: true,
  hooks: true,
  throwHttpErrors: true,
  onDownloadProgress: true,
  onUploadProgress: true,
  fetch: true,
  context: true
};
var requestOptionsRegistry = {
  method: true,
  headers: true,
  body: true,
  mode: true,
  credentials: true,
  cache: true,
  redirect: true,
  referrer: true,
  referrerPolicy: true,
  integrity: true,
  keepalive: true,
  signal: true,
  window: true,
  duplex: true
};

// node_modules/ky/distribution/utils/body.js
var encoder = new TextEncoder();
var getBodySize = (body) => {
  if (!body) {
    return 0;
  }
  if (body instanceof FormData) {
    let size = 0;
    for (const [key, value] of body) {
      size += usualFormBoundarySize;
      size += encoder.encode(`Content-Disposition: form-data; name="${key}"`).byteLength;
      size += typeof value === "string" ? encoder.encode(value).byteLength : value.size;
    }
    return size;
  }
  if (body instanceof Blob) {
    return body.size;
  }
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return body.byteLength;
  }
  if (typeof body === "string") {
    return encoder.encode(body).byteLength;
  }
  if (body instanceof URLSearchParams) {
    return encoder.encode(body.toString()).byteLength;
  }
  return 0;
};
var withProgress = (stream, totalBytes, onProgress) => {
  let previousChunk;
  let transferredBytes = 0;
  return stream.pipeThrough(new TransformStream({
    transform(currentChunk, controller) {
      controller.enqueue(currentChunk);
      if (previousChunk) {
        transferredBytes += previousChunk.byteLength;
        let percent = totalBytes === 0 ? 0 : transferredBytes / totalBytes;
        if (percent >= 1) {
          percent = 1 - Number.EPSILON;
        }
        onProgress?.({ percent, totalBytes: Math.max(totalBytes, transferredBytes), transferredBytes }, previousChunk);
      }
      previousChunk = currentChunk;
    },
    flush() {
      const finalChunk = previousChunk ?? new Uint8Array();
      transferredBytes += finalChunk.byteLength;
      onProgress?.({ percent: 1, totalBytes: Math.max(totalBytes, transferredBytes), transferredBytes }, finalChunk);
    }
  }));
};
var streamResponse = (response, onDownloadProgress) => {
  if (!response.body) {
    return response;
  }
  const responseInit = {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers
  };
  if (response.status === 204) {
    return new Response(null, responseInit);
  }
  const totalBytes = Math.max(0, Number(response.headers.get("content-length")) || 0);
  return new Response(withProgress(response.body, totalBytes, onDownloadProgress), responseInit);
};
var streamRequest = (request, onUploadProgress, originalBody) => {
  if (!request.body) {
    return request;
  }
  const totalBytes = getBodySize(originalBody ?? request.body);
  return new Request(request, {
    // @ts-expect-error - Types are outdated.
    duplex: "half",
    body: withProgress(request.body, totalBytes, onUploadProgress)
  });
};

// node_modules/ky/distribution/utils/is.js
var isObject = (value) => value !== null && typeof value === "object";

// node_modules/ky/distribution/utils/merge.js
var replaceSymbol = /* @__PURE__ */ Symbol("replaceOption");
var getReplaceState = (value) => isObject(value) && value[replaceSymbol] === true ? {
  isReplace: true,
  value: value.value
} : {
  isReplace: false,
  value
};
var validateAndMerge = (...sources) => {
  for (const source of sources) {
    if ((!isObject(source) || Array.isArray(source)) && source !== void 0) {
      throw new TypeError("The `options` argument must be an object");
    }
  }
  return deepMerge({}, ...sources);
};
var mergeHeaders = (source1 = {}, source2 = {}) => {
  const result = new globalThis.Headers(source1);
  const isHeadersInstance = source2 instanceof globalThis.Headers;
  const source = new globalThis.Headers(source2);
  for (const [key, value] of source.entries()) {
    if (isHeadersInstance && value === "undefined" || value === void 0) {
      result.delete(key);
    } else {
      result.set(key, value);
    }
  }
  return result;
};
var isPlainObject = (value) => {
  if (!isObject(value) || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
var cloneShallow = (value) => {
  if (value instanceof URLSearchParams) {
    const copy = new URLSearchParams(value);
    const deleted = value[deletedParametersSymbol];
    if (deleted) {
      copy[deletedParametersSymbol] = new Set(deleted);
    }
    return copy;
  }
  if (value instanceof globalThis.Headers) {
    return new globalThis.Headers(value);
  }
  if (Array.isArray(value)) {
    return [...value];
  }
  if (isPlainObject(value)) {
    const copy = { ...value };
    return copy;
  }
  return value;
};
var normalizeHeaderObject = (headers) => Object.fromEntries(Object.entries(headers).filter((entry) => entry[1] !== void 0));
var mergeHeaderContainers = (source1, source2) => {
  if (isPlainObject(source1) && isPlainObject(source2)) {
    return normalizeHeaderObject({ ...source1, ...source2 });
  }
  return mergeHeaders(source1, source2);
};
function newHookValue(original, incoming, property) {
  return Object.hasOwn(incoming, property) && incoming[property] === void 0 ? [] : deepMerge(original[property] ?? [], incoming[property] ?? []);
}
var mergeHooks = (original = {}, incoming = {}) => ({
  init: newHookValue(original, incoming, "init"),
  beforeRequest: newHookValue(original, incoming, "beforeRequest"),
  beforeRetry: newHookValue(original, incoming, "beforeRetry"),
  beforeError: newHookValue(original, incoming, "beforeError"),
  afterResponse: newHookValue(original, incoming, "afterResponse")
});
var deletedParametersSymbol = /* @__PURE__ */ Symbol("deletedParameters");
var appendSearchParameters = (target, source) => {
  const result = new URLSearchParams();
  const deleted = /* @__PURE__ */ new Set();
  for (const input of [target, source]) {
    if (input === void 0) {
      continue;
    }
    if (input instanceof URLSearchParams) {
      for (const [key, value] of input.entries()) {
        result.append(key, value);
        deleted.delete(key);
      }
      const inputDeleted = input[deletedParametersSymbol];
      if (inputDeleted) {
        for (const key of inputDeleted) {
          result.delete(key);
          deleted.add(key);
        }
      }
    } else if (Array.isArray(input)) {
      for (const pair of input) {
        if (!Array.isArray(pair) || pair.length !== 2) {
          throw new TypeError("Array search parameters must be provided in [[key, value], ...] format");
        }
        result.append(String(pair[0]), String(pair[1]));
        deleted.delete(String(pair[0]));
      }
    } else if (isObject(input)) {
      for (const [key, value] of Object.entries(input)) {
        if (value === void 0) {
          result.delete(key);
          deleted.add(key);
        } else {
          result.append(key, String(value));
          deleted.delete(key);
        }
      }
    } else {
      const parameters = new URLSearchParams(input);
      for (const [key, value] of parameters.entries()) {
        result.append(key, value);
        deleted.delete(key);
      }
    }
  }
  if (deleted.size > 0) {
    result[deletedParametersSymbol] = deleted;
  }
  return result;
};
var deepMergeInternal = (isRoot, ...sources) => {
  let returnValue = {};
  let headers = {};
  let hooks = {};
  let searchParameters;
  const signals = [];
  for (const source of sources) {
    if (Array.isArray(source)) {
      if (!Array.isArray(returnValue)) {
        returnValue = [];
      }
      returnValue = [...returnValue, ...source];
    } else if (isObject(source)) {
      for (let [key, value] of Object.entries(source)) {
        const replaceState = getReplaceState(value);
        const { isReplace } = replaceState;
        value = replaceState.value;
        const isRootSignal = isRoot && key === "signal";
        if (isRootSignal && (isReplace || value === void 0)) {
          signals.length = 0;
        }
        if (isRootSignal && value instanceof globalThis.AbortSignal) {
          signals.push(value);
          continue;
        }
        if (key === "context") {
          if (value !== void 0 && value !== null && (!isObject(value) || Array.isArray(value))) {
            throw new TypeError("The `context` option must be an object");
          }
          returnValue = {
            ...returnValue,
            context: value === void 0 || value === null ? {} : isReplace ? { ...value } : { ...returnValue.context, ...value }
          };
          continue;
        }
        if (key === "searchParams") {
          if (value === void 0 || value === null) {
            searchParameters = void 0;
          } else if (isReplace) {
            searchParameters = value;
          } else {
            searchParameters = searchParameters === void 0 ? value : appendSearchParameters(searchParameters, value);
          }
          continue;
        }
        if (isRoot && key === "retry" && isObject(value) && !isReplace && typeof returnValue[key] === "number") {
          returnValue = { ...returnValue, [key]: { limit: returnValue[key] } };
        }
        if (isObject(value) && !isReplace && key in returnValue) {
          value = deepMergeInternal(false, returnValue[key], value);
        }
        returnValue = { ...returnValue, [key]: value };
      }
      if (isObject(source.hooks)) {
        const { value: hookValue, isReplace } = getReplaceState(source.hooks);
        hooks = isReplace ? mergeHooks({}, hookValue) : mergeHooks(hooks, hookValue);
        returnValue.hooks = hooks;
      }
      if (isObject(source.headers)) {
        const { value: headerValue, isReplace } = getReplaceState(source.headers);
        headers = isReplace ? cloneShallow(headerValue) : mergeHeaderContainers(headers, headerValue);
        returnValue.headers = headers;
      }
    }
  }
  if (searchParameters !== void 0) {
    returnValue.searchParams = searchParameters;
  }
  if (signals.length > 0) {
    if (signals.length === 1) {
      returnValue.signal = signals[0];
    } else if (supportsAbortSignal) {
      returnValue.signal = AbortSignal.any(signals);
    } else {
      returnValue.signal = signals.at(-1);
    }
  }
  return returnValue;
};
var deepMerge = (...sources) => deepMergeInternal(true, ...sources);

// node_modules/ky/distribution/utils/normalize.js
var normalizeRequestMethod = (input) => requestMethods.includes(input) ? input.toUpperCase() : input;
var retryMethods = ["get", "put", "head", "delete", "options", "trace", "query"];
var retryStatusCodes = [408, 413, 429, 500, 502, 503, 504];
var retryAfterStatusCodes = [413, 429, 503];
var invalidRetryLimitErrorMessage = "`retry.limit` must be a finite, non-negative integer";
var defaultRetryOptions = {
  limit: 2,
  methods: retryMethods,
  statusCodes: retryStatusCodes,
  afterStatusCodes: retryAfterStatusCodes,
  maxRetryAfter: Number.POSITIVE_INFINITY,
  backoffLimit: Number.POSITIVE_INFINITY,
  delay: (attemptCount) => 0.3 * 2 ** (attemptCount - 1) * 1e3,
  jitter: void 0,
  retryOnTimeout: false
};
var getDefaultRetryOptions = () => ({
  ...defaultRetryOptions,
  methods: [...defaultRetryOptions.methods],
  statusCodes: [...defaultRetryOptions.statusCodes],
  afterStatusCodes: [...defaultRetryOptions.afterStatusCodes]
});
var normalizeRetryLimit = (retryLimit) => {
  if (retryLimit === void 0) {
    return defaultRetryOptions.limit;
  }
  if (typeof retryLimit !== "number" || !Number.isInteger(retryLimit) || retryLimit < 0) {
    throw new TypeError(invalidRetryLimitErrorMessage);
  }
  return retryLimit;
};
var normalizeRetryOptions = (retry2 = {}) => {
  if (typeof retry2 === "number") {
    return {
      ...getDefaultRetryOptions(),
      limit: normalizeRetryLimit(retry2)
    };
  }
  if (retry2 === null || typeof retry2 !== "object" || Array.isArray(retry2)) {
    throw new TypeError("`retry` must be a number or an object");
  }
  const normalizedRetry = Object.fromEntries(Object.entries(retry2).filter(([, value]) => value !== void 0));
  const retryLimit = normalizeRetryLimit(normalizedRetry.limit);
  if (normalizedRetry.methods !== void 0 && !Array.isArray(normalizedRetry.methods)) {
    throw new Error("retry.methods must be an array");
  }
  if (normalizedRetry.statusCodes !== void 0 && !Array.isArray(normalizedRetry.statusCodes)) {
    throw new Error("retry.statusCodes must be an array");
  }
  if (normalizedRetry.afterStatusCodes !== void 0 && !Array.isArray(normalizedRetry.afterStatusCodes)) {
    throw new Error("retry.afterStatusCodes must be an array");
  }
  if (normalizedRetry.methods !== void 0) {
    normalizedRetry.methods = normalizedRetry.methods.map((method) => method.toLowerCase());
  }
  if (normalizedRetry.statusCodes !== void 0) {
    normalizedRetry.statusCodes = [...normalizedRetry.statusCodes];
  }
  if (normalizedRetry.afterStatusCodes !== void 0) {
    normalizedRetry.afterStatusCodes = [...normalizedRetry.afterStatusCodes];
  }
  return {
    ...getDefaultRetryOptions(),
    ...normalizedRetry,
    limit: retryLimit
  };
};

// node_modules/ky/distribution/utils/timeout.js
async function timeout(request, init, abortController, options) {
  return new Promise((resolve, reject) => {
    const timeoutId = setTimeout(() => {
      if (abortController) {
        abortController.abort();
      }
      reject(new TimeoutError(request));
    }, options.timeout);
    void options.fetch(request, init).then(resolve).catch(reject).then(() => {
      clearTimeout(timeoutId);
    });
  });
}

// node_modules/ky/distribution/utils/delay.js
async function delay(ms, { signal }) {
  return new Promise((resolve, reject) => {
    if (signal) {
      signal.throwIfAborted();
      signal.addEventListener("abort", abortHandler, { once: true });
    }
    function abortHandler() {
      clearTimeout(timeoutId);
      reject(signal.reason);
    }
    const timeoutId = setTimeout(() => {
      signal?.removeEventListener("abort", abortHandler);
      resolve();
    }, ms);
  });
}

// node_modules/ky/distribution/utils/options.js
var findUnknownOptions = (options) => {
  const unknownOptions = {};
  for (const key in options) {
    if (!Object.hasOwn(options, key)) {
      continue;
    }
    if (!(key in requestOptionsRegistry) && !(key in kyOptionKeys)) {
      unknownOptions[key] = options[key];
    }
  }
  return unknownOptions;
};
var hasSearchParameters = (search) => {
  if (search === void 0) {
    return false;
  }
  if (Array.isArray(search)) {
    return search.length > 0;
  }
  if (search instanceof URLSearchParams) {
    return search.size > 0 || Boolean(search[deletedParametersSymbol]?.size);
  }
  if (typeof search === "object") {
    return Object.keys(search).length > 0;
  }
  if (typeof search === "string") {
    return search.trim().length > 0;
  }
  return Boolean(search);
};

// node_modules/ky/distribution/utils/is-network-error.js
var objectToString = Object.prototype.toString;
var isError = (value) => objectToString.call(value) === "[object Error]";
var errorMessages = /* @__PURE__ */ new Set([
  "network error",
  // Chrome
  "NetworkError when attempting to fetch resource.",
  // Firefox
  "The Internet connection appears to be offline.",
  // Safari 16
  "Network request failed",
  // `cross-fetch`
  "fetch failed",
  // Undici (Node.js)
  "terminated",
  // Undici (Node.js)
  " A network error occurred.",
  // Bun (WebKit) - leading space is intentional
  "Network connection lost"
  // Cloudflare Workers (fetch)
]);
function isRawNetworkError(error2) {
  const isValid = error2 && isError(error2) && error2.name === "TypeError" && typeof error2.message === "string";
  if (!isValid) {
    return false;
  }
  const { message, stack } = error2;
  if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) {
    return stack === void 0 || "__sentry_captured__" in error2;
  }
  if (message.startsWith("error sending request for url")) {
    return true;
  }
  if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) {
    return true;
  }
  return errorMessages.has(message);
}

// node_modules/ky/distribution/utils/type-guards.js
var isErrorType = (error2, cls) => error2 instanceof cls || error2?.name === cls.name;
function isHTTPError(error2) {
  return isErrorType(error2, HTTPError);
}
function isNetworkError(error2) {
  return isErrorType(error2, NetworkError);
}
function isTimeoutError(error2) {
  return isErrorType(error2, TimeoutError);
}

// node_modules/ky/distribution/core/retry-timing.js
var timestampThreshold = Date.parse("2024-01-01");
var delayPattern = /^\d+$/;
var months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
var imfDatePattern = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
var rfc850DatePattern = /^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), (\d{2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
var asctimeDatePattern = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{2}| \d) (\d{2}:\d{2}:\d{2}) (\d{4})$/;
var getRetryTimingHeader = (headers) => {
  const retryAfter = headers.get("Retry-After");
  if (retryAfter !== null) {
    return { value: retryAfter, allowTimestamp: false };
  }
  const rateLimitReset = headers.get("RateLimit-Reset");
  if (rateLimitReset !== null) {
    return { value: rateLimitReset, allowTimestamp: true };
  }
  const rateLimitRetryAfter = headers.get("X-RateLimit-Retry-After");
  if (rateLimitRetryAfter !== null) {
    return { value: rateLimitRetryAfter, allowTimestamp: false };
  }
  const rateLimitResetAlias = headers.get("X-RateLimit-Reset") ?? headers.get("X-Rate-Limit-Reset");
  if (rateLimitResetAlias !== null) {
    return { value: rateLimitResetAlias, allowTimestamp: true };
  }
  return void 0;
};
var createTimestamp = ({ year, month, day, hours, minutes, seconds }) => {
  const monthIndex = months.indexOf(month);
  const dayNumber = Number(day);
  const hoursNumber = Number(hours);
  const minutesNumber = Number(minutes);
  const secondsNumber = Number(seconds);
  if (monthIndex === -1 || hoursNumber > 23 || minutesNumber > 59 || secondsNumber > 60) {
    return void 0;
  }
  const normalizedSeconds = Math.min(secondsNumber, 59);
  const date = new Date(Date.UTC(year, monthIndex, dayNumber, hoursNumber, minutesNumber, normalizedSeconds));
  date.setUTCFullYear(year);
  const timestamp = date.getTime();
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== monthIndex || date.getUTCDate() !== dayNumber || date.getUTCHours() !== hoursNumber || date.getUTCMinutes() !== minutesNumber || date.getUTCSeconds() !== normalizedSeconds) {
    return void 0;
  }
  return secondsNumber === 60 ? timestamp + 1e3 : timestamp;
};
var getCapture = (match, index) => match[index];
var parseDate = (value) => {
  const imfDate = imfDatePattern.exec(value);
  if (imfDate) {
    return createTimestamp({
      year: Number(getCapture(imfDate, 3)),
      month: getCapture(imfDate, 2),
      day: getCapture(imfDate, 1),
      hours: getCapture(imfDate, 4),
      minutes: getCapture(imfDate, 5),
      seconds: getCapture(imfDate, 6)
    });
  }
  const rfc850Date = rfc850DatePattern.exec(value);
  if (rfc850Date) {
    const now = /* @__PURE__ */ new Date();
    const twoDigitYear = Number(getCapture(rfc850Date, 3));
    const currentCenturyYear = Math.floor(now.getUTCFullYear() / 100) * 100 + twoDigitYear;
    const fiftyYearsFromNow = Date.UTC(now.getUTCFullYear() + 50, now.getUTCMonth(), now.getUTCDate(), now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds(), now.getUTCMilliseconds());
    let timestamp;
    for (const year of [
      currentCenturyYear - 100,
      currentCenturyYear,
      currentCenturyYear + 100
    ]) {
      const candidateTimestamp = createTimestamp({
        year,
        month: getCapture(rfc850Date, 2),
        day: getCapture(rfc850Date, 1),
        hours: getCapture(rfc850Date, 4),
        minutes: getCapture(rfc850Date, 5),
        seconds: getCapture(rfc850Date, 6)
      });
      if (candidateTimestamp !== void 0 && candidateTimestamp <= fiftyYearsFromNow) {
        timestamp = candidateTimestamp;
      }
    }
    return timestamp;
  }
  const asctimeDate = asctimeDatePattern.exec(value);
  if (asctimeDate) {
    const time = getCapture(asctimeDate, 4);
    const [hours, minutes, seconds] = time.split(":");
    return createTimestamp({
      year: Number(getCapture(asctimeDate, 5)),
      month: getCapture(asctimeDate, 2),
      day: getCapture(asctimeDate, 3).trim(),
      hours,
      minutes,
      seconds
    });
  }
  return void 0;
};
var calculateRetryTimingDelay = ({ value, allowTimestamp }) => {
  if (delayPattern.test(value)) {
    let delay3 = Number(value) * 1e3;
    if (allowTimestamp && delay3 >= timestampThreshold) {
      delay3 -= Date.now();
    }
    return Math.max(0, delay3);
  }
  const timestamp = parseDate(value);
  if (timestamp === void 0) {
    return void 0;
  }
  const delay2 = timestamp - Date.now();
  return Number.isFinite(delay2) ? Math.max(0, delay2) : void 0;
};

// node_modules/ky/distribution/core/Ky.js
var maxErrorResponseBodySize = 10 * 1024 * 1024;
var prefixUrlRenamedErrorMessage = "The `prefixUrl` option has been renamed `prefix` in v2 and enhanced to allow slashes in input. See also the new `baseUrl` option for improved flexibility with standard URL resolution: https://github.com/sindresorhus/ky#baseurl";
var timedOutResponseData = /* @__PURE__ */ Symbol("timedOutResponseData");
var timedOutOperation = /* @__PURE__ */ Symbol("timedOutOperation");
var createTextDecoder = (contentType) => {
  const match = /;\s*charset\s*=\s*(?:"([^"]+)"|([^;,\s]+))/i.exec(contentType);
  const charset = match?.[1] ?? match?.[2];
  if (charset) {
    try {
      return new TextDecoder(charset);
    } catch {
    }
  }
  return new TextDecoder();
};
var invalidSchemaMessage = "The `schema` argument must follow the Standard Schema specification";
var cloneRetryOptions = (retry2) => {
  if (retry2 === null || typeof retry2 !== "object" || Array.isArray(retry2)) {
    return retry2;
  }
  const clonedRetry = { ...retry2 };
  if (Array.isArray(clonedRetry.methods)) {
    clonedRetry.methods = [...clonedRetry.methods];
  }
  if (Array.isArray(clonedRetry.statusCodes)) {
    clonedRetry.statusCodes = [...clonedRetry.statusCodes];
  }
  if (Array.isArray(clonedRetry.afterStatusCodes)) {
    clonedRetry.afterStatusCodes = [...clonedRetry.afterStatusCodes];
  }
  return clonedRetry;
};
var objectToString2 = Object.prototype.toString;
var leadingC0ControlOrSpacePattern = /^[\0-\u0020]+/g;
var asciiTabOrNewLinePattern = /[\t\n\r]/g;
var schemePattern = /^[a-z][\d+.a-z-]*:/i;
var malformedHttpProtocolPattern = /^https?:(?!\/\/)/i;
var isRequestInstance = (value) => value instanceof globalThis.Request || objectToString2.call(value) === "[object Request]";
var isResponseInstance = (value) => value instanceof globalThis.Response || objectToString2.call(value) === "[object Response]";
var isAbsoluteInput = (input) => schemePattern.test(input);
var normalizeInputForProtocolCheck = (input) => input.replaceAll(leadingC0ControlOrSpacePattern, "").replaceAll(asciiTabOrNewLinePattern, "");
var cloneSearchParametersForInitHook = (searchParameters) => {
  if (Array.isArray(searchParameters)) {
    return searchParameters.map((parameter) => [...parameter]);
  }
  return cloneShallow(searchParameters);
};
function cloneInitHookOptions(options) {
  const clonedOptions = {
    ...options,
    json: cloneShallow(options.json),
    context: cloneShallow(options.context),
    headers: cloneShallow(options.headers),
    searchParams: cloneSearchParametersForInitHook(options.searchParams)
  };
  if (options.retry !== void 0) {
    clonedOptions.retry = cloneRetryOptions(options.retry);
  }
  return clonedOptions;
}
var validateJsonWithSchema = async (jsonValue, schema) => {
  if (typeof schema !== "object" && typeof schema !== "function" || schema === null) {
    throw new TypeError(invalidSchemaMessage);
  }
  const standardSchema = schema["~standard"];
  if (typeof standardSchema !== "object" || standardSchema === null || typeof standardSchema.validate !== "function") {
    throw new TypeError(invalidSchemaMessage);
  }
  const validationResult = await standardSchema.validate(jsonValue);
  if (validationResult.issues) {
    throw new SchemaValidationError(validationResult.issues);
  }
  return validationResult.value;
};
var Ky = class _Ky {
  static create(input, options) {
    const initHooks = options.hooks?.init ?? [];
    const initHookOptions = initHooks.length > 0 ? cloneInitHookOptions(options) : options;
    for (const hook of initHooks) {
      hook(initHookOptions);
    }
    const ky2 = new _Ky(input, initHookOptions);
    const function_ = async () => {
      if (typeof ky2.#options.timeout === "number" && ky2.#options.timeout > maxSafeTimeout) {
        throw new RangeError(`The \`timeout\` option cannot be greater than ${maxSafeTimeout}`);
      }
      if (typeof ky2.#options.totalTimeout === "number" && ky2.#options.totalTimeout > maxSafeTimeout) {
        throw new RangeError(`The \`totalTimeout\` option cannot be greater than ${maxSafeTimeout}`);
      }
      await Promise.resolve();
      const beforeRequestResponse = await ky2.#runBeforeRequestHooks();
      if (beforeRequestResponse !== void 0) {
        ky2.#retryLimit = normalizeRetryOptions(ky2.#options.retry).limit;
      }
      let response = beforeRequestResponse ?? await ky2.#retry(async () => ky2.#fetch());
      let responseFromHook = beforeRequestResponse !== void 0 || ky2.#consumeReturnedResponseFromBeforeRetryHook();
      for (; ; ) {
        if (response === void 0) {
          return response;
        }
        if (isResponseInstance(response)) {
          try {
            response = await ky2.#runAfterResponseHooks(response);
          } catch (error2) {
            if (!(error2 instanceof ForceRetryError)) {
              throw error2;
            }
            const retriedResponse = await ky2.#retryFromError(error2, async () => ky2.#fetch());
            if (retriedResponse === void 0) {
              return retriedResponse;
            }
            response = retriedResponse;
            responseFromHook = ky2.#consumeReturnedResponseFromBeforeRetryHook();
            continue;
          }
        }
        const currentResponse = response;
        if (!currentResponse.ok && currentResponse.type !== "opaque" && (typeof ky2.#options.throwHttpErrors === "function" ? ky2.#options.throwHttpErrors(currentResponse.status) : ky2.#options.throwHttpErrors)) {
          const httpError = new HTTPError(currentResponse, ky2.#getResponseRequest(currentResponse), ky2.#getNormalizedOptions());
          const errorToThrow = httpError;
          httpError.data = await ky2.#getResponseData(currentResponse);
          if (responseFromHook) {
            throw errorToThrow;
          }
          const retriedResponse = await ky2.#retryFromError(httpError, async () => ky2.#fetch());
          if (retriedResponse === void 0) {
            return retriedResponse;
          }
          response = retriedResponse;
          responseFromHook = ky2.#consumeReturnedResponseFromBeforeRetryHook();
          continue;
        }
        break;
      }
      if (!isResponseInstance(response)) {
        return response;
      }
      ky2.#decorateResponse(response);
      if (ky2.#options.onDownloadProgress) {
        if (typeof ky2.#options.onDownloadProgress !== "function") {
          throw new TypeError("The `onDownloadProgress` option must be a function");
        }
        if (!supportsResponseStreams) {
          throw new Error("Streams are not supported in your environment. `ReadableStream` is missing.");
        }
        const progressResponse = response.clone();
        ky2.#cancelResponseBody(response);
        return streamResponse(progressResponse, ky2.#options.onDownloadProgress);
      }
      return response;
    };
    const result = (async () => {
      try {
        return await function_();
      } catch (error2) {
        await ky2.#throwProcessedError(error2);
      } finally {
        const originalRequest = ky2.#originalRequest;
        ky2.#cancelBody(originalRequest?.body ?? void 0);
        if (ky2.request !== originalRequest) {
          ky2.#cancelBody(ky2.request.body ?? void 0);
        }
      }
    })();
    for (const [type, mimeType] of Object.entries(responseTypes)) {
      if (type === "bytes" && typeof globalThis.Response?.prototype?.bytes !== "function") {
        continue;
      }
      result[type] = async (schema) => {
        ky2.request.headers.set("accept", ky2.request.headers.get("accept") || mimeType);
        const response = await result;
        if (type !== "json") {
          return ky2.#raceBodyRead(async () => response[type](), response);
        }
        const text2 = await ky2.#raceBodyRead(async () => response.text(), response);
        const request = ky2.#getResponseRequest(response);
        const parsedResult = await ky2.#raceWithTotalTimeout(async () => {
          const jsonValue = initHookOptions.parseJson ? await initHookOptions.parseJson(text2, { request, response }) : text2 === "" && schema !== void 0 ? void 0 : JSON.parse(text2);
          return schema === void 0 ? jsonValue : validateJsonWithSchema(jsonValue, schema);
        });
        if (parsedResult === timedOutOperation) {
          await ky2.#throwProcessedError(new TimeoutError(request));
        }
        return parsedResult;
      };
    }
    return result;
  }
  // eslint-disable-next-line unicorn/prevent-abbreviations
  static #normalizeSearchParams(searchParams) {
    if (searchParams && typeof searchParams === "object" && !Array.isArray(searchParams) && !(searchParams instanceof URLSearchParams)) {
      return Object.fromEntries(Object.entries(searchParams).filter(([, value]) => value !== void 0));
    }
    return searchParams;
  }
  request;
  #abortController;
  #retryCount = 0;
  #retryLimit;
  #input;
  #options;
  #originalRequest;
  #userProvidedAbortSignal;
  #beforeRetryHookErrors = /* @__PURE__ */ new WeakSet();
  #cachedNormalizedOptions;
  #startTime;
  #returnedResponseFromBeforeRetryHook = false;
  #responseRequests = /* @__PURE__ */ new WeakMap();
  // eslint-disable-next-line complexity
  constructor(input, options = {}) {
    this.#input = input;
    if (Object.hasOwn(options, "prefixUrl")) {
      throw new Error(prefixUrlRenamedErrorMessage);
    }
    this.#options = {
      ...options,
      headers: mergeHeaders(this.#input.headers, options.headers),
      hooks: mergeHooks({}, options.hooks),
      method: normalizeRequestMethod(options.method ?? this.#input.method ?? "GET"),
      // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
      prefix: String(options.prefix || ""),
      retry: normalizeRetryOptions(options.retry),
      throwHttpErrors: options.throwHttpErrors ?? true,
      timeout: options.timeout ?? 1e4,
      totalTimeout: options.totalTimeout ?? false,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      context: options.context ?? {}
    };
    this.#retryLimit = this.#options.retry.limit;
    if (typeof this.#input !== "string" && !(this.#input instanceof URL || this.#input instanceof globalThis.Request)) {
      throw new TypeError("`input` must be a string, URL, or Request");
    }
    if (typeof this.#input === "string") {
      if (this.#options.prefix) {
        const normalizedPrefix = this.#options.prefix.replace(/\/+$/, "");
        const normalizedInput = this.#input.replace(/^\/+/, "");
        this.#input = `${normalizedPrefix}/${normalizedInput}`;
      }
      if (this.#options.baseUrl) {
        const normalizedInput = normalizeInputForProtocolCheck(this.#input);
        if (malformedHttpProtocolPattern.test(normalizedInput)) {
          throw new TypeError("`input` url protocol must be followed by `//` when using `baseUrl`");
        }
        if (!isAbsoluteInput(normalizedInput)) {
          this.#input = new URL(this.#input, new Request(this.#options.baseUrl).url);
        }
      }
    }
    if (supportsAbortController && supportsAbortSignal) {
      this.#userProvidedAbortSignal = this.#options.signal ?? this.#input.signal;
      this.#abortController = new globalThis.AbortController();
      this.#options.signal = this.#createManagedSignal();
    }
    if (supportsRequestStreams) {
      this.#options.duplex = "half";
    }
    if (this.#options.json !== void 0) {
      this.#options.body = this.#options.stringifyJson?.(this.#options.json) ?? JSON.stringify(this.#options.json);
      this.#options.headers.set("content-type", this.#options.headers.get("content-type") ?? "application/json");
    }
    const userProvidedContentType = options.headers && new globalThis.Headers(options.headers).has("content-type");
    if (this.#input instanceof globalThis.Request && (supportsFormData && this.#options.body instanceof globalThis.FormData || this.#options.body instanceof URLSearchParams) && !userProvidedContentType) {
      this.#options.headers.delete("content-type");
    }
    this.request = new globalThis.Request(this.#input, this.#options);
    if (hasSearchParameters(this.#options.searchParams)) {
      const url = new URL(this.request.url);
      const deleted = this.#options.searchParams?.[deletedParametersSymbol];
      if (deleted) {
        for (const key of deleted) {
          url.searchParams.delete(key);
        }
      }
      if (typeof this.#options.searchParams === "string") {
        const stringSearchParameters = this.#options.searchParams.replace(/^\?/, "");
        if (stringSearchParameters !== "") {
          url.search = url.search ? `${url.search}&${stringSearchParameters}` : `?${stringSearchParameters}`;
        }
      } else {
        const optionsSearchParameters = new URLSearchParams(_Ky.#normalizeSearchParams(this.#options.searchParams));
        for (const [key, value] of optionsSearchParameters.entries()) {
          url.searchParams.append(key, value);
        }
      }
      if (this.#options.searchParams && typeof this.#options.searchParams === "object" && !Array.isArray(this.#options.searchParams) && !(this.#options.searchParams instanceof URLSearchParams)) {
        for (const [key, value] of Object.entries(this.#options.searchParams)) {
          if (value === void 0) {
            url.searchParams.delete(key);
          }
        }
      }
      this.request = new globalThis.Request(url, this.#options);
    }
    if (this.#options.onUploadProgress && typeof this.#options.onUploadProgress !== "function") {
      throw new TypeError("The `onUploadProgress` option must be a function");
    }
    this.#startTime = typeof this.#options.totalTimeout === "number" ? this.#getCurrentTime() : void 0;
  }
  #calculateDelay(retry2) {
    const retryDelay = retry2.delay(this.#retryCount + 1);
    let jitteredDelay = retryDelay;
    if (retry2.jitter === true) {
      jitteredDelay = Math.random() * retryDelay;
    } else if (typeof retry2.jitter === "function") {
      jitteredDelay = retry2.jitter(retryDelay);
      if (!Number.isFinite(jitteredDelay) || jitteredDelay < 0) {
        jitteredDelay = retryDelay;
      }
    }
    return Math.min(retry2.backoffLimit, jitteredDelay);
  }
  async #calculateRetryDelay(error2) {
    const retry2 = normalizeRetryOptions(this.#options.retry);
    if (this.#retryCount >= Math.min(retry2.limit, this.#retryLimit)) {
      throw error2;
    }
    const errorObject = error2 instanceof Error ? error2 : new NonError(error2);
    if (errorObject instanceof ForceRetryError) {
      return errorObject.customDelay ?? this.#calculateDelay(retry2);
    }
    if (!retry2.methods.includes(this.request.method.toLowerCase())) {
      throw error2;
    }
    const { shouldRetry } = retry2;
    if (shouldRetry !== void 0) {
      const result = await this.#raceWithTotalTimeout(async () => shouldRetry({ error: errorObject, retryCount: this.#retryCount + 1 }));
      if (result === timedOutOperation) {
        throw new TimeoutError(this.request);
      }
      if (result === false) {
        throw error2;
      }
      if (result === true) {
        return this.#calculateDelay(retry2);
      }
    }
    if (isTimeoutError(error2)) {
      if (!retry2.retryOnTimeout) {
        throw error2;
      }
      return this.#calculateDelay(retry2);
    }
    if (isHTTPError(error2)) {
      if (!retry2.statusCodes.includes(error2.response.status)) {
        throw error2;
      }
      const retryTimingHeader = getRetryTimingHeader(error2.response.headers);
      if (retryTimingHeader && retry2.afterStatusCodes.includes(error2.response.status)) {
        const after = calculateRetryTimingDelay(retryTimingHeader);
        if (after === void 0) {
          return this.#calculateDelay(retry2);
        }
        return Math.min(retry2.maxRetryAfter, after);
      }
      if (error2.response.status === 413) {
        throw error2;
      }
      return this.#calculateDelay(retry2);
    }
    if (!isNetworkError(error2)) {
      throw error2;
    }
    return this.#calculateDelay(retry2);
  }
  #decorateResponse(response) {
    const request = this.#getResponseRequest(response);
    if (this.#options.parseJson) {
      response.json = async () => {
        const text2 = await response.text();
        return this.#options.parseJson(text2, { request, response });
      };
    }
    return response;
  }
  async #throwProcessedError(error2) {
    if (!(error2 instanceof Error)) {
      throw error2;
    }
    if (this.#beforeRetryHookErrors.has(error2)) {
      throw error2;
    }
    let processedError = error2;
    for (const hook of this.#options.hooks.beforeError) {
      const hookResult = await hook({
        request: this.request,
        options: this.#getNormalizedOptions(),
        error: processedError,
        retryCount: this.#retryCount
      });
      if (hookResult instanceof Error) {
        processedError = hookResult;
      }
    }
    throw processedError;
  }
  async #getResponseData(response) {
    const readTimeout = this.#getErrorDataTimeout();
    const text2 = await this.#readResponseText(response, readTimeout.milliseconds);
    if (text2 === timedOutResponseData) {
      if (readTimeout.fromTotalTimeout) {
        throw new TimeoutError(this.request);
      }
      this.#throwIfTotalTimeoutExhausted();
      return void 0;
    }
    if (!text2) {
      return void 0;
    }
    if (!this.#isJsonContentType(response.headers.get("content-type") ?? "")) {
      return text2;
    }
    const parseTimeout = this.#getErrorDataTimeout();
    const data = await this.#parseJson(text2, response, parseTimeout.milliseconds, this.#getResponseRequest(response));
    if (data === timedOutResponseData) {
      if (parseTimeout.fromTotalTimeout) {
        throw new TimeoutError(this.request);
      }
      this.#throwIfTotalTimeoutExhausted();
      return void 0;
    }
    return data;
  }
  #getErrorDataTimeout() {
    const errorDataTimeout = this.#options.timeout === false ? 1e4 : this.#options.timeout;
    const remainingTotal = this.#getRemainingTotalTimeout();
    if (remainingTotal === void 0) {
      return {
        milliseconds: errorDataTimeout,
        fromTotalTimeout: false
      };
    }
    if (remainingTotal <= 0) {
      throw new TimeoutError(this.request);
    }
    return {
      milliseconds: Math.min(errorDataTimeout, remainingTotal),
      fromTotalTimeout: remainingTotal <= errorDataTimeout
    };
  }
  #getBodyReadTimeout() {
    const remainingTotal = this.#getRemainingTotalTimeout();
    if (remainingTotal !== void 0) {
      if (remainingTotal <= 0) {
        throw new TimeoutError(this.request);
      }
      return this.#options.timeout === false ? remainingTotal : Math.min(this.#options.timeout, remainingTotal);
    }
    return this.#options.timeout === false ? void 0 : this.#options.timeout;
  }
  // Unlike error bodies (`#getResponseData`), a successful body read has no fallback value to return -
  // the caller's `.json()`/`.text()`/etc. promise must settle, so a timeout here always rejects.
  async #raceBodyRead(createBodyPromise, response) {
    let timeoutMs;
    try {
      timeoutMs = this.#getBodyReadTimeout();
    } catch (error2) {
      await this.#throwProcessedError(error2);
    }
    const bodyPromise = createBodyPromise();
    if (timeoutMs === void 0) {
      return bodyPromise;
    }
    const result = await Promise.race([
      bodyPromise,
      new Promise((resolve) => {
        const timeoutId = setTimeout(() => {
          resolve(timedOutResponseData);
        }, timeoutMs);
        void bodyPromise.finally(() => {
          clearTimeout(timeoutId);
        }).catch(() => void 0);
      })
    ]);
    if (result === timedOutResponseData) {
      this.#abortController?.abort();
      await this.#throwProcessedError(new TimeoutError(this.#getResponseRequest(response)));
    }
    return result;
  }
  async #raceWithTotalTimeout(operation) {
    const remainingTotal = this.#getRemainingTotalTimeout();
    if (remainingTotal === void 0) {
      return operation();
    }
    if (remainingTotal <= 0) {
      this.#abortController?.abort();
      return timedOutOperation;
    }
    let timeoutId;
    try {
      const timeoutPromise = new Promise((resolve) => {
        timeoutId = setTimeout(() => {
          resolve(timedOutOperation);
        }, remainingTotal);
      });
      const operationResult = Promise.resolve().then(operation).then((value) => ({ status: "fulfilled", value })).catch((error2) => ({ status: "rejected", error: error2 }));
      const result = await Promise.race([operationResult, timeoutPromise]);
      const remainingAfterOperation = this.#getRemainingTotalTimeout();
      const didTimeOut = result === timedOutOperation || remainingAfterOperation !== void 0 && remainingAfterOperation <= 0;
      if (didTimeOut) {
        this.#abortController?.abort();
        if (result === timedOutOperation) {
          void operationResult.then((result2) => {
            if (result2.status === "fulfilled") {
              this.#cancelReturnedBody(result2.value);
            }
          });
        } else if (result.status === "fulfilled") {
          this.#cancelReturnedBody(result.value);
        }
        return timedOutOperation;
      }
      if (result.status === "rejected") {
        throw result.error;
      }
      return result.value;
    } finally {
      clearTimeout(timeoutId);
    }
  }
  #isJsonContentType(contentType) {
    const mimeType = (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
    return /\/(?:.*[.+-])?json$/.test(mimeType);
  }
  async #readResponseText(response, timeoutMs) {
    const { body } = response;
    if (!body) {
      try {
        return await response.text();
      } catch {
        return void 0;
      }
    }
    let reader;
    try {
      reader = body.getReader();
    } catch {
      return void 0;
    }
    const decoder = createTextDecoder(response.headers.get("content-type") ?? "");
    const chunks = [];
    let totalBytes = 0;
    const readAll = (async () => {
      try {
        for (; ; ) {
          const { done, value } = await reader.read();
          if (done) {
            break;
          }
          totalBytes += value.byteLength;
          if (totalBytes > maxErrorResponseBodySize) {
            void reader.cancel().catch(() => void 0);
            return void 0;
          }
          chunks.push(decoder.decode(value, { stream: true }));
        }
      } catch {
        return void 0;
      }
      chunks.push(decoder.decode());
      return chunks.join("");
    })();
    const timeoutPromise = new Promise((resolve) => {
      const timeoutId = setTimeout(() => {
        resolve(timedOutResponseData);
      }, timeoutMs);
      void readAll.finally(() => {
        clearTimeout(timeoutId);
      });
    });
    const result = await Promise.race([readAll, timeoutPromise]);
    if (result === timedOutResponseData) {
      void reader.cancel().catch(() => void 0);
    }
    return result;
  }
  async #parseJson(text2, response, timeoutMs, request) {
    let timeoutId;
    try {
      return await Promise.race([
        Promise.resolve().then(() => this.#options.parseJson ? this.#options.parseJson(text2, { request, response }) : JSON.parse(text2)),
        new Promise((resolve) => {
          timeoutId = setTimeout(() => {
            resolve(timedOutResponseData);
          }, timeoutMs);
        })
      ]);
    } catch {
      return void 0;
    } finally {
      clearTimeout(timeoutId);
    }
  }
  #cancelBody(body) {
    if (!body) {
      return;
    }
    void body.cancel().catch(() => void 0);
  }
  #cancelResponseBody(response) {
    this.#cancelBody(response.body ?? void 0);
  }
  #cancelReturnedBody(value) {
    if (isResponseInstance(value)) {
      this.#cancelResponseBody(value);
    } else if (isRequestInstance(value)) {
      this.#cancelBody(value.body ?? void 0);
    }
  }
  #createManagedSignal() {
    return this.#userProvidedAbortSignal ? AbortSignal.any([this.#userProvidedAbortSignal, this.#abortController.signal]) : this.#abortController.signal;
  }
  #throwIfTotalTimeoutExhausted() {
    const remaining = this.#getRemainingTotalTimeout();
    if (remaining !== void 0 && remaining <= 0) {
      throw new TimeoutError(this.request);
    }
  }
  async #runBeforeRequestHooks() {
    for (const hook of this.#options.hooks.beforeRequest) {
      const result = await this.#raceWithTotalTimeout(async () => hook({
        request: this.request,
        options: this.#getNormalizedOptions(),
        retryCount: 0
      }));
      if (result === timedOutOperation) {
        throw new TimeoutError(this.request);
      }
      if (isRequestInstance(result)) {
        this.#assignRequest(result);
      } else if (isResponseInstance(result)) {
        return result;
      }
    }
    return void 0;
  }
  async #runAfterResponseHooks(response) {
    const responseRequest = this.#getResponseRequest(response);
    for (const hook of this.#options.hooks.afterResponse) {
      const hookResponse = this.#setResponseRequest(response.clone(), responseRequest);
      this.#decorateResponse(hookResponse);
      let modifiedResponse;
      try {
        modifiedResponse = await this.#raceWithTotalTimeout(async () => hook({
          request: this.request,
          options: this.#getNormalizedOptions(),
          response: hookResponse,
          retryCount: this.#retryCount
        }));
        if (modifiedResponse === timedOutOperation) {
          throw new TimeoutError(this.request);
        }
      } catch (error2) {
        if (hookResponse !== response) {
          this.#cancelResponseBody(hookResponse);
        }
        this.#cancelResponseBody(response);
        throw error2;
      }
      if (modifiedResponse instanceof RetryMarker) {
        if (hookResponse !== response) {
          this.#cancelResponseBody(hookResponse);
        }
        this.#cancelResponseBody(response);
        throw new ForceRetryError(modifiedResponse.options);
      }
      const nextResponse = isResponseInstance(modifiedResponse) ? this.#setResponseRequest(modifiedResponse, responseRequest) : response;
      if (hookResponse !== response && hookResponse !== nextResponse && hookResponse.body !== nextResponse.body) {
        this.#cancelResponseBody(hookResponse);
      }
      if (response !== nextResponse && response.body !== nextResponse.body) {
        this.#cancelResponseBody(response);
      }
      response = nextResponse;
    }
    return response;
  }
  async #retry(function_) {
    try {
      return await function_();
    } catch (error2) {
      return this.#retryFromError(error2, function_);
    }
  }
  async #retryFromError(error2, function_) {
    this.#returnedResponseFromBeforeRetryHook = false;
    const retryDelay = Math.min(await this.#calculateRetryDelay(error2), maxSafeTimeout);
    const delayOptions = { signal: this.#userProvidedAbortSignal };
    const remainingTimeout = this.#getRemainingTotalTimeout();
    if (remainingTimeout !== void 0) {
      if (remainingTimeout <= 0) {
        throw new TimeoutError(this.request);
      }
      if (retryDelay >= remainingTimeout) {
        await delay(remainingTimeout, delayOptions);
        throw new TimeoutError(this.request);
      }
    }
    await delay(retryDelay, delayOptions);
    this.#throwIfTotalTimeoutExhausted();
    if (error2 instanceof ForceRetryError && error2.customRequest) {
      const customRequest = new globalThis.Request(error2.customRequest, this.#options.signal ? { signal: this.#options.signal } : void 0);
      this.#assignRequest(customRequest);
    }
    for (const hook of this.#options.hooks.beforeRetry) {
      let hookResult;
      try {
        hookResult = await this.#raceWithTotalTimeout(async () => hook({
          request: this.request,
          options: this.#getNormalizedOptions(),
          error: error2,
          retryCount: this.#retryCount + 1
        }));
      } catch (hookError) {
        if (hookError instanceof Error && hookError !== error2) {
          this.#beforeRetryHookErrors.add(hookError);
        }
        throw hookError;
      }
      if (hookResult === timedOutOperation) {
        throw new TimeoutError(this.request);
      }
      if (isRequestInstance(hookResult)) {
        this.#assignRequest(hookResult);
        break;
      }
      if (isResponseInstance(hookResult)) {
        this.#returnedResponseFromBeforeRetryHook = true;
        this.#retryCount++;
        return hookResult;
      }
      if (hookResult === stop) {
        return;
      }
    }
    this.#throwIfTotalTimeoutExhausted();
    this.#retryCount++;
    return this.#retry(function_);
  }
  #consumeReturnedResponseFromBeforeRetryHook() {
    const value = this.#returnedResponseFromBeforeRetryHook;
    this.#returnedResponseFromBeforeRetryHook = false;
    return value;
  }
  async #fetch() {
    if (this.#abortController?.signal.aborted) {
      this.#abortController = new globalThis.AbortController();
      this.#options.signal = this.#createManagedSignal();
      this.request = new globalThis.Request(this.request, { signal: this.#options.signal });
    }
    const nonRequestOptions = findUnknownOptions(this.#options);
    this.#retryLimit = normalizeRetryOptions(this.#options.retry).limit;
    const retryRequest = this.#retryLimit > 0 ? this.request.clone() : void 0;
    const request = this.#wrapRequestWithUploadProgress(this.request, this.#options.body ?? void 0);
    this.#originalRequest = request;
    if (retryRequest) {
      this.request = retryRequest;
    }
    try {
      const remainingTotal = this.#getRemainingTotalTimeout();
      if (remainingTotal !== void 0 && remainingTotal <= 0) {
        throw new TimeoutError(this.request);
      }
      const effectiveTimeout = this.#options.timeout === false ? remainingTotal : remainingTotal === void 0 ? this.#options.timeout : Math.min(this.#options.timeout, remainingTotal);
      const response = effectiveTimeout === void 0 ? await this.#options.fetch(request, nonRequestOptions) : await timeout(request, nonRequestOptions, this.#abortController, {
        timeout: effectiveTimeout,
        fetch: this.#options.fetch
      });
      return this.#setResponseRequest(response, request);
    } catch (error2) {
      if (isRawNetworkError(error2)) {
        throw new NetworkError(this.request, { cause: error2 });
      }
      throw error2;
    }
  }
  #getRemainingTotalTimeout() {
    if (this.#startTime === void 0) {
      return void 0;
    }
    const elapsed = this.#getCurrentTime() - this.#startTime;
    return Math.max(0, this.#options.totalTimeout - elapsed);
  }
  #getCurrentTime() {
    return globalThis.performance?.now() ?? Date.now();
  }
  #getNormalizedOptions() {
    if (!this.#cachedNormalizedOptions) {
      const { hooks, json, parseJson, stringifyJson, searchParams, timeout: timeout2, totalTimeout, throwHttpErrors, fetch, ...normalizedOptions } = this.#options;
      this.#cachedNormalizedOptions = Object.freeze(normalizedOptions);
    }
    return this.#cachedNormalizedOptions;
  }
  #assignRequest(request) {
    this.#cachedNormalizedOptions = void 0;
    this.request = request;
  }
  #getResponseRequest(response) {
    return this.#responseRequests.get(response) ?? this.request;
  }
  #setResponseRequest(response, request) {
    this.#responseRequests.set(response, request);
    return response;
  }
  #wrapRequestWithUploadProgress(request, originalBody) {
    if (!this.#options.onUploadProgress || !request.body || !supportsRequestStreams) {
      return request;
    }
    return streamRequest(request, this.#options.onUploadProgress, originalBody ?? this.#options.body ?? void 0);
  }
};

// node_modules/ky/distribution/index.js
var createInstance = (defaults) => {
  const ky2 = (input, options) => Ky.create(input, validateAndMerge(defaults, options));
  for (const method of requestMethods) {
    ky2[method] = (input, options) => Ky.create(input, validateAndMerge(defaults, options, { method }));
  }
  ky2.create = (newDefaults) => createInstance(validateAndMerge(newDefaults));
  ky2.extend = (newDefaults) => {
    if (typeof newDefaults === "function") {
      newDefaults = newDefaults(defaults ?? {});
    }
    return createInstance(validateAndMerge(defaults, newDefaults));
  };
  ky2.stop = stop;
  ky2.retry = retry;
  return ky2;
};
var ky = createInstance();
var distribution_default = ky;

// actions/lib/publish/pagerduty/answers.ts
var fields = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
var list = (value) => Array.isArray(value) ? value.map(fields) : [];
function present(value, what) {
  if (Array.isArray(value)) return list(value);
  throw new Error(`PagerDuty gave ${what}`);
}
function text(value, what) {
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`PagerDuty gave ${what} that cannot be read`);
}
function instant(value, what) {
  const at = Date.parse(text(value, what));
  if (Number.isNaN(at)) throw new Error(`PagerDuty gave ${what} that cannot be read`);
  return at;
}
var userOf = ({ user }) => text(fields(user).id, "an entry without a user");
var spanOf = (entry) => ({
  startAt: instant(entry.start, "a start"),
  endAt: instant(entry.end, "an end"),
  value: userOf(entry)
});
var overrides = (answer) => present(fields(answer).overrides, "no overrides").map((entry) => {
  const { startAt, endAt, value } = spanOf(entry);
  return { id: text(entry.id, "an override without an id"), user: value, startAt, endAt };
});
var timeline = (entries) => layered(entries.map(spanOf));
function rendered(answer) {
  const { final_schedule: final, schedule_layers: layers } = fields(fields(answer).schedule);
  const base = present(layers, "no layers of a schedule").reduceRight(
    (below, it) => overlay(below, timeline(list(it.rendered_schedule_entries))),
    []
  );
  const { rendered_schedule_entries: shown } = fields(final);
  return { final: timeline(present(shown, "no rendering of a schedule")), base };
}
function policy(answer) {
  const found = fields(fields(answer).escalation_policy);
  const kept = ["id", "type", "name", "description", "on_call_handoff_notifications"];
  const raw = Object.fromEntries(kept.flatMap((key) => key in found ? [[key, found[key]]] : []));
  return {
    levels: present(found.escalation_rules, "no escalation policy").map((rule) => ({
      delayMinutes: Number(rule.escalation_delay_in_minutes),
      targets: list(rule.targets).map(targetOf2),
      raw: ruleOf2(rule)
    })),
    repeats: Number(found.num_loops ?? 0),
    raw: { ...raw, teams: list(found.teams).map(({ id, type }) => ({ id, type })) }
  };
}
var targetOf2 = ({ id, type }) => {
  const name = text(type, "a target without a type");
  return { id: text(id, "a target"), type: name.endsWith("_reference") ? name : `${name}_reference` };
};
function ruleOf2({ id, escalation_rule_assignment_strategy: strategy }) {
  const kind = typeof strategy === "string" ? strategy : fields(strategy).type;
  const isPlain = kind === void 0 || kind === null || kind === "assign_to_everyone";
  return { id, ...isPlain ? {} : { escalation_rule_assignment_strategy: strategy } };
}
var users = (answer) => ({
  ids: present(fields(answer).users, "no users").map(({ id }) => text(id, "a user without an id")),
  more: fields(answer).more === true
});
function added(answer, count) {
  const { overrides: named, override: single } = fields(answer);
  const items = single === void 0 ? list(named ?? answer) : [{ status: 201, override: single }];
  return Array.from({ length: count }, (_, i) => {
    const item = fields(items[i]);
    const made = fields(item.override ?? item);
    const isMade = (item.status === void 0 || item.status === 201) && typeof made.id === "string";
    if (isMade) return { id: made.id };
    return { refusal: words(item.errors) || "no reason given" };
  });
}
function reason(answer) {
  const error2 = fields(answer).error;
  const { message, errors } = fields(error2);
  const [said, details] = [words(message ?? error2), words(errors)];
  return said === "" ? "" : `: ${said}${details === "" ? "" : ` (${details})`}`;
}
function words(value) {
  if (typeof value === "string") return value.slice(0, 200);
  if (Array.isArray(value)) return value.map(words).join(", ").slice(0, 400);
  return Object.entries(fields(value)).map(([key, own]) => `${key}: ${words(own)}`).join(", ").slice(0, 400);
}

// actions/lib/publish/pagerduty/client.ts
var HOSTS = { us: "https://api.pagerduty.com", eu: "https://api.eu.pagerduty.com" };
var LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
function addressOf(given, region) {
  const { protocol, hostname } = URL.parse(given) ?? {};
  const isOwn = protocol === "http:" && LOOPBACK.includes(hostname ?? "");
  if (given !== "" && protocol === void 0)
    throw new Error(`${given} is not an address; name one that begins with https://`);
  if (given !== "" && protocol !== "https:" && !isOwn)
    throw new Error(`${given} would see the key; name an address that begins with https://`);
  const host = given || Object.entries(HOSTS).find(([name]) => name === region)?.[1];
  if (host === void 0)
    throw new Error(`there is no service region "${region}"; name one of ${Object.keys(HOSTS).join(", ")}`);
  return host;
}
function keyOf2(given) {
  if (/^[!-~]+$/.test(given)) return given;
  throw new Error(
    given === "" ? "there is no key in the environment; put one into PAGERDUTY_API_KEY" : "PAGERDUTY_API_KEY holds something that is no key (a line break, a space or a letter that no key has); put the key alone into it"
  );
}
var PagerDutyFault = class extends Error {
  name = "PagerDutyFault";
  status;
  constructor(message, status) {
    super(message);
    this.status = status;
  }
  get mayHaveHappened() {
    return this.status === void 0 || this.status >= 500 || this.status === 408;
  }
};
var MOST_AT_ONCE = 50;
var LONGEST_WAIT_MS = 9e4;
var PagerDuty = class {
  #ky;
  #host;
  #counts = { reads: 0, writes: 0 };
  #clock;
  #restMs = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #lead = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  constructor({ url, key, patienceMs, clock }) {
    this.#clock = clock;
    this.#host = new URL(url).host;
    this.#ky = distribution_default.create({
      prefix: url,
      // The key goes nowhere else.
      redirect: "manual",
      timeout: 6e4,
      headers: {
        authorization: `Token token=${key}`,
        accept: "application/vnd.pagerduty+json;version=2",
        "content-type": "application/json"
      },
      retry: {
        limit: 5,
        methods: ["get", "put", "delete"],
        statusCodes: [408, 429, 500, 502, 503, 504],
        maxRetryAfter: LONGEST_WAIT_MS,
        retryOnTimeout: true,
        delay: (attempt) => patienceMs * 2 ** (attempt - 1)
      },
      hooks: {
        beforeRequest: [
          async () => {
            await this.ready();
            this.#sentAt = this.#clock();
          }
        ],
        afterResponse: [({ response }) => this.#heed(response)]
      }
    });
  }
  /** How many requests were made, retries not counted. */
  get counts() {
    return { ...this.#counts };
  }
  /** How far our clock is before PagerDuty's, as all answers together tell; without a date in any, nothing is known. */
  get lead() {
    return this.#lead;
  }
  /** Waits as the rate limit asks, so that what is asked next is asked at once. */
  async ready() {
    const ms = this.#restMs;
    this.#restMs = 0;
    if (ms > 0) await pause(ms);
  }
  /** The overrides of a schedule that touch a span, whole. */
  async schedule(id, span) {
    try {
      const answer = await this.#get(`schedules/${id}/overrides`, { ...between(span), overflow: "true" });
      return { kind: "layers", overrides: overrides(answer) };
    } catch (error2) {
      if (!(error2 instanceof PagerDutyFault)) throw error2;
      if (error2.status === 404) return { kind: "missing" };
      if (error2.status === 400 && /shift-based/i.test(error2.message)) return { kind: "shifts" };
      throw error2;
    }
  }
  /** Who is on by a schedule's overrides and layers, minute for minute, clipped to a span. */
  async rendered(id, span) {
    return rendered(await this.#get(`schedules/${id}`, between(span)));
  }
  /** An escalation policy, or undefined when there is none. */
  async policy(id) {
    try {
      return policy(
        await this.#get(`escalation_policies/${id}`, {
          "include[]": "escalation_rule_assignment_strategies"
        })
      );
    } catch (error2) {
      if (error2 instanceof PagerDutyFault && error2.status === 404) return void 0;
      throw error2;
    }
  }
  /** The ids of all users. */
  async users() {
    const users2 = /* @__PURE__ */ new Set();
    for (let offset = 0; ; offset += 100) {
      const page = users(await this.#get("users", { limit: "100", offset: String(offset) }));
      for (const id of page.ids) users2.add(id);
      if (!page.more) return users2;
    }
  }
  /** Adds overrides, at most `MOST_AT_ONCE`; each has an answer of its own. */
  async add(schedule, overrides2) {
    const items = overrides2.map(({ startAt, endAt, user }) => ({
      start: instantText(startAt),
      end: instantText(endAt),
      user: { id: user, type: "user_reference" }
    }));
    const answer = await this.#write("post", `schedules/${schedule}/overrides`, { overrides: items });
    return added(answer, items.length);
  }
  /**
   * Takes an override away; one that has begun ends now. One that is gone or over cannot be taken away, and need not be:
   * it may be this very request that did it, and the answer was lost.
   */
  async remove(schedule, override) {
    try {
      await this.#write("delete", `schedules/${schedule}/overrides/${override}`);
    } catch (error2) {
      if (!(error2 instanceof PagerDutyFault && (error2.status === 404 || error2.status === 400))) throw error2;
    }
  }
  /** Sends an escalation policy as a whole. */
  async change(policy2, body) {
    await this.#write("put", `escalation_policies/${policy2}`, { escalation_policy: body });
  }
  async #get(path, search) {
    this.#counts.reads++;
    return this.#request(path, { method: "get", searchParams: search });
  }
  async #write(method, path, json) {
    this.#counts.writes++;
    const retry2 = method === "post" ? {
      methods: ["post"],
      // Undefined asks for the usual, which waits as long as the rate limit says.
      shouldRetry: ({ error: error2 }) => error2 instanceof HTTPError && error2.response.status === 429 ? void 0 : false
    } : {};
    return this.#request(path, { method, retry: retry2, ...json === void 0 ? {} : { json } });
  }
  async #request(path, options) {
    try {
      const text2 = await this.#ky(path, options).text();
      return text2 === "" ? void 0 : JSON.parse(text2);
    } catch (error2) {
      throw faultOf(error2, `${options.method?.toUpperCase()} ${path}`, this.#host);
    }
  }
  /**
   * The last request of a minute was used up, so the next waits for the next minute. When it was answered, on PagerDuty's
   * clock, lies between the sending and now, and is told in whole seconds.
   */
  #heed(response) {
    const answeredAt = Date.parse(response.headers.get("date") ?? "");
    if (response.ok && !Number.isNaN(answeredAt))
      this.#lead = {
        least: Math.max(this.#lead.least, this.#sentAt - answeredAt - 1e3),
        most: Math.min(this.#lead.most, this.#clock() - answeredAt)
      };
    const [remaining, reset] = ["remaining", "reset"].map((it) => response.headers.get(`ratelimit-${it}`));
    this.#restMs = response.ok && remaining === "0" ? Math.min(Number(reset) * 1e3 || 0, LONGEST_WAIT_MS) : 0;
  }
};
var between = ({ startAt, endAt }) => ({
  since: instantText(startAt),
  until: instantText(endAt)
});
function faultOf(error2, request, host) {
  if (error2 instanceof PagerDutyFault) return error2;
  if (error2 instanceof HTTPError) {
    const { status } = error2.response;
    const hint = HINTS[status];
    return new PagerDutyFault(
      `PagerDuty answered ${request} with ${status}${reason(error2.data)}${hint === void 0 ? "" : `; ${hint}`}`,
      status
    );
  }
  if (error2 instanceof SyntaxError)
    return new PagerDutyFault(
      `PagerDuty gave no JSON for ${request}; run it again when it is back`,
      void 0
    );
  const code = codeOf(error2);
  return new PagerDutyFault(
    `PagerDuty did not answer ${request}${code === void 0 ? "" : ` (${code} at ${host})`}; look at the address, or run it again when it is back`,
    void 0
  );
}
function codeOf(error2) {
  for (let cause = error2, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ("code" in cause && typeof cause.code === "string" && /^[A-Z_]+$/.test(cause.code)) return cause.code;
  }
  return void 0;
}
var HINTS = {
  401: "look at the key in PAGERDUTY_API_KEY, and at the service region",
  403: "the key may not do this; a plan needs a key that reads, and apply one that writes",
  429: "its rate limit was not over in time; run it again",
  500: "run it again when it is back"
};

// actions/lib/publish/pagerduty/apply.ts
var LEAD_MS = 5e3;
var MOST_APART_MS = 5e3;
var MARGIN_MS = MOST_APART_MS + 5e3;
var Unfinished = class extends Error {
  lines;
  constructor(lines) {
    super(lines.join("\n"));
    this.lines = lines;
  }
};
async function apply(plan2, wanted, world) {
  const beganAt = world.clock();
  const done = { added: /* @__PURE__ */ new Map(), removed: /* @__PURE__ */ new Map(), begins: /* @__PURE__ */ new Map(), policies: [] };
  let trouble = [];
  try {
    if (plan2.writes > 0) await carryOut(plan2, wanted, world, done);
  } catch (error2) {
    if (error2 instanceof Unfinished) trouble = error2.lines;
    else if (error2 instanceof Error) trouble = [error2.message];
    else throw error2;
  }
  return {
    revision: plan2.revision ?? null,
    digest: plan2.digest,
    horizon: instantText(plan2.horizon),
    began: instantText(beganAt),
    ended: instantText(world.clock()),
    outcome: trouble.length === 0 ? "verified" : "failed",
    trouble,
    schedules: plan2.schedules.flatMap(({ role, schedule, foreign }) => {
      const [added2, removed] = [done.added.get(schedule) ?? [], done.removed.get(schedule) ?? []];
      if (added2.length + removed.length + foreign.length === 0) return [];
      const listed = (all) => all.map(entryOf);
      return [{ role, schedule, added: listed(added2), removed: listed(removed), by_hand: listed(foreign) }];
    }),
    policies: done.policies,
    requests: world.client.counts
  };
}
var entryOf = ({ id, user, startAt, endAt }) => ({
  id,
  user,
  start: instantText(startAt),
  end: instantText(endAt)
});
async function carryOut(plan2, wanted, world, done) {
  const { client, clock, wait, progress } = world;
  const trouble = apart(client.lead);
  if (trouble !== void 0) throw new Unfinished([trouble]);
  await addAll(plan2, world, done);
  const ahead = Math.max(...done.begins.values()) + MARGIN_MS - clock();
  if (ahead > 0) {
    progress("waiting until what begins at once has begun");
    await wait(ahead);
  }
  for (const { chain, policy: policy2, body } of plan2.policies) {
    progress(`changing escalation policy ${chain}`);
    await client.change(policy2, body);
    done.policies.push({ chain, policy: policy2 });
  }
  for (const { role, schedule, remove } of plan2.schedules) {
    const overAt = done.begins.get(schedule) ?? clock();
    for (const override of remove.filter(({ endAt }) => endAt > overAt)) {
      progress(`removing what is no longer so from ${role}`);
      await client.remove(schedule, override.id);
      done.removed.set(schedule, [...done.removed.get(schedule) ?? [], override]);
    }
  }
  await verify(plan2, wanted, world);
}
function apart({ least, most }) {
  const [ms, where] = least > 0 ? [least, "before"] : [-most, "behind"];
  if (ms <= MOST_APART_MS) return void 0;
  const [unit, size] = LENGTHS.find(([, it]) => ms >= 2 * it) ?? ["second", 1e3];
  return `the clock here is ${plural(Math.round(ms / size), unit)} ${where} PagerDuty's, so nothing was written; set it right, give no other time for now, and run it again`;
}
var LENGTHS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE]
];
async function addAll(plan2, world, done) {
  const refused = [];
  for (const schedule of plan2.schedules) {
    if (schedule.add.length === 0) continue;
    await world.client.ready();
    const sentAt = world.clock();
    const atOnceAt = Math.ceil(sentAt / 1e3) * 1e3 + LEAD_MS;
    const startOf = ({ startAt = sentAt }) => startAt <= sentAt ? atOnceAt : startAt;
    if (schedule.add.some((it) => startOf(it) === atOnceAt)) done.begins.set(schedule.schedule, atOnceAt);
    const overrides2 = schedule.add.map((it) => ({ ...it, startAt: startOf(it) })).filter(({ startAt, endAt }) => startAt < endAt);
    if (overrides2.length === 0) continue;
    world.progress(`adding ${plural(overrides2.length, "override")} to ${schedule.role}`);
    refused.push(...await addTo(schedule, overrides2, plan2.horizon, world, done));
  }
  if (refused.length > 0)
    throw new Unfinished([
      ...refused,
      "nothing was removed, and what was added counts already; mend it and run it again"
    ]);
}
var TRIES = 4;
async function addTo({ role, schedule }, overrides2, horizon, { client, clock, wait }, done) {
  const refused = [];
  const taken = /* @__PURE__ */ new Map();
  let unsent = overrides2;
  for (let attempt = 1; ; attempt++) {
    let fault;
    for (let from = 0; from < unsent.length && fault === void 0; from += MOST_AT_ONCE) {
      const batch = unsent.slice(from, from + MOST_AT_ONCE);
      try {
        const answers = await client.add(schedule, batch);
        for (const [i, override] of batch.entries()) {
          const answer = answers[i];
          if (answer !== void 0 && "id" in answer) taken.set(override, answer.id);
          else refused.push(refusal(role, override, answer?.refusal ?? "no reason given"));
        }
      } catch (error2) {
        if (!(error2 instanceof PagerDutyFault && error2.mayHaveHappened)) throw error2;
        fault = error2;
      }
    }
    const end = Math.max(horizon, ...overrides2.map(({ endAt }) => endAt));
    const there = await client.schedule(schedule, { startAt: clock(), endAt: end + 1e3 });
    const standing2 = there.kind === "layers" ? there.overrides : [];
    const found = (it) => standing2.find(({ id }) => id === taken.get(it)) ?? standing2.find((own) => isSame(own, it, clock()));
    done.added.set(
      schedule,
      overrides2.flatMap((it) => found(it) ?? [])
    );
    const open = overrides2.filter((it) => found(it) === void 0);
    if (refused.length > 0 || open.length === 0) return refused;
    if (attempt >= TRIES)
      throw fault ?? new Unfinished([`${role}: PagerDuty took ${plural(open.length, "override")} and does not have them`]);
    await wait(1e3 * attempt);
    unsent = open.filter((it) => !taken.has(it));
  }
}
var refusal = (role, { user, startAt }, why) => `${role}: PagerDuty refused the override for ${user} from ${instantText(startAt)}: ${why}`;
var isSame = (own, sent, now) => own.user === sent.user && own.endAt === sent.endAt && (own.startAt === sent.startAt || Math.max(own.startAt, sent.startAt) <= now + MARGIN_MS);
async function verify(plan2, wanted, { client, clock, progress }) {
  const touched = new Set(
    plan2.schedules.flatMap(({ schedule, add, remove }) => add.length + remove.length > 0 ? [schedule] : [])
  );
  const changed = new Set(plan2.policies.map(({ policy: policy2 }) => policy2));
  const now = clock() + MARGIN_MS;
  const part = {
    ...wanted,
    now,
    people: /* @__PURE__ */ new Map(),
    seats: wanted.seats.filter(({ schedule }) => touched.has(schedule)),
    chains: wanted.chains.filter(({ policy: policy2 }) => changed.has(policy2))
  };
  progress("reading back who is on");
  const wrong = unfinished(part, await readThere(client, part, progress, "always"));
  if (wrong.length > 0) throw new Unfinished([...wrong, "look at PagerDuty, then run it again"]);
}

// actions/lib/publish/pagerduty/words.ts
var isOpen = ({ add, remove, foreign }) => add.length + remove.length + foreign.length > 0;
var hasDrift = ({ writes, byHand }) => writes + byHand > 0;
var forgottenLine = ({ revision, why }) => `what was applied at ${revision} cannot be read (${why}), and what it pushed counts as made by hand`;
function nameIn({ names }, safe) {
  return (id) => id === void 0 ? "nobody" : safe(names.get(id) ?? `${id} (not in the handbook)`);
}
var coverLines = (plan2, { cover, zone }, safe) => {
  const nameOf = nameIn(plan2, safe);
  return cover.map(
    ({ startAt, endAt, before, after }) => `${safe(spokenSpan(zone, startAt, endAt))}: ${nameOf(after)} instead of ${nameOf(before)}`
  );
};
var byHandLines = (plan2, { foreign, zone }, safe) => foreign.map(
  ({ startAt, endAt, user }) => `${safe(spokenSpan(zone, startAt, endAt))}: ${nameIn(plan2, safe)(user)}, put there by hand in PagerDuty; kept`
);
function countsOf({ add, remove, foreign }) {
  const parts = [
    ...add.length > 0 ? [`${plural(add.length, "override")} to add`] : [],
    ...remove.length > 0 ? [`${add.length > 0 ? remove.length : plural(remove.length, "override")} to remove`] : [],
    ...foreign.length > 0 ? [`${foreign.length} made by hand`] : []
  ];
  return parts.join(", ");
}
function ladderText(plan2, { levels, repeats }, safe) {
  const nameOf = nameIn(plan2, safe);
  const steps = levels.map(({ delayMinutes, targets }, i) => {
    const who = targets.map(({ id }) => nameOf(id)).join(" and ") || "nobody";
    return i < levels.length - 1 ? `${who}, ${delayMinutes} min` : who;
  });
  return `${steps.join(" \u2192 ")}, ${repeats === 0 ? "once" : `repeated ${plural(repeats, "time")}`}`;
}
var headline = (plan2, purpose) => {
  const until = spoken(zoneOf("UTC"), plan2.horizon);
  if (plan2.writes === 0 && plan2.byHand === 0) return `PagerDuty agrees with the handbook, up to ${until} UTC`;
  const changes = plural(plan2.writes, "change");
  const byHand = plan2.byHand === 0 ? "" : `, and ${plural(plan2.byHand, "override")} made by hand`;
  if (purpose === "drift") {
    const what = [
      ...plan2.writes > 0 ? [`${changes} to make`] : [],
      ...plan2.byHand > 0 ? [`${plural(plan2.byHand, "override")} made by hand`] : []
    ];
    return `PagerDuty is not as the handbook has it: ${what.join(", and ")}`;
  }
  return plan2.writes === 0 ? `Nothing to change in PagerDuty${byHand}, up to ${until} UTC` : `${changes} to make in PagerDuty${byHand}, up to ${until} UTC`;
};
function planLines(plan2, purpose, paint) {
  const schedules = plan2.schedules.filter(isOpen).flatMap((schedule) => [
    "",
    `${paint("bold", forTerminal(schedule.role))} (${schedule.schedule}, ${schedule.zone.name}): ${countsOf(schedule)}`,
    ...coverLines(plan2, schedule, forTerminal).map((line) => `  ${line}`),
    ...byHandLines(plan2, schedule, forTerminal).map((line) => `  ${paint("yellow", line)}`)
  ]);
  const policies = plan2.policies.flatMap((policy2) => [
    "",
    `${paint("bold", forTerminal(policy2.chain))} (${policy2.policy})`,
    `  was ${ladderText(plan2, policy2.before, forTerminal)}`,
    `  now ${ladderText(plan2, policy2.after, forTerminal)}`
  ]);
  const refusals = plan2.refusals.map(
    ({ reason: reason2, message }) => `${paint("red", "refused")}: ${forTerminal(message)} ${paint("dim", `[${reason2}]`)}`
  );
  return [
    headline(plan2, purpose),
    ...schedules,
    ...policies,
    ...refusals.length > 0 ? ["", ...refusals] : [],
    ...plan2.writes > 0 ? ["", paint("dim", `digest ${plan2.digest}`)] : []
  ];
}
var MOST_LINES = 30;
function planMarkdown(plan2, purpose) {
  const some = (lines) => [
    ...lines.slice(0, MOST_LINES).map((line) => `- ${line}`),
    ...lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : []
  ];
  const schedules = plan2.schedules.filter(isOpen).flatMap((schedule) => [
    `**${forMarkdown(schedule.role)}**, ${countsOf(schedule)}, times of ${forMarkdown(schedule.zone.name)}:`,
    "",
    ...some([...coverLines(plan2, schedule, forMarkdown), ...byHandLines(plan2, schedule, forMarkdown)]),
    ""
  ]);
  const policies = plan2.policies.flatMap((policy2) => [
    `**${forMarkdown(policy2.chain)}**:`,
    "",
    `- was ${ladderText(plan2, policy2.before, forMarkdown)}`,
    `- now ${ladderText(plan2, policy2.after, forMarkdown)}`,
    ""
  ]);
  const refusals = plan2.refusals.map(({ reason: reason2, message }) => `- \u274C ${forMarkdown(message)} (${reason2})`);
  return [
    `### ${headline(plan2, purpose)}`,
    "",
    ...schedules,
    ...policies,
    ...refusals.length > 0 ? ["**Refused as it is:**", "", ...refusals, ""] : [],
    ...plan2.writes > 0 ? [`<sub>Plan ${plan2.digest}</sub>`] : []
  ].join("\n").trimEnd();
}
function auditMarkdown({ outcome, trouble, requests }) {
  const asked = `${plural(requests.writes, "write")} and ${plural(requests.reads, "read")}`;
  if (outcome === "verified")
    return requests.writes === 0 ? `Nothing was to be done, as ${plural(requests.reads, "read")} told.` : `Done and read back, in ${asked}.`;
  return [`**Not done, after ${asked}:**`, "", ...trouble.map((line) => `- ${forMarkdown(line)}`)].join("\n");
}

// actions/pagerduty/main.ts
var { env } = process;
var workspace = env.GITHUB_WORKSPACE ?? ".";
var words2 = (name) => getInput(name).split(/[\s,]+/).filter(Boolean);
var MODES = ["plan", "apply", "drift"];
async function main() {
  const mode = modeOf(getInput("mode"));
  const [key, token] = [env.PAGERDUTY_API_KEY ?? "", getInput("token")];
  for (const secret of [key, token]) if (secret !== "") setSecret(secret);
  Object.assign(env, gitAccess(token, env.GITHUB_SERVER_URL ?? "https://github.com"));
  const [now, startedAt] = [nowOf(getInput("now"), Date.now()), performance.now()];
  const clock = () => now + Math.round(performance.now() - startedAt);
  const client = new PagerDuty({
    url: addressOf(getInput("api"), getInput("service-region")),
    key: keyOf2(key),
    patienceMs: 1e3,
    clock
  });
  const github = new GitHub(
    connect({
      url: env.GITHUB_API_URL ?? "https://api.github.com",
      token,
      repository: env.GITHUB_REPOSITORY ?? "",
      self: getInput("comment-author")
    })
  );
  const folder = getInput("root") || ".";
  const root = join(workspace, folder);
  const texts = readFolder(root);
  if (texts === void 0)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`
    );
  const told = tell(texts, now, info);
  if (annotate(told.placed, folder) > 0) {
    await summary.addRaw(`### PagerDuty was not asked

${summary2(told.placed, void 0)}`).write();
    if (mode === "plan")
      await comment(
        github,
        "### PagerDuty was not asked\n\nThe handbook has errors; mend them first.",
        false
      );
    throw new Error("the handbook has errors, so PagerDuty was not asked");
  }
  const { applied, forgotten } = await appliedBefore(github, root);
  const terms = termsOf(root, mode, forgotten);
  const wanted = (mode === "drift" ? settled : wantedOf)(told.handbook, applied, now);
  const agreement = await agree(client, wanted, terms, info);
  if (agreement.kind === "missing") {
    const found = placed(agreement.findings, texts);
    annotate(found, folder);
    const text2 = `### Nothing was changed in PagerDuty

${summary2(found, void 0)}`;
    await summary.addRaw(text2).write();
    if (mode === "plan") await comment(github, text2, true);
    throw new Error("PagerDuty does not have everything that the handbook names, so nothing was changed");
  }
  await carryOn(mode, agreement.plan, wanted, client, github, clock);
}
function modeOf(given) {
  const mode = MODES.find((it) => it === given);
  if (mode === void 0) throw new Error(`the input "mode" is "${given}"; name one of ${MODES.join(", ")}`);
  return mode;
}
function allowed() {
  const given = words2("allow");
  const unknown = given.find((it) => !REASONS.some((reason2) => reason2 === it));
  if (unknown === void 0) return given;
  throw new Error(
    `the input "allow" has "${unknown}", which is no reason; name some of ${REASONS.join(", ")}`
  );
}
async function appliedBefore(github, root) {
  const given = words2("applied");
  const revisions = given.length > 0 ? given : await github.deployed(getInput("environment"));
  const applied = [];
  const forgotten = [];
  for (const revision of revisions) {
    const it = readApplied(root, revision);
    if (it.kind === "unknown" && given.length > 0) throw new Error(it.trouble);
    if (it.kind !== "unknown") applied.push(it.handbook);
    if (it.kind !== "read") forgotten.push({ revision, why: it.trouble, isThere: it.kind === "unread" });
  }
  return { applied, forgotten };
}
var ALLOWED = {
  plan: ["not-the-tip", "forgotten"],
  apply: [],
  // However much somebody changed, it is to be told.
  drift: ["not-the-tip", "forgotten", "many-writes"]
};
function termsOf(root, mode, forgotten) {
  const approved = getInput("approved");
  const allow = [...allowed(), ...ALLOWED[mode]];
  if (allow.includes("forgotten")) for (const it of forgotten) warning(forTerminal(forgottenLine(it)));
  return {
    ...standing(root),
    allow,
    forgotten,
    mostWrites: Number(getInput("most-writes")),
    approved: approved === "" ? void 0 : approved
  };
}
async function carryOn(mode, plan2, wanted, client, github, clock) {
  const purpose = mode === "drift" ? "drift" : "plan";
  for (const line of planLines(plan2, purpose, (_, text3) => text3)) info(line);
  setOutput("digest", plan2.digest);
  setOutput("writes", plan2.writes);
  const text2 = planMarkdown(plan2, purpose);
  if (mode === "plan") {
    await summary.addRaw(text2).write();
    for (const { message } of plan2.refusals) warning(forTerminal(message));
    return comment(github, text2, plan2.writes + plan2.byHand > 0);
  }
  if (mode === "drift" || plan2.refusals.length > 0) {
    await summary.addRaw(text2).write();
    for (const { message } of plan2.refusals) error(forTerminal(message));
    if (mode === "drift" && hasDrift(plan2))
      throw new Error("PagerDuty is not as the handbook has it; the job summary says where");
    if (plan2.refusals.length > 0) throw new Error("the plan was refused; nothing was changed in PagerDuty");
    return;
  }
  const audit = await apply(plan2, wanted, { client, clock, wait: (ms) => pause2(ms), progress: info });
  writeFileSync(join(workspace, getInput("audit")), `${JSON.stringify(audit, null, 2)}
`);
  await summary.addRaw(`${text2}

${auditMarkdown(audit)}`).write();
  for (const line of audit.trouble) error(forTerminal(line));
  if (audit.outcome === "failed")
    throw new Error("PagerDuty is not yet as planned; run this again to carry on");
}
async function comment(github, text2, isNews) {
  const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "/dev/null", "utf8") || "{}");
  if (event.pull_request === void 0) return;
  try {
    await github.say(event.pull_request.number, planPart(text2), isNews);
  } catch (error2) {
    if (!isForbidden(error2)) throw error2;
    info("the token may not write here, so there is no comment; the job summary has everything");
  }
}
await main().catch((error2) => {
  error(forTerminal(error2 instanceof Error ? error2.message : String(error2)));
  process.exitCode = 1;
});
