import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  answer,
  stalledStatus,
  verdictStatus
} from "./shared-ZPKBR3Z2.js";
import {
  blobOf,
  fingerprintOf
} from "./shared-M45YPTFK.js";
import {
  GitHub,
  connect,
  hasStatus,
  isLost,
  readRevision
} from "./shared-Q6LQOBD2.js";
import {
  DAY,
  TRICKS,
  after,
  byPerson,
  check,
  clip,
  compare,
  coverOf,
  coversOf,
  dateText,
  dayOf,
  didYouMean,
  durationText,
  error,
  forMarkdown,
  forTerminal,
  getInput,
  info,
  instantOfText,
  instantText,
  isKnown,
  isListed,
  load,
  merge,
  missingConsent,
  noticeText,
  nowOf,
  outline,
  overlay,
  personIn,
  placed,
  publishedSpan,
  resolve,
  restrict,
  roleOf,
  roleText,
  scalar,
  setSecret,
  spanAt,
  spanText,
  spoken,
  spokenDay,
  spokenSpan,
  tell,
  verdictOf,
  wallOfText,
  wallText,
  windowAt,
  without,
  zoneOf
} from "./shared-7UASCU2K.js";

// actions/requests/main.ts
import { readFileSync } from "node:fs";
import { join } from "node:path";

// actions/lib/publish/branches.ts
var Branches = class {
  #octokit;
  #at;
  constructor({ octokit, at }) {
    this.#octokit = octokit;
    this.#at = at;
  }
  /** The last pull request of a branch of this repository. */
  async proposed(branch) {
    const { data } = await this.#octokit.rest.pulls.list({
      ...this.#at,
      head: `${this.#at.owner}:${branch}`,
      state: "all",
      sort: "created",
      direction: "desc",
      per_page: 10
    });
    const pull = data.find(({ state }) => state === "open") ?? data[0];
    if (pull === void 0) return void 0;
    const fate = pull.state === "open" ? "open" : pull.merged_at === null ? "closed" : "merged";
    return { number: pull.number, fate, body: pull.body ?? "" };
  }
  /** Makes the branch say what is proposed and nothing else, and gives its open pull request. */
  async propose(proposal) {
    const sha = await this.#branch(proposal);
    return { number: await this.#pull(proposal), sha };
  }
  async #pull({ branch, base, title, body }) {
    const open = await this.proposed(branch);
    if (open?.fate === "open") {
      if (open.body !== body)
        await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: open.number, title, body });
      return open.number;
    }
    const make = async (once) => {
      const { data } = await this.#octokit.rest.pulls.create({
        ...this.#at,
        head: branch,
        base,
        title,
        body,
        ...once
      });
      return data.number;
    };
    return make({ request: { retries: 0 } }).catch(async (error2) => {
      if (!isLost(error2)) throw error2;
      const made = await this.proposed(branch);
      return made?.fate === "open" ? made.number : make({});
    });
  }
  /** The commit at the head of the branch, which is left alone where it is as we would make it. */
  async #branch(proposal) {
    const { branch, commit, file, text: text2, title } = proposal;
    const head = await this.#head(branch);
    if (head !== void 0 && await this.#isAsProposed(head, proposal)) return head;
    const { data: parent } = await this.#octokit.rest.git.getCommit({ ...this.#at, commit_sha: commit });
    const { data: tree } = await this.#octokit.rest.git.createTree({
      ...this.#at,
      base_tree: parent.tree.sha,
      tree: [{ path: file, mode: "100644", type: "blob", content: text2 }]
    });
    const { data: made } = await this.#octokit.rest.git.createCommit({
      ...this.#at,
      message: title,
      tree: tree.sha,
      parents: [commit]
    });
    if (head === void 0) await this.#create(branch, made.sha);
    else await this.#move(branch, made.sha);
    return made.sha;
  }
  /**
   * Whether a commit brings the proposed file and nothing else to what the base has: whoever may write to the repository can
   * push to our branch, and what they push was judged by nobody.
   */
  async #isAsProposed(head, { commit, file, text: text2 }) {
    const { data } = await this.#octokit.rest.repos.compareCommits({ ...this.#at, base: commit, head });
    const { ahead_by: ahead, commits, files = [] } = data;
    const [changed] = files;
    return ahead === 1 && commits[0]?.parents.length === 1 && files.length === 1 && changed?.filename === file && // A renamed file would be one less elsewhere.
    (changed.status === "added" || changed.status === "modified") && await this.#blob(head, file) === blobOf(text2);
  }
  async #create(branch, sha) {
    try {
      await this.#octokit.rest.git.createRef({
        ...this.#at,
        ref: `refs/heads/${branch}`,
        sha,
        request: { retries: 0 }
      });
    } catch (error2) {
      const there = await this.#head(branch);
      if (there === sha) return;
      if (there !== void 0) await this.#move(branch, sha);
      else if (isLost(error2))
        await this.#octokit.rest.git.createRef({ ...this.#at, ref: `refs/heads/${branch}`, sha });
      else throw error2;
    }
  }
  async #move(branch, sha) {
    await this.#octokit.rest.git.updateRef({ ...this.#at, ref: `heads/${branch}`, sha, force: true });
  }
  async #head(branch) {
    try {
      const { data } = await this.#octokit.rest.git.getRef({ ...this.#at, ref: `heads/${branch}` });
      return data.object.sha;
    } catch (error2) {
      if (hasStatus(error2, 404)) return void 0;
      throw error2;
    }
  }
  /** The name of a file's text; a link has none. */
  async #blob(ref, path) {
    const { data } = await this.#octokit.rest.repos.getContent({ ...this.#at, path, ref });
    return "type" in data && data.type === "file" ? data.sha : void 0;
  }
  /** Closes a pull request, and says in it what is true from then on. */
  async close(number, body) {
    await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: number, state: "closed", body });
  }
  async label(number, label) {
    await this.#octokit.rest.issues.addLabels({ ...this.#at, issue_number: number, labels: [label] });
  }
  /** Asks people for their review of a commit, each once; gives those whom GitHub does not let us ask. */
  async askReviews({ number, sha }, logins) {
    const { data: pull } = await this.#octokit.rest.pulls.get({ ...this.#at, pull_number: number });
    const reviews = await this.#octokit.paginate(this.#octokit.rest.pulls.listReviews, {
      ...this.#at,
      pull_number: number,
      per_page: 100
    });
    const own = reviews.filter(({ commit_id: commit }) => commit === sha);
    const known = [pull.user, ...pull.requested_reviewers ?? [], ...own.map(({ user }) => user)];
    const asked = new Set(known.map((user) => user?.login.toLowerCase()));
    const refused = [];
    for (const login of logins.filter((it) => !asked.has(it.toLowerCase()))) {
      try {
        await this.#octokit.rest.pulls.requestReviewers({
          ...this.#at,
          pull_number: number,
          reviewers: [login]
        });
      } catch (error2) {
        if (!hasStatus(error2, 422)) throw error2;
        refused.push(login);
      }
    }
    return refused;
  }
};

// actions/lib/publish/issues.ts
var opened = ({ user, body, labels, ...issue }) => ({
  number: issue.number,
  url: issue.html_url,
  body: body ?? "",
  author: user?.login ?? "",
  labels: labels.flatMap((label) => typeof label === "string" ? label : label.name ?? []),
  state: issue.state === "open" ? "open" : "closed",
  createdAt: Date.parse(issue.created_at),
  updatedAt: Date.parse(issue.updated_at)
});
var Issues = class {
  #octokit;
  #at;
  constructor({ octokit, at }) {
    this.#octokit = octokit;
    this.#at = at;
  }
  /** An issue; undefined for a pull request, and where there is none. */
  async issue(number) {
    try {
      const { data } = await this.#octokit.rest.issues.get({ ...this.#at, issue_number: number });
      return data.pull_request === void 0 ? opened(data) : void 0;
    } catch (error2) {
      if (hasStatus(error2, 404) || hasStatus(error2, 410)) return void 0;
      throw error2;
    }
  }
  /** The numbers of all open issues, oldest first. */
  async open() {
    const issues = await this.#octokit.paginate(this.#octokit.rest.issues.listForRepo, {
      ...this.#at,
      state: "open",
      direction: "asc",
      per_page: 100
    });
    return issues.flatMap(({ number, pull_request: pull }) => pull === void 0 ? number : []);
  }
  /** Everything said on an issue, oldest first. */
  async remarks(number) {
    const comments = await this.#octokit.paginate(this.#octokit.rest.issues.listComments, {
      ...this.#at,
      issue_number: number,
      per_page: 100
    });
    return comments.map(({ id, user, body, created_at, updated_at }) => ({
      id,
      author: user?.login ?? "",
      isBot: user?.type === "Bot",
      body: body ?? "",
      createdAt: Date.parse(created_at),
      updatedAt: Date.parse(updated_at),
      isUntouched: created_at === updated_at
    }));
  }
  /** Gives an issue one of our labels, or none, and takes the others away. */
  async label(issue, wanted, ours) {
    const at = { ...this.#at, issue_number: issue.number };
    const others = ours.filter(({ name }) => name !== wanted?.name && issue.labels.includes(name));
    for (const { name } of others)
      await this.#octokit.rest.issues.removeLabel({ ...at, name }).catch(unless(404));
    if (wanted === void 0 || issue.labels.includes(wanted.name)) return;
    await this.#make(wanted);
    await this.#octokit.rest.issues.addLabels({ ...at, labels: [wanted.name] });
  }
  async #make(label) {
    try {
      await this.#octokit.rest.issues.getLabel({ ...this.#at, name: label.name });
    } catch (error2) {
      if (!hasStatus(error2, 404)) throw error2;
      await this.#octokit.rest.issues.createLabel({ ...this.#at, ...label }).catch(unless(422));
    }
  }
  async close(number, reason) {
    await this.#octokit.rest.issues.update({
      ...this.#at,
      issue_number: number,
      state: "closed",
      state_reason: reason
    });
  }
  /** Whether GitHub lets somebody write to the repository. */
  async mayWrite(login) {
    try {
      const { data } = await this.#octokit.rest.repos.getCollaboratorPermissionLevel({
        ...this.#at,
        username: login
      });
      return data.permission === "admin" || data.permission === "write";
    } catch (error2) {
      if (hasStatus(error2, 404)) return false;
      throw error2;
    }
  }
};
var unless = (status) => (error2) => {
  if (!hasStatus(error2, status)) throw error2;
};

// actions/lib/publish/request-state.ts
var REQUEST_MARKER = "<!-- rota-as-code: request -->";
var PREFIX = "<!-- state ";
function stateLine({ requestedAt: requestedAt2, ...state }) {
  const data = { ...state, requestedAt: instantText(requestedAt2) };
  return `${PREFIX}${JSON.stringify(data).replaceAll("-", "\\u002d").replaceAll(">", "\\u003e")} -->`;
}
function stateIn(body, within) {
  const [first, second = ""] = body.split(/\r?\n/, 2);
  if (first !== REQUEST_MARKER || !second.startsWith(PREFIX) || !second.endsWith(" -->")) return void 0;
  const data = parsed(second.slice(PREFIX.length, -4));
  if (data === void 0) return void 0;
  const { form, digest, dates, seen } = data;
  const requestedAt2 = instantOfText(String(data.requestedAt));
  if (!isForm(form) || !isDigest(digest) || !isDigest(dates) || !isNumber(seen)) return void 0;
  if (requestedAt2 === void 0 || requestedAt2 < within.startAt || requestedAt2 > within.endAt)
    return void 0;
  const decision = isDecision(data.decision) ? data.decision : void 0;
  const unheard = isUnheard(data.unheard) ? data.unheard : void 0;
  return { form, digest, dates, requestedAt: requestedAt2, seen, decision, unheard };
}
var isData = (value) => typeof value === "object" && value !== null;
function parsed(text2) {
  try {
    const data = JSON.parse(text2);
    return isData(data) ? data : void 0;
  } catch {
    return void 0;
  }
}
var isForm = (value) => value === "change" || value === "swap";
var isDigest = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
var isNumber = (value) => Number.isSafeInteger(value);
var isDecision = (value) => isData(value) && (value.kind === "approved" || value.kind === "declined") && isDigest(value.digest) && typeof value.by === "string" && isNumber(value.comment);
var isUnheard = (value) => isData(value) && ["changed", "not-ready", "not-asked", "void"].includes(String(value.why)) && isNumber(value.comment);

// actions/lib/publish/request-phase.ts
var nameOf = ({ people }, id) => forMarkdown(people.get(id)?.name ?? id);
var faultLines = (faults) => faults.slice(0, 20).map(({ field, message }) => `- **${forMarkdown(field)}**: ${forMarkdown(message)}`).join("\n");
var declinedText = (handbook, { by, reason }) => `Declined by ${nameOf(handbook, by)}${reason === "" ? "" : `: ${forMarkdown(reason)}`}. Edit and reopen this issue to ask again.`;
var unaskedText = (logins) => logins.length === 0 ? "" : ` GitHub did not let me ask ${logins.map(forMarkdown).join(", ")} for a review; please tell them.`;

// actions/lib/publish/change-words.ts
function changeParts(answered, verdict) {
  const { phase } = answered;
  const timed = verdict.timed;
  const faults = verdict.kind === "lacking" && phase.kind === "judged" ? verdict.faults : [];
  const troubles = phase.kind === "judged" || phase.kind === "proposed" ? timed?.troubles ?? [] : [];
  return [
    `### ${changeTitle(answered, verdict)}`,
    ...timed === void 0 ? [] : [changeTable(answered, timed)],
    ...faults.length === 0 ? [] : [`Please edit this issue, and I will look again:

${faultLines(faults)}`],
    ...troubles.length === 0 ? [] : [
      `This stands in the way, and is for the team to sort out (a swap, or another person in planned-changes.yaml):

${troubles.map((it) => `- ${forMarkdown(it)}`).join("\n")}`
    ],
    ...nextPart(answered, verdict),
    ...phase.kind === "proposed" || phase.kind === "written" ? [stepsPart(timed)] : []
  ];
}
function changeTitle({ phase }, verdict) {
  switch (phase.kind) {
    case "proposed":
      return "Approved: a pull request writes it down";
    case "returned":
      return "The pull request was closed";
    case "written":
      return "Confirmed: it is in the calendars";
    case "over":
      return "This change is over";
    case "declined":
      return "Declined";
    case "withdrawn":
      return "Closed";
    case "judged":
      break;
  }
  switch (verdict.kind) {
    case "accepted":
      return "Accepted for review";
    case "short-notice":
      return "This needs more notice";
    case "lacking":
      return "This needs more information";
    case "not-needed":
      return "No request is needed: this is in working hours";
  }
}
function changeTable({ handbook }, timed) {
  const { service, request, span, zone, parts, asked, requestedAt: requestedAt2, onThen } = timed;
  const windows = parts.map(({ value, startAt, endAt }) => {
    const when = parts.length > 1 ? `${spokenSpan(zone, startAt, endAt)}: ` : "";
    return `${forMarkdown(when)}${value === void 0 ? "outside all support hours" : forMarkdown(value)}`;
  });
  const notice = `${noticeText(zone, requestedAt2, span.startAt)} notice; the policy asks ${durationText(asked)}`;
  const rows = [
    ["Service", forMarkdown(service.name)],
    ["Change", forMarkdown(request.summary)],
    ["When", forMarkdown(`${spokenSpan(zone, span.startAt, span.endAt, requestedAt2)} (${zone.name})`)],
    ["Support hours", windows.join("<br>")],
    ["Notice", forMarkdown(notice)],
    ...onThen.map((it) => [it.line === "first" ? "On first" : "On second", onThenText(handbook, it)]),
    ["Slack channel", forMarkdown(request.channel)]
  ];
  return ["| | |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}
var onThenText = (handbook, { role, person }) => `${person === void 0 ? "nobody" : nameOf(handbook, person)} (${forMarkdown(roleText(role))})`;
function nextPart({ handbook, phase, state, deciders }, verdict) {
  const leads = deciders.map(({ id }) => nameOf(handbook, id)).join(", ") || "a lead of the team";
  switch (phase.kind) {
    case "proposed":
      return [
        `Approved by ${nameOf(handbook, state.decision?.by ?? "")}. #${phase.pull} writes it into the rota, and waits for those who will be there to approve it.${unaskedText(phase.unasked)}`
      ];
    case "returned":
      return [`#${phase.pull} was closed without being merged. Reopen it, or edit this issue to ask anew.`];
    case "written":
      return [
        "The people above are assigned. To move the change, edit this issue; to call it off, tell the team."
      ];
    case "declined":
      return [declinedText(handbook, phase)];
    case "withdrawn":
      return ["Reopen this issue to ask again."];
    case "over":
      return [];
    case "judged":
      break;
  }
  const { zone, span, asked } = verdict.timed ?? {};
  switch (verdict.kind) {
    case "accepted":
      return verdict.edit === void 0 ? [] : [
        `${leads} can now say \`/approve\` (or \`/approve ${state.digest.slice(0, 12)}\`, for exactly this) or \`/decline\` and why. An edit of what is asked starts the review again, and an edit of the dates starts the notice again.`
      ];
    case "short-notice":
      return zone === void 0 || span === void 0 || asked === void 0 ? [] : [
        `Please choose a start at least ${durationText(asked)} after you ask. An edit of the dates is a new request, and its notice counts from then.`
      ];
    case "not-needed":
      return [
        "Working hours are supported anyway. Tell the team in its channel, and close this issue; or edit it, if the dates are not what you meant."
      ];
    case "lacking":
      return [];
  }
}
function stepsPart(timed) {
  const channel = timed === void 0 ? "the channel of this change" : forMarkdown(timed.request.channel);
  return [
    "**Before the change**",
    "- Everybody concerned is informed",
    "- Backups and the way back are in place, and were tried",
    "",
    "**During the change**",
    `- The people assigned are there, and everybody talks in ${channel}`,
    "",
    "**After the change**",
    `- Success is confirmed in ${channel}, and somebody watches for issues`,
    "- The outcome is written down here"
  ].join("\n");
}

// actions/lib/publish/swap-words.ts
function swapParts(answered, verdict) {
  const { handbook, phase } = answered;
  switch (phase.kind) {
    case "written":
      return [
        "### Done",
        `${phase.pull === void 0 ? "It" : `#${phase.pull}`} is merged, and the calendars follow. For anything else, open a new request.`
      ];
    case "declined":
      return ["### Declined", declinedText(handbook, phase)];
    case "withdrawn":
      return ["### Closed", "Reopen this issue to ask again."];
    case "returned":
      return [
        "### The pull request was closed",
        `#${phase.pull} was closed without being merged. Reopen it, or edit this issue to ask anew.`
      ];
    case "over":
    case "judged":
    case "proposed":
      break;
  }
  const waiting = phase.kind === "proposed" ? [`#${phase.pull} waits for everyone whose time changes to approve it.${unaskedText(phase.unasked)}`] : [];
  switch (verdict.kind) {
    case "lacking":
      return [
        "### This needs more information",
        `Please edit this issue, and I will look again:

${faultLines(verdict.faults)}`
      ];
    case "wrong":
      return [
        "### This cannot be done",
        verdict.reasons.slice(0, 20).map((it) => `- ${forMarkdown(it)}`).join("\n"),
        ...waiting
      ];
    case "late":
      return [
        "### This needs more notice",
        verdict.late.map(({ exception, asked }) => {
          const span = spanText(exception, answered.state.requestedAt);
          return `- ${forMarkdown(`${span}: the policy asks ${durationText(asked)}`)}`;
        }).join("\n"),
        `Choose later turns; or, in an emergency, let a lead put the label ${forMarkdown(handbook.notice.emergency.label)} on this issue.`,
        ...waiting
      ];
    case "right":
      return [
        "### This can be done",
        verdict.edit.takings.map((it) => `- ${takingText(handbook, it)}`).join("\n"),
        ...waiting
      ];
  }
}
var takingText = (handbook, taking) => {
  const what = "turn" in taking ? `the turn of ${taking.turn}` : `${taking.from} to ${taking.to}`;
  return `${nameOf(handbook, taking.person)} takes ${forMarkdown(what)} from ${nameOf(handbook, taking.insteadOf)}`;
};

// actions/lib/publish/request-words.ts
var LABELS = {
  accepted: {
    name: "accepted-for-review",
    color: "0e8a16",
    description: "The request is complete and in time"
  },
  notice: {
    name: "needs-more-notice",
    color: "d93f0b",
    description: "The request comes too late for its dates"
  },
  information: {
    name: "needs-information",
    color: "fbca04",
    description: "Something in the request is missing or wrong"
  }
};
function labelFor(verdict, phase) {
  if (phase.kind !== "judged" && phase.kind !== "proposed") return void 0;
  switch (verdict.of === "change" ? verdict.change.kind : verdict.swap.kind) {
    case "accepted":
    case "right":
      return LABELS.accepted;
    case "short-notice":
    case "late":
      return LABELS.notice;
    case "lacking":
    case "wrong":
      return LABELS.information;
    case "not-needed":
      return void 0;
  }
}
function requestComment(answered) {
  const { verdict, state } = answered;
  return [
    `${REQUEST_MARKER}
${stateLine(state)}`,
    ...verdict.of === "change" ? changeParts(answered, verdict.change) : swapParts(answered, verdict.swap),
    ...unheardPart(answered),
    `<sub>Request ${state.digest.slice(0, 12)}, as asked for ${spoken(zoneOf("UTC"), state.requestedAt)} UTC.</sub>`
  ].join("\n\n");
}
var UNHEARD = {
  changed: "An approval did not count, because the request changed or was not judged yet when it was given. What is above is what is asked now; please look again.",
  "not-ready": "An approval did not count, because the request is not ready for one; see above.",
  "not-asked": "A swap is approved on its pull request, by everyone whose time changes; `/approve` here does nothing.",
  void: "The request was edited after it was approved, so the approval is void and it waits for a new one."
};
var unheardPart = ({ state: { unheard }, phase }) => unheard === void 0 || !["judged", "proposed"].includes(phase.kind) ? [] : [`\u26A0\uFE0F ${UNHEARD[unheard.why]}`];
var REPLY_MARKER = "<!-- rota-as-code: request reply -->";
var replyText = (handbook, deciders) => `${REPLY_MARKER}

Thank you. \`/approve\` and \`/decline\` count from the leads of the team (${deciders.map(({ id }) => nameOf(handbook, id)).join(", ") || "the handbook names none"}) with write access to this repository, in a comment of their own that nobody edited since.`;
var OUTCOME_MARKER = "<!-- rota-as-code: request outcome -->";
var outcomeText = (endAt) => `${OUTCOME_MARKER}

This change ended ${spoken(zoneOf("UTC"), endAt)} UTC. How did it go? Please say here whether it succeeded, what its users noticed, and what is left to do; then close this issue.`;
var pullText = (issue, digest, lines) => `${pullMark(digest)}

Asked for in #${issue}.

${lines.map((it) => `- ${it}`).join("\n")}

This branch is written from the issue: edit that, and it is written anew.`;
var pullMark = (digest) => `<!-- rota-as-code: request ${digest} -->`;
var droppedText = (body) => body.replace(/<!-- rota-as-code: request \w+ -->\s*/g, "");

// actions/lib/edit/entry.ts
var turnEntry = (role, turn, person, insteadOf) => [
  ["role", role],
  ["turn", turn],
  ["person", person],
  ["instead_of", insteadOf],
  ["reason", "swap"]
];
var hoursEntry = (role, { from, to }, person, insteadOf) => [
  ["role", role],
  ["person", person],
  ["instead_of", insteadOf],
  ["from", from],
  ["to", to],
  ["reason", "cover"]
];
var pairTexts = (entry) => entry.map(([key, value]) => `${key}: ${scalar(value)}`);
var flowText = (entry) => `{${pairTexts(entry).join(", ")}}`;

// actions/lib/edit/errors.ts
var MENDED = /* @__PURE__ */ new Set(["away", "eligible", "double-booked"]);
function errorsOver(texts, spans, now) {
  const loaded = load(texts);
  const { startAt } = publishedSpan(loaded.handbook, now);
  const found = spans.flatMap((span) => {
    const resolved = resolve(loaded.handbook, { startAt, endAt: span.endAt });
    return check(loaded, resolved, span.startAt);
  });
  return { texts, found: found.filter(({ severity }) => severity === "error") };
}
var isFaulty = ({ found }, file) => found.some(({ rule, place }) => place.file === file && !MENDED.has(rule));
function newErrors(before, after2) {
  const known = new Set(before.found.map(fact));
  return placed(
    after2.found.filter((finding) => !known.has(fact(finding))),
    after2.texts
  );
}
var fact = ({ rule, message, place }) => JSON.stringify([rule, place.file, message.split(";")[0]]);

// actions/lib/edit/lines.ts
function lineStart(text2, offset) {
  const start = offset === 0 ? 0 : text2.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text2.startsWith("\uFEFF") ? 1 : start;
}
function lineEnd(text2, offset) {
  const end = text2.indexOf("\n", offset);
  return end < 0 ? text2.length : end + 1;
}
var lineAt = (text2, offset) => text2.slice(lineStart(text2, offset), lineEnd(text2, offset));
var columnOf = (text2, offset) => offset - lineStart(text2, offset);
var lineBreak = (text2, offset) => text2[text2.lastIndexOf("\n", offset - 1) - 1] === "\r" ? "\r\n" : "\n";
function commentsAbove(text2, start, floor) {
  const highest = Math.max(floor, lineStart(text2, 0));
  let top = start;
  while (top > highest && /^[ \t]*#/.test(lineAt(text2, top - 1))) top = lineStart(text2, top - 1);
  return top;
}
function withLines(text2, offset, lines) {
  const end = lineBreak(text2, offset);
  const isOpen = offset === text2.length && !text2.endsWith("\n");
  const inserted = lines.map((line2) => isOpen ? end + line2 : line2 + end).join("");
  return text2.slice(0, offset) + inserted + text2.slice(offset);
}
function withoutLines(text2, { start, end }) {
  const before = text2.slice(0, start);
  const isOpen = end === text2.length && !text2.endsWith("\n");
  return (isOpen ? before.replace(/\r?\n$/, "") : before) + text2.slice(end);
}

// actions/lib/edit/block.ts
function appendToBlock(text2, { items }, entry) {
  const last = items.at(-1);
  const dash = last.dash;
  const margin = " ".repeat(columnOf(text2, dash));
  const between = text2.slice(dash + 1, last.start);
  const column = columnOf(text2, last.start);
  const gap = between.trim() === "" ? between : " ".repeat(Math.max(1, column - margin.length - 1));
  const end = lineBreak(text2, dash);
  const body = last.flow ? flowText(entry) : pairTexts(entry).join(end + " ".repeat(column));
  return withLines(text2, rowsOf(text2, last).end, [`${margin}-${gap}${body}`]);
}
function removeFromBlock(text2, { items }, index) {
  const { start, end } = rowsOf(text2, items[index]);
  const before = items[index - 1];
  const top = before === void 0 ? start : commentsAbove(text2, start, rowsOf(text2, before).end);
  return withoutLines(text2, { start: top, end });
}
function appendKey(text2, outline2, name, entry) {
  const dashes = outline2.keys.flatMap(({ list }) => list?.items[0]?.dash ?? []);
  const column = columnOf(text2, outline2.keys[0]?.start ?? 0);
  const dash = dashes[0] === void 0 ? column + 2 : columnOf(text2, dashes[0]);
  const lines = [`${" ".repeat(column)}${name}:`, `${" ".repeat(dash)}- ${flowText(entry)}`];
  const end = /^\.\.\.(?=\s|$)/m.exec(text2)?.index ?? text2.length;
  return withLines(text2, end, isSetApart(text2, outline2, name) ? ["", ...lines] : lines);
}
function removeKey(text2, outline2, name) {
  const key = outline2.keys.find((it) => it.name === name);
  const start = lineStart(text2, key.start);
  const { end } = rowsOf(text2, key.list.items[0]);
  const isApart = isSetApart(text2, outline2, name) && isBlankAbove(text2, start);
  return withoutLines(text2, { start: isApart ? lineStart(text2, start - 1) : start, end });
}
function rowsOf(text2, { dash, start, end: last }) {
  const column = columnOf(text2, dash ?? start);
  let end = lineEnd(text2, last - 1);
  for (; end < text2.length; end = lineEnd(text2, end)) {
    const [indent] = /^ *(?=#)/.exec(lineAt(text2, end)) ?? [""];
    if (indent.length <= column) break;
  }
  return { start: lineStart(text2, dash ?? start), end };
}
function isSetApart(text2, { keys }, name) {
  const other = keys.filter((it) => it.name !== name).at(-1);
  return other !== void 0 && isBlankAbove(text2, commentsAbove(text2, lineStart(text2, other.start), 0));
}
var isBlankAbove = (text2, start) => start > 0 && lineAt(text2, start - 1).trim() === "";

// actions/lib/edit/flow.ts
function appendToFlow(text2, list, entry) {
  const last = list.items.at(-1);
  const written = flowText(entry);
  if (last === void 0) return spliced(text2, list.start + 1, list.start + 1, written);
  const margin = marginOf(text2, last);
  if (margin === void 0) return spliced(text2, last.end, last.end, `, ${written}`);
  if (!ownsLine(text2, last))
    return spliced(text2, last.end, last.end, `,${lineBreak(text2, last.start)}${margin}${written}`);
  const next = lineEnd(text2, last.end);
  if (commaAfter(text2, last.end) !== void 0) return withLines(text2, next, [`${margin}${written},`]);
  return spliced(withLines(text2, next, [margin + written]), last.end, last.end, ",");
}
function removeFromFlow(text2, list, index) {
  const item = list.items[index];
  const before = list.items[index - 1];
  const { start, end } = ownSpace(text2, item, before);
  const rest = spliced(text2, start, end, "");
  const tookComma = ownsLine(text2, item) && commaAfter(text2, item.end) !== void 0;
  const parting = before === void 0 || tookComma ? void 0 : commaAfter(text2, before.end);
  const parted = parting === void 0 ? rest : spliced(rest, parting, parting + 1, "");
  const hadRoom = item.start > list.start + 1;
  return list.items.length === 1 && hadRoom ? closedUp(parted, list) : parted;
}
function ownSpace(text2, item, before) {
  if (ownsLine(text2, item)) {
    const start = lineStart(text2, item.start);
    const top = before === void 0 ? start : commentsAbove(text2, start, lineEnd(text2, before.end));
    return { start: top, end: lineEnd(text2, item.end) };
  }
  if (before !== void 0) return { start: spaceBefore(text2, item.start), end: item.end };
  const comma = commaAfter(text2, item.end);
  if (comma === void 0) return item;
  const space = /^[ \t]*(?=[^\s\]])/.exec(text2.slice(comma + 1));
  return { start: item.start, end: comma + 1 + (space?.[0].length ?? 0) };
}
function spaceBefore(text2, start) {
  const line2 = text2.slice(0, start).trimEnd();
  const isComment = text2.slice(lineStart(text2, line2.length), line2.length).includes("#");
  return isComment ? start - (/[ \t]*$/.exec(text2.slice(0, start))?.[0].length ?? 0) : line2.length;
}
function closedUp(text2, { start }) {
  const end = text2.indexOf("]", start);
  return text2.slice(start + 1, end).trim() === "" ? spliced(text2, start + 1, end, "") : text2;
}
function marginOf(text2, { start }) {
  const margin = text2.slice(lineStart(text2, start), start);
  return margin.trim() === "" ? margin : void 0;
}
function ownsLine(text2, item) {
  const end = lineEnd(text2, item.end);
  const comma = commaAfter(text2, item.end);
  const isAlone = /^[ \t]*,?\s*(#[^\n]*)?\n?$/.test(text2.slice(item.end, end));
  return marginOf(text2, item) !== void 0 && isAlone && (comma === void 0 || comma < end);
}
function commaAfter(text2, end) {
  const behind = /^(?:\s|#[^\n]*\n)*,/.exec(text2.slice(end));
  return behind === null ? void 0 : end + behind[0].length - 1;
}
var spliced = (text2, start, end, put) => text2.slice(0, start) + put + text2.slice(end);

// actions/lib/edit/overrides.ts
var KEY = "overrides";
var ORDER = { person: 0, insert: 1, remove: 2 };
function withOverrides(text2, changes) {
  const sorted = changes.toSorted(
    (one, other) => ORDER[one.kind] - ORDER[other.kind] || (one.kind === "remove" && other.kind === "remove" ? other.index - one.index : 0)
  );
  const changed = sorted.reduce(step, text2);
  if (changed === void 0) return void 0;
  const { overrides = [], ...rest } = outline(text2).data;
  const { overrides: now = [], ...restNow } = outline(changed).data ?? {};
  const isRight = same(now, sorted.reduce(expected, overrides)) && same(restNow, rest);
  return isRight ? changed : void 0;
}
var same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
function step(text2, change) {
  if (text2 === void 0) return void 0;
  const page = outline(text2);
  const list = page.keys.find(({ name }) => name === KEY)?.list;
  if (change.kind === "insert") {
    if (list?.flow === true) return appendToFlow(text2, list, change.entry);
    if (list !== void 0) return appendToBlock(text2, list, change.entry);
    return page.flow ? void 0 : appendKey(text2, page, KEY, change.entry);
  }
  const item = list?.items[change.index];
  if (list === void 0 || item === void 0) return void 0;
  if (change.kind === "person") return withPerson(text2, item.values.get(change.key), change.person);
  if (list.flow) return removeFromFlow(text2, list, change.index);
  return list.items.length > 1 ? removeFromBlock(text2, list, change.index) : removeKey(text2, page, KEY);
}
var withPerson = (text2, value, person) => value && text2.slice(0, value.start) + likewise(text2[value.start], person) + text2.slice(value.end);
var likewise = (quote, person) => quote === '"' || quote === "'" ? `${quote}${person}${quote}` : scalar(person);
function expected(overrides, change) {
  switch (change.kind) {
    case "insert":
      return [...overrides, Object.fromEntries(change.entry)];
    case "person":
      return overrides.map((it, i) => i === change.index ? { ...it, [change.key]: change.person } : it);
    case "remove":
      return overrides.toSpliced(change.index, 1);
  }
}

// actions/lib/edit/refusal.ts
var Refused = class extends Error {
  refusal;
  constructor(refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
};
var wrongUse = (message) => new Refused({ kind: "wrong-use", message });
var impossible = (message) => new Refused({ kind: "impossible", message });

// actions/lib/edit/seat.ts
function seatOf(loaded, asked) {
  const { handbook } = loaded;
  const rota = handbook.rotas.get(asked.rota);
  if (rota === void 0) {
    if (handbook.unread.has(`rota ${asked.rota}`)) throw withErrors(`rotas/${asked.rota}.yaml`);
    throw wrongUse(`there is no rota "${asked.rota}"${didYouMean(asked.rota, handbook.rotas.keys())}`);
  }
  const role = rota.roles.get(asked.role);
  if (role === void 0)
    throw wrongUse(`${rota.id} has no role "${asked.role}"${didYouMean(asked.role, rota.roles.keys())}`);
  return { loaded, rota, role };
}
function askedPerson({ handbook }, id) {
  if (handbook.people.has(id)) return id;
  if (handbook.unread.has(`people ${id}`)) throw withErrors(`what is written of ${id}`);
  throw wrongUse(`there is no person "${id}"${didYouMean(id, handbook.people.keys())}`);
}
var withErrors = (what) => impossible(`${what} has errors of its own; correct what "rota check" says of it first`);
function askedDay(text2) {
  if (!/^20\d\d-\d\d-\d\d$/.test(text2))
    throw wrongUse(`"${text2}" is not a date; write the hand-over of a turn as 2026-12-02`);
  const day = dayOf(text2);
  if (day === void 0) throw wrongUse(`there is no ${text2} in the calendar`);
  return day;
}
var REACH = 15;
function turnOf(seat, on, now) {
  const { rota, role } = seat;
  const { zone } = rota;
  const around = { startAt: zone.startOf(on - REACH), endAt: zone.startOf(on + REACH) };
  const { list, whole } = resolvedOver(seat, around);
  const turn = list.find((it) => it.on === on);
  if (turn === void 0)
    throw impossible(`no turn of ${role.id} begins on ${named(on)}${nearest(list, on)}`);
  if (turn.startAt <= now)
    throw impossible(
      `the turn of ${dateText(on)} began ${spoken(zone, turn.startAt)}; a swap is of turns that lie ahead`
    );
  if (!Number.isFinite(turn.endAt)) throw withErrors(rota.spot.file);
  requireHolidays(seat, turn);
  const holder = spanAt(whole, turn.startAt)?.value.person;
  if (holder === void 0)
    throw impossible(`nobody holds the turn of ${dateText(on)} as ${role.id}; a swap is between two people`);
  const index = rota.overrides.findIndex(
    (it) => it.kind === "turn" && it.role === role.id && it.turnOn === on
  );
  return { on, startAt: turn.startAt, endAt: turn.endAt, holder, own: turn.value?.person, index };
}
var named = (on) => `${dateText(on)} (${spokenDay(on)})`;
function nearest(list, asked) {
  const days = list.map(({ on }) => on).toSorted((one, other) => Math.abs(one - asked) - Math.abs(other - asked));
  return days[0] === void 0 || !Number.isFinite(days[0]) ? "" : `; the nearest hand-over is that of ${named(days[0])}`;
}
function askedWall(text2) {
  if (!/^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(text2))
    throw wrongUse(`"${text2}" is not a local date-time; write it as 2026-12-03T18:00`);
  const wall = wallOfText(text2);
  if (wall === void 0) throw wrongUse(`there is no ${text2.slice(0, 10)} in the calendar`);
  return wall;
}
function hoursOf({ rota: { zone } }, from, to, now) {
  const gap = [from, to].find((wall) => !zone.shows(wall));
  if (gap !== void 0)
    throw impossible(
      `there is no ${wallText(gap)} in ${zone.name}, where the clocks go forward over it; take a time after the gap`
    );
  if (to <= from)
    throw impossible(
      `this ends at ${wallText(to)}, not after it begins (${wallText(from)}); give it a later end`
    );
  const span = { startAt: zone.instantOf(from), endAt: zone.instantOf(to) };
  if (span.startAt < now)
    throw impossible(`${wallText(from)} lies in the past; a cover is of hours that lie ahead`);
  return span;
}
function holderBeneath(seat, span) {
  const { rota, role } = seat;
  requireHolidays(seat, span);
  const { duty, whole } = resolvedOver(seat, span);
  const asked = clip(duty, span);
  const spoke = ({ startAt, endAt }) => spokenSpan(rota.zone, startAt, endAt);
  if (asked.length === 0)
    throw impossible(`${rota.id} has no duty ${spoke(span)}; there is nothing to cover`);
  const held = byPerson(restrict(whole, asked));
  const [open] = without(asked, held);
  if (open !== void 0)
    throw impossible(`nobody is ${role.id} ${spoke(open)}, so there is nobody to cover for`);
  const people = new Set(held.map(({ value }) => value.person));
  if (people.size > 1) {
    const parts = held.map((it) => `${it.value.person} (${spoke(it)})`).join(", ");
    throw impossible(`${people.size} people are ${role.id} in that time: ${parts}; cover them one by one`);
  }
  return [...people][0];
}
var hoursWithin = ({ rota, role }, { startAt, endAt }) => [...rota.overrides.entries()].flatMap(
  ([i, it]) => it.kind === "hours" && it.role === role.id && it.startAt < endAt && it.endAt > startAt ? [[i, it]] : []
);
function resolvedOver({ loaded: { handbook }, rota, role }, span) {
  const { roles } = resolve({ ...handbook, rotas: /* @__PURE__ */ new Map([[rota.id, rota]]) }, span);
  const cover = roles.get(`${rota.id}/${role.id}`);
  if (cover === void 0) throw withErrors(`the policy of the support hours of ${rota.id}`);
  return cover;
}
function requireHolidays({ loaded: { handbook }, rota }, span) {
  if (isKnown(handbook, rota, span)) return;
  const [first, last] = [span.startAt, span.endAt - 1].map((instant) => dateText(rota.zone.dayOf(instant)));
  throw impossible(
    `the holiday list of the support hours of ${rota.id} does not reach from ${first} to ${last}; extend it with "rota holidays"`
  );
}

// actions/lib/edit/planned.ts
function changedFile(texts, now, asked) {
  const file = `rotas/${asked.team}/planned-changes.yaml`;
  const zone = zoneOf(asked.timezone);
  const [startAt, endAt] = [asked.from, asked.to].map((text3) => zone.instantOf(wallOfText(text3)));
  const spans = [{ startAt, endAt }];
  const before = errorsOver(texts, spans, now);
  if (isFaulty(before, file)) throw withErrors(file);
  const old = texts.texts.get(file);
  const text2 = withEntry(old ?? HEAD, asked, entryOf(asked));
  if (text2 === void 0)
    throw impossible(`${file} is laid out in a way that is not known here; write the change into it by hand`);
  const after2 = errorsOver({ ...texts, texts: new Map(texts.texts).set(file, text2) }, spans, now);
  const findings = newErrors(before, after2);
  if (findings.length > 0) throw new Refused({ kind: "errors", findings });
  return { file, text: text2 };
}
var HEAD = "# yaml-language-server: $schema=../../schemas/planned-changes.schema.json\n\nchanges:\n";
var entryOf = (asked) => ({
  service: asked.service,
  summary: asked.summary,
  timezone: asked.timezone,
  from: asked.from,
  to: asked.to,
  requested_at: asked.requestedAt,
  request: asked.request,
  assigned: asked.assigned.map(({ role, person }) => ({ role, person }))
});
var entryLines = (entry, margin, deeper) => Object.entries(entry).flatMap(
  ([key, value]) => typeof value === "string" ? [`${margin}${key}: ${scalar(value)}`] : [
    `${margin}${key}:`,
    ...value.map((it) => `${margin}${deeper}- {role: ${it.role}, person: ${it.person}}`)
  ]
);
function withEntry(text2, { id }, entry) {
  const end = text2.includes("\r\n") ? "\r\n" : "\n";
  const lines = text2.replaceAll("\r\n", "\n").replace(/\n+$/, "").split("\n");
  const top = lines.findIndex((line2) => /^changes:\s*(#.*)?$/.test(line2));
  const first = lines.slice(top + 1).find((line2) => /^ +[a-z0-9-]+:/.test(line2));
  const margin = /^ */.exec(first ?? "  ")?.[0] ?? "  ";
  const fresh = [`${margin}${id}:`, ...entryLines(entry, margin.repeat(2), margin)];
  const at = lines.findIndex((line2, i) => i > top && new RegExp(`^${margin}${id}:\\s*(#.*)?$`).test(line2));
  const rest = lines.slice(at + 1).findIndex((line2) => line2.trim() !== "" && indentOf(line2) <= margin.length);
  const upTo = rest < 0 ? lines.length : at + 1 + rest;
  const changed = at < 0 ? [...lines, ...fresh] : [...lines.slice(0, at), ...fresh, ...lines.slice(upTo)];
  const result = `${changed.join(end)}${end}`;
  return saysSo(text2, result, id, entry) ? result : void 0;
}
var indentOf = (line2) => line2.length - line2.trimStart().length;
function saysSo(text2, result, id, entry) {
  const was = outline(text2).data ?? { changes: null };
  const now = outline(result).data;
  const wanted = { ...was, changes: { ...was.changes, [id]: entry } };
  return JSON.stringify(now) === JSON.stringify(wanted);
}

// actions/lib/edit/edit.ts
var swapTurns = (texts, now, asked) => outcome(() => {
  const seat = seatOf(load(texts), asked);
  const days = asked.turns.map(askedDay);
  if (days[0] === days[1]) throw impossible(`${asked.turns[0]} is one turn; a swap is of two`);
  const turns = days.map((on) => turnOf(seat, on, now));
  const [one, other] = turns;
  if (one.holder === other.holder)
    throw impossible(`${one.holder} holds both turns; there is nothing to swap`);
  const changes = [
    turnChange(seat, one, other.holder),
    turnChange(seat, other, one.holder),
    ...coversWithin(seat, one, other.holder),
    ...coversWithin(seat, other, one.holder)
  ];
  return edited(texts, now, seat, turns, changes, [
    { turn: dateText(one.on), person: other.holder, insteadOf: one.holder },
    { turn: dateText(other.on), person: one.holder, insteadOf: other.holder }
  ]);
});
var coverHours = (texts, now, asked) => outcome(() => {
  const loaded = load(texts);
  const seat = seatOf(loaded, asked);
  const { from, to } = asked;
  const person = askedPerson(loaded, asked.person);
  const span = hoursOf(seat, askedWall(from), askedWall(to), now);
  const { change, insteadOf } = hoursChange(seat, span, asked);
  return edited(texts, now, seat, [span], [change], [{ from, to, person, insteadOf }]);
});
var writeChange = (texts, now, asked) => outcome(() => ({ ...changedFile(texts, now, asked), takings: [] }));
function outcome(edit) {
  try {
    return edit();
  } catch (error2) {
    if (!(error2 instanceof Refused)) throw error2;
    return { refusal: error2.refusal };
  }
}
function turnChange({ role }, { on, own, index }, person) {
  if (index < 0) return { kind: "insert", entry: turnEntry(role.id, dateText(on), person, own) };
  return person === own ? { kind: "remove", index } : { kind: "person", index, key: "person", person };
}
function coversWithin(seat, turn, taker) {
  return hoursWithin(seat, turn).flatMap(
    ([index, { assignment, startAt, endAt }]) => {
      const { person, insteadOf, change } = assignment;
      if (insteadOf !== turn.holder || change !== void 0) return [];
      if (startAt < turn.startAt || endAt > turn.endAt) return [];
      if (person !== taker) return [{ kind: "person", index, key: "instead_of", person: taker }];
      const [from, to] = [startAt, endAt].map((instant) => wallText(seat.rota.zone.wallOf(instant)));
      throw impossible(
        `${taker} covers ${from} to ${to} of the turn of ${dateText(turn.on)} for ${turn.holder}; take that back first: rota cover ${seat.rota.id} ${seat.role.id} ${from} ${to} ${turn.holder}`
      );
    }
  );
}
function hoursChange(seat, span, asked) {
  const { person } = asked;
  const own = holderBeneath(seat, span);
  const touching = hoursWithin(seat, span);
  const same2 = touching.find(([, { startAt, endAt }]) => startAt === span.startAt && endAt === span.endAt);
  const insteadOf = same2?.[1].assignment.person ?? own;
  if (person === insteadOf) throw impossible(whyThere(seat, asked, touching));
  if (same2 === void 0)
    return { change: { kind: "insert", entry: hoursEntry(seat.role.id, asked, person, own) }, insteadOf };
  const [index] = same2;
  return {
    change: person === own ? { kind: "remove", index } : { kind: "person", index, key: "person", person },
    insteadOf
  };
}
function whyThere({ rota, role }, { person, from, to }, touching) {
  const [first] = touching;
  if (first === void 0) return `${person} is ${role.id} then anyway; there is nothing to cover`;
  const [, { assignment, startAt, endAt }] = first;
  if (assignment.person === person)
    return `${person} covers ${from} to ${to} already; there is nothing to change`;
  const [begins, ends] = [startAt, endAt].map((instant) => wallText(rota.zone.wallOf(instant)));
  return `${assignment.person} covers ${begins} to ${ends} for ${person}; take that back by its own times`;
}
function edited(texts, now, { rota: { spot } }, spans, changes, takings) {
  const { file } = spot;
  const before = errorsOver(texts, spans, now);
  if (isFaulty(before, file)) throw withErrors(file);
  const text2 = withOverrides(texts.texts.get(file), changes);
  if (text2 === void 0)
    throw impossible(
      `${file} is laid out in a way that this command does not know; edit its overrides by hand`
    );
  const after2 = errorsOver({ ...texts, texts: new Map(texts.texts).set(file, text2) }, spans, now);
  const findings = newErrors(before, after2);
  if (findings.length > 0) throw new Refused({ kind: "errors", findings });
  return { file, text: text2, takings };
}

// actions/lib/requests/change.ts
var LONGEST = 31 * DAY;
function judgeChange(texts, handbook, now, parsed2, asking) {
  const { values } = parsed2;
  const value = (id) => values.get(id) ?? "";
  const request = {
    service: value("service"),
    summary: value("summary"),
    start: value("start"),
    end: value("end"),
    zone: value("zone"),
    channel: value("channel")
  };
  const found = spanOf(request, now);
  const service = handbook.services.get(request.service);
  if ("faults" in found || service === void 0)
    return {
      kind: "lacking",
      faults: [...parsed2.faults, ..."faults" in found ? found.faults : []],
      timed: void 0
    };
  const known = supportOf(handbook, service, found);
  if (typeof known === "string")
    return {
      kind: "lacking",
      faults: [...parsed2.faults, { field: "Service", message: known }],
      timed: void 0
    };
  const tried = tryOut(texts, now, service, request, known.onThen, asking);
  const timed = {
    service,
    request,
    ...found,
    parts: known.parts,
    requestedAt: asking.requestedAt,
    asked: handbook.notice.outOfHoursChange.minimum,
    onThen: known.onThen,
    troubles: [...tried.troubles, ...troublesOf(known.resolved, known.onThen, found, tried.troubles)]
  };
  const isLate = after(found.zone, asking.requestedAt, timed.asked) > found.span.startAt;
  const faults = [...parsed2.faults, ...known.isWorking ? [] : known.handovers];
  if (faults.length > 0) {
    const message = `this gives less notice than the ${durationText(timed.asked)} that the policy asks; take a later start`;
    const late = isLate && !known.isWorking ? [{ field: "Scheduled start", message }] : [];
    return { kind: "lacking", faults: [...faults, ...late], timed };
  }
  if (known.isWorking) return { kind: "not-needed", timed };
  if (isLate) return { kind: "short-notice", timed };
  return { kind: "accepted", timed, edit: timed.troubles.length > 0 ? void 0 : tried.edit };
}
function spanOf({ start, end, zone: name }, now) {
  const faults = [];
  const zone = name === "" ? void 0 : zoneOf(name);
  if (zone === void 0 || start === "" || end === "") return { faults };
  const walls = [
    ["Scheduled start", start],
    ["Scheduled end", end]
  ];
  for (const [field, text2] of walls)
    if (!zone.shows(wallOfText(text2)))
      faults.push({
        field,
        message: `there is no ${text2} in ${name}, where the clocks go forward over it; take a time after the gap`
      });
  const [startAt, endAt] = walls.map(([, text2]) => zone.instantOf(wallOfText(text2)));
  if (faults.length > 0) return { faults };
  if (endAt <= startAt)
    faults.push({
      field: "Scheduled end",
      message: `this ends at ${end}, not after it begins (${start}); give it a later end`
    });
  else if (endAt - startAt > LONGEST)
    faults.push({
      field: "Scheduled end",
      message: `this takes over ${LONGEST / DAY} days; ask for each part by itself`
    });
  if (startAt <= now)
    faults.push({ field: "Scheduled start", message: `${start} is past; take a time to come` });
  return faults.length > 0 ? { faults } : { zone, span: { startAt, endAt } };
}
var REACH2 = 15 * DAY;
function supportOf(handbook, service, { span, zone }) {
  const level = handbook.serviceLevels.get(service.serviceLevel ?? "");
  if (level === void 0)
    return `nothing says when ${service.id} is supported; agree this with the team itself`;
  if (!isListed(handbook, level.hours, span))
    return `the holiday list of ${level.hours} does not reach ${dateText(zone.dayOf(span.endAt))}, so nobody can say who is on then; extend it with "rota holidays"`;
  const resolved = resolve(handbook, { startAt: span.startAt - REACH2, endAt: span.endAt + REACH2 });
  const windows = windowAt(resolved, level.hours);
  if (windows === void 0)
    return `the support hours of ${service.id} could not be read; see what "rota check" says of them`;
  const parts = partsOf(clip(windows, span), span);
  const isWorkingHours = (window) => level.clock.get(window ?? "") === "in_hours";
  const first = parts.find(({ value }) => !isWorkingHours(value)) ?? parts[0];
  const served = windows.filter(({ value }) => service.escalation.has(value) && !isWorkingHours(value));
  const near = served.findLast(({ startAt }) => startAt <= first.startAt) ?? served.find(({ startAt }) => startAt > first.startAt);
  const chain = handbook.escalations.get(service.escalation.get(near?.value ?? "") ?? "");
  const isWorking = parts.every(({ value }) => isWorkingHours(value));
  if (chain === void 0 && !isWorking)
    return `${service.id} has no support out of hours; agree this with the team itself`;
  const seen = /* @__PURE__ */ new Set();
  const handovers = [];
  const onThen = (chain?.levels ?? []).slice(0, 2).flatMap(
    ({ notify }, i) => notify.flatMap((it) => {
      if (it.kind !== "role" || seen.has(roleText(it.role))) return [];
      seen.add(roleText(it.role));
      const [holder, next] = holdersOf(resolved, it.role, span);
      if (next !== void 0)
        handovers.push({
          field: "Scheduled end",
          message: `${roleText(it.role)} goes from ${holder?.value ?? "nobody"} to ${next.value ?? "nobody"} ${spoken(zone, next.startAt)}, before this ends; ask for the part up to then and the part from then by themselves`
        });
      return [{ role: it.role, line: i === 0 ? "first" : "second", person: holder?.value }];
    })
  );
  if (chain !== void 0 && !isWorking && onThen.length === 0)
    return `${chain.id} calls nobody by a role, so nobody can be assigned; agree this with the team`;
  return { resolved, parts, isWorking, onThen, handovers };
}
function partsOf(windows, { startAt, endAt }) {
  const parts = [];
  let at = startAt;
  for (const window of windows) {
    if (window.startAt > at) parts.push({ startAt: at, endAt: window.startAt, value: void 0 });
    parts.push(window);
    at = window.endAt;
  }
  return at < endAt ? [...parts, { startAt: at, endAt, value: void 0 }] : parts;
}
function holdersOf(resolved, role, span) {
  const cover = coverOf(resolved, role);
  const people = overlay(cover?.whole ?? [], cover?.cover ?? []).map((it) => ({
    ...it,
    value: it.value.person
  }));
  return partsOf(clip(merge(people), span), span);
}
function tryOut(texts, now, service, request, onThen, { number, url, requestedAt: requestedAt2 }) {
  const assigned = onThen.flatMap(
    ({ role, person }) => person === void 0 ? [] : [{ role: roleText(role), person }]
  );
  const nobody = onThen.filter(({ person }) => person === void 0).map(({ role }) => `nobody is ${roleText(role)} then`);
  if (assigned.length === 0 || request.summary === "") return { edit: void 0, troubles: nobody };
  const outcome2 = writeChange(texts, now, {
    team: service.team,
    id: `issue-${number}`,
    service: request.service,
    summary: request.summary,
    timezone: request.zone,
    from: request.start,
    to: request.end,
    requestedAt: new Date(requestedAt2).toISOString().replace(/\.\d+Z$/, "Z"),
    request: url,
    assigned
  });
  if (!("refusal" in outcome2)) return { edit: outcome2, troubles: nobody };
  const { refusal } = outcome2;
  const said = refusal.kind === "errors" ? refusal.findings.map(({ message }) => message) : [refusal.message];
  return { edit: void 0, troubles: [...nobody, ...said] };
}
function troublesOf(resolved, onThen, { span, zone }, told) {
  const troubles = [];
  const isTold = (person, word) => told.some((it) => it.startsWith(`${person} `) && it.includes(word));
  for (const { role, person: id } of onThen) {
    const person = resolved.handbook.people.get(id ?? "");
    if (person === void 0) continue;
    const absence = person.away.find(
      ({ firstOn, lastOn }) => zone.startOf(firstOn) < span.endAt && zone.startOf(lastOn + 1) > span.startAt
    );
    if (absence !== void 0 && !isTold(person.id, "is away"))
      troubles.push(`${person.id} is away ${spokenDay(absence.firstOn)} to ${spokenDay(absence.lastOn)}`);
    for (const other of coversOf(resolved, person.id)) {
      const ref = { rota: other.rota.id, role: other.role.id };
      if (!other.role.counts || roleText(ref) === roleText(role) || isTold(person.id, "at once")) continue;
      const held = clip(other.cover, span).filter(({ value }) => value.person === person.id);
      const [first] = held;
      if (first !== void 0)
        troubles.push(
          `${person.id} is ${roleText(ref)} too, ${spokenSpan(zone, first.startAt, first.endAt)}`
        );
    }
  }
  return troubles;
}

// actions/lib/requests/forms.ts
var formsOf = (handbook) => ({
  change: outOfHoursChange(handbook),
  swap: swap(handbook)
});
var byText = (options) => options.toSorted((one, other) => one.text < other.text ? -1 : one.text > other.text ? 1 : 0);
var named2 = ({ id, name }) => ({
  id,
  text: `${name} (${id})`
});
var line = (id, label, wants, example, description, need = "required") => ({ kind: "line", id, label, wants, example, description, need });
var text = (id, label, description, need = "required") => ({
  kind: "text",
  id,
  label,
  description,
  need
});
var choice = (id, label, options, description) => ({
  kind: "choice",
  id,
  label,
  options,
  description,
  need: "required"
});
function outOfHoursChange({ services, rotas, hours, notice }) {
  const zones = new Set([...rotas.values(), ...hours.values()].map(({ zone }) => zone.name));
  const options = [...zones].toSorted().map((name) => ({ id: name, text: name }));
  return {
    kind: "change",
    name: "Out-of-hours change",
    description: `A planned change that needs support outside working hours, asked for at least ${durationText(notice.outOfHoursChange.minimum)} ahead`,
    title: "Out-of-hours change: ",
    label: "out-of-hours-change",
    intro: "Please ask early: the notice counts from the moment you open this, and again from every edit of the dates. An answer comes within a minute, as a comment.",
    fields: [
      choice("service", "Service", byText([...services.values()].map(named2)), "Which service changes?"),
      line(
        "summary",
        "Summary",
        "words",
        "Upgrade the network firewall",
        "One line of at most 100 characters. It is published in calendars."
      ),
      text(
        "what",
        "What changes",
        "Everything the people who review this and who will be there need to know."
      ),
      line("start", "Scheduled start", "date-time", "2026-12-09T23:00", "A local time in the zone below."),
      line("end", "Scheduled end", "date-time", "2026-12-10T01:00", "A local time in the zone below."),
      choice(
        "zone",
        "Time zone",
        zones.has("UTC") ? options : [...options, { id: "UTC", text: "UTC" }],
        "The zone of both times."
      ),
      text("effect", "Expected effect on services and users", "What will they notice, and for how long?"),
      text("rollback", "Rollback plan", "How do you get back, and when do you decide to?"),
      text("people", "Who will be there", "Who of your team makes the change, and how are they reached?"),
      line(
        "channel",
        "Slack channel",
        "channel",
        "#ask-modernisation-platform",
        "Where you talk during the change."
      )
    ]
  };
}
function swap({ rotas, people }) {
  const seats = [...rotas.values()].flatMap(
    ({ id, roles }) => [...roles.keys()].map((role) => ({ id: `${id}/${role}`, text: `${id}/${role}` }))
  );
  return {
    kind: "swap",
    name: "Swap or cover",
    description: "Two turns change hands, or somebody takes some hours from you",
    title: "Swap: ",
    label: "swap",
    intro: "Agree with your colleague first. For a swap fill in both turns, for a cover both times. What comes of it is a pull request, which both of you approve.",
    fields: [
      choice("seat", "Rota and role", byText(seats), "Which seat is it about?"),
      line(
        "mine",
        "My turn",
        "date",
        "2026-12-02",
        "For a swap: the date on which your turn begins.",
        "optional"
      ),
      line(
        "theirs",
        "Their turn",
        "date",
        "2026-12-09",
        "For a swap: the date on which theirs begins.",
        "optional"
      ),
      line(
        "from",
        "From",
        "date-time",
        "2026-12-03T18:00",
        "For a cover: a local time of the rota.",
        "optional"
      ),
      line("to", "To", "date-time", "2026-12-03T21:00", "For a cover: the end.", "optional"),
      choice(
        "colleague",
        "With whom",
        byText([...people.values()].map(named2)),
        "Who swaps with you or covers for you?"
      ),
      text("why", "Why", "A word is enough: everyone who can read this repository can read it.", "optional")
    ]
  };
}

// actions/lib/requests/parse.ts
var WHOLE = "This request";
var MOST_IN_BODY = 65536;
var MOST_IN_LINE = 100;
var MOST_IN_TEXT = 1e4;
var EMPTY = "_No response_";
function formOf(forms, body) {
  const first = body.slice(0, 200).trimStart().split(/\r?\n/, 1)[0]?.trimEnd();
  return Object.values(forms).find(({ fields }) => first === headingOf(fields[0]));
}
var headingOf = ({ label }) => `### ${label}`;
function parseBody({ fields }, body) {
  if (body.length > MOST_IN_BODY) {
    const message = `this has ${body.length} characters, and a request has at most ${MOST_IN_BODY}; link to what is long`;
    return { values: /* @__PURE__ */ new Map(), faults: [{ field: WHOLE, message }] };
  }
  const lines = body.replaceAll("\r\n", "\n").split("\n");
  const starts = headings(fields, lines);
  const misplaced = [...misplacedIn(fields, starts, lines)];
  if (misplaced.length > 0) return { values: /* @__PURE__ */ new Map(), faults: misplaced };
  const values = /* @__PURE__ */ new Map();
  const faults = [];
  for (const [i, field] of fields.entries()) {
    const { line: line2 } = starts[i];
    const written = lines.slice(line2 + 1, starts[i + 1]?.line).join("\n").trim();
    const read = readAs(field, written === EMPTY ? "" : written);
    if (typeof read === "string") values.set(field.id, read);
    else if (read !== void 0) faults.push({ field: field.label, message: read.wrong });
  }
  return { values, faults };
}
function headings(fields, lines) {
  const known = new Map(fields.map((field) => [headingOf(field), field]));
  return lines.flatMap((text2, line2) => {
    const field = text2.startsWith("#") ? known.get(text2.trimEnd()) : void 0;
    return field === void 0 ? [] : [{ line: line2, field }];
  });
}
function* misplacedIn(fields, found, lines) {
  const times = Map.groupBy(found, ({ field }) => field);
  for (const field of fields) {
    const count = times.get(field)?.length ?? 0;
    if (count === 0)
      yield {
        field: field.label,
        message: `the heading "${headingOf(field)}" is missing; put it back, with the answer below`
      };
    else if (count > 1)
      yield {
        field: field.label,
        message: `the heading "${headingOf(field)}" is there ${count} times; keep one, and write such a line differently in a text`
      };
  }
  const each = fields.filter((field) => times.get(field)?.length === 1);
  const order = found.filter(({ field }) => each.includes(field));
  for (const [i, { field }] of order.entries()) {
    const wanted = each[i];
    if (wanted !== void 0 && wanted !== field) {
      yield {
        field: field.label,
        message: `this stands where "${wanted.label}" should; keep the fields in the order of the form`
      };
      break;
    }
  }
  if (lines.slice(0, found[0]?.line ?? 0).some((text2) => text2.trim() !== ""))
    yield { field: WHOLE, message: "there is text above the first field; take it out" };
  const skeletons = new Map(fields.map((field) => [skeleton(field.label), field]));
  const headed = new Set(found.map(({ line: line2 }) => line2));
  for (const [i, text2] of lines.entries()) {
    if (headed.has(i) || text2.length > 200) continue;
    const [, words] = /^[\s>]*#{1,6}(.*?)[#\s]*$/.exec(text2.replace(TRICKS, "").normalize("NFKC")) ?? [];
    const field = words === void 0 ? void 0 : skeletons.get(skeleton(words));
    if (field !== void 0)
      yield {
        field: field.label,
        message: `line ${i + 1} reads like the heading of this field and is not; write it differently`
      };
  }
}
var TWINS = Object.fromEntries(
  [
    ["\u0430\u0251\u03B1", "a"],
    ["\u0441\u03F2", "c"],
    ["\u0501", "d"],
    ["\u0435\u0451", "e"],
    ["\u04BB", "h"],
    ["\u0456\u0457\u03B9", "i"],
    ["\u0458", "j"],
    ["\u043A\u03BA", "k"],
    ["\u04CF", "l"],
    ["\u043E\u03BF\u03C3", "o"],
    ["\u0440\u03C1", "p"],
    ["\u0455", "s"],
    ["\u0442\u03C4", "t"],
    ["\u03C5", "u"],
    ["\u0475\u03BD", "v"],
    ["\u051D", "w"],
    ["\u0445\u03C7", "x"],
    ["\u0443\u03B3", "y"],
    ["\u0578", "n"],
    ["\u043C", "m"],
    ["\u043D", "h"],
    ["\u0432", "b"]
  ].flatMap(([twins = "", letter = ""]) => [...twins].map((twin) => [twin, letter]))
);
var skeleton = (text2) => [
  ...text2.replace(TRICKS, "").normalize("NFKD").toLowerCase().replace(/[\p{M}\p{DI}\s]/gu, "")
].map((char) => TWINS[char] ?? char).join("");
function readAs(field, written) {
  if (field.kind === "choice") return chosen(field.options, written);
  if (written === "") return field.need === "optional" ? void 0 : { wrong: "nothing is here; fill it in" };
  const most = field.kind === "line" ? MOST_IN_LINE : MOST_IN_TEXT;
  if (written.length > most)
    return {
      wrong: `this has ${written.length} characters, and it has at most ${most}; say it in fewer words`
    };
  if (field.kind === "text") {
    return written.replace(/[\n\t]/g, "").search(TRICKS) >= 0 ? { wrong: "this has a character that cannot be seen; type the text anew" } : written;
  }
  if (written.includes("\n")) return { wrong: "this has more than one line; write it in one" };
  if (written.search(TRICKS) >= 0)
    return { wrong: "this has a character that cannot be seen; type the text anew" };
  return lineAs(field.wants, field.example, written);
}
function chosen(options, written) {
  if (written === "" || written === "None") return { wrong: "nothing is chosen; choose one" };
  const option = options.find(({ text: text2 }) => text2 === written) ?? renamedIn(options, written);
  if (option !== void 0) return option.id;
  const shown = written.length > 100 ? `${written.slice(0, 100)}\u2026` : written;
  const twin = options.find(({ text: text2 }) => skeleton(text2) === skeleton(shown));
  if (twin !== void 0)
    return {
      wrong: `"${shown}" only looks like "${twin.text}", and has other characters; choose it from the list`
    };
  const hint = didYouMean(
    shown,
    options.map(({ text: text2 }) => text2)
  );
  return { wrong: `"${shown}" is not among the choices${hint === "" ? "; choose one from the list" : hint}` };
}
var NAMED = /^(.*) \(([^()]+)\)$/;
function renamedIn(options, written) {
  const [, name = "", id] = NAMED.exec(written) ?? [];
  const option = options.find((it) => it.id === id && it.text.endsWith(` (${id})`));
  if (option === void 0) return void 0;
  const others = options.filter((it) => it !== option);
  const sought = skeleton(name);
  return others.some(({ text: text2 }) => skeleton(NAMED.exec(text2)?.[1] ?? text2) === sought) ? void 0 : option;
}
function lineAs(wants, example, written) {
  const wrong2 = (message) => ({ wrong: message });
  switch (wants) {
    case "words":
      return /[<>]/.test(written) ? wrong2("this has angle brackets; write it without") : written;
    case "channel":
      return /^#[a-z0-9][a-z0-9_-]{0,79}$/.test(written) ? written : wrong2(`"${written}" is not a channel such as "${example}"`);
    case "date":
      if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(written))
        return wrong2(`"${written}" is not a date such as "${example}"`);
      return dayOf(written) === void 0 ? wrong2(`there is no ${written} in the calendar`) : written;
    case "date-time": {
      const joined = written.replace(" ", "T");
      if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$/.test(joined))
        return wrong2(`"${written}" is not a date and time such as "${example}"`);
      return wallOfText(joined) === void 0 ? wrong2(`there is no ${joined.slice(0, 10)} in the calendar`) : joined;
    }
  }
}

// actions/lib/requests/swap.ts
var WHOLE2 = "This request";
var personOf = ({ people }, login) => [...people.values()].find(({ github }) => github?.toLowerCase() === login.toLowerCase());
function judgeSwap(texts, handbook, now, parsed2, by) {
  const { values } = parsed2;
  const faults = [...parsed2.faults, ...combination(values)];
  const author = personOf(handbook, by.login);
  if (author === void 0)
    faults.push({
      field: WHOLE2,
      message: `nobody in the handbook has the GitHub name ${by.login}; add it to people, or let a person who is there ask`
    });
  const colleague = values.get("colleague") ?? "";
  if (author !== void 0 && author.id === colleague)
    faults.push({ field: "With whom", message: "this is you; choose your colleague" });
  if (faults.length > 0 || author === void 0) return { kind: "lacking", faults };
  const tried = values.has("mine") ? swapped(texts, now, values, author.id, colleague) : covered(texts, now, values, author.id, colleague);
  if ("kind" in tried) return tried;
  const { rota } = roleOf(values.get("seat") ?? "");
  const late = lateIn(texts, handbook, now, tried);
  const isEmergency = by.labels.includes(handbook.notice.emergency.label);
  const possible = { edit: tried, people: [author.id, colleague], rota };
  return late.length > 0 && !isEmergency ? { kind: "late", late, ...possible } : { kind: "right", ...possible };
}
function* combination(values) {
  const has = (id) => values.has(id);
  const turns = has("mine") || has("theirs");
  const times = has("from") || has("to");
  if (turns && times)
    yield {
      field: "My turn",
      message: "turns and times are both here; a swap has two turns, a cover has from and to"
    };
  else if (!turns && !times)
    yield {
      field: "My turn",
      message: "neither turns nor times are here; fill in both turns for a swap, or from and to for a cover"
    };
  else if (turns && !has("mine"))
    yield { field: "My turn", message: "nothing is here; write the date on which your turn begins" };
  else if (turns && !has("theirs"))
    yield { field: "Their turn", message: "nothing is here; write the date on which their turn begins" };
  else if (times && !has("from"))
    yield { field: "From", message: "nothing is here; write when the cover begins" };
  else if (times && !has("to")) yield { field: "To", message: "nothing is here; write when the cover ends" };
}
function swapped(texts, now, values, author, colleague) {
  const [mine, theirs] = [values.get("mine") ?? "", values.get("theirs") ?? ""];
  const outcome2 = swapTurns(texts, now, { ...roleOf(values.get("seat") ?? ""), turns: [mine, theirs] });
  if ("refusal" in outcome2) return wrong(outcome2);
  const holders = new Map(outcome2.takings.map((it) => ["turn" in it ? it.turn : "", it.insteadOf]));
  const faults = [
    ["My turn", mine, author],
    ["Their turn", theirs, colleague]
  ].flatMap(([field = "", turn = "", who = ""]) => {
    const holder = holders.get(turn);
    return holder === who ? [] : [
      {
        field,
        message: `${holder} holds the turn of ${turn}, not ${who}; write the date of one of ${who}'s turns`
      }
    ];
  });
  return faults.length > 0 ? { kind: "lacking", faults } : outcome2;
}
function covered(texts, now, values, author, colleague) {
  const asked = {
    ...roleOf(values.get("seat") ?? ""),
    from: values.get("from") ?? "",
    to: values.get("to") ?? ""
  };
  const given = coverHours(texts, now, { ...asked, person: colleague });
  if (!("refusal" in given) && takesFrom(given, author)) return given;
  const taken = coverHours(texts, now, { ...asked, person: author });
  if (!("refusal" in taken) && takesFrom(taken, colleague)) return taken;
  if ("refusal" in given) return wrong(given);
  const [{ insteadOf }] = given.takings;
  const message = `${insteadOf} is there then, and neither ${author} nor ${colleague}; write hours of one of you`;
  return { kind: "lacking", faults: [{ field: "From", message }] };
}
var takesFrom = ({ takings }, person) => takings[0]?.insteadOf === person;
function wrong({
  refusal
}) {
  const reasons = refusal.kind === "errors" ? refusal.findings.map(({ message }) => message) : [refusal.message];
  return { kind: "wrong", reasons };
}
function lateIn(texts, handbook, now, { file, text: text2 }) {
  const edited2 = load({ ...texts, texts: new Map(texts.texts).set(file, text2) });
  const against = compare(handbook, edited2.handbook, now, [], void 0);
  return against.ahead.flatMap((exception) => {
    const verdict = verdictOf(exception, against, now);
    return verdict.kind === "late" ? [{ exception, asked: verdict.asked }] : [];
  });
}

// actions/lib/requests/requests.ts
function readRequest(handbook, body, kind) {
  const forms = formsOf(handbook);
  const form = kind === void 0 ? formOf(forms, body) : forms[kind];
  return form === void 0 ? void 0 : { form, ...parseBody(form, body) };
}
var meaningOf = ({ form, values, faults }) => JSON.stringify([form.kind, form.fields.map(({ id }) => values.get(id) ?? null), faults]);
var datesOf = ({ values }) => JSON.stringify(["start", "end", "zone"].map((id) => values.get(id) ?? null));
function judge(texts, handbook, now, request, issue) {
  return request.form.kind === "change" ? { of: "change", change: judgeChange(texts, handbook, now, request, issue) } : {
    of: "swap",
    swap: judgeSwap(texts, handbook, now, request, { login: issue.author, labels: issue.labels })
  };
}
function decidersOf({ services, rotas, teams, people }, { form, values }) {
  const rota = (values.get("seat") ?? "").split("/").slice(0, 2).join("/");
  const team = form.kind === "change" ? services.get(values.get("service") ?? "")?.team : rotas.get(rota)?.team;
  return (teams.get(team ?? "")?.leads ?? []).flatMap((id) => people.get(id) ?? []);
}
function deciderBy(handbook, request, login) {
  const person = personOf(handbook, login);
  return person !== void 0 && decidersOf(handbook, request).includes(person) ? person : void 0;
}

// actions/requests/decide.ts
var rememberedIn = (remarks, { self, now }, { createdAt }) => {
  const within = { startAt: createdAt, endAt: now };
  for (const { author, body, updatedAt } of remarks) {
    const state = author === self ? stateIn(body, within) : void 0;
    if (state !== void 0) return { state, shownAt: updatedAt };
  }
  return void 0;
};
function stateOf(issue, request, heard, old) {
  const [digest, dates] = [fingerprintOf(meaningOf(request)), fingerprintOf(datesOf(request))];
  const isSame = old?.digest === digest;
  const isReopened = heard.kind === "reopened" && old?.decision?.kind === "declined";
  const decision = isSame && !isReopened ? old.decision : void 0;
  const isVoid = old?.decision?.kind === "approved" && !isSame;
  return {
    form: request.form.kind,
    digest,
    dates,
    requestedAt: old?.dates === dates ? old.requestedAt : requestedAt(issue, heard, old),
    seen: old?.seen ?? 0,
    decision,
    unheard: isVoid ? { why: "void", comment: old.decision.comment } : isSame ? old.unheard : void 0
  };
}
function requestedAt(issue, heard, old) {
  const isHeard = (heard.kind === "opened" || heard.kind === "edited") && heard.body === issue.body;
  if (isHeard && heard.kind === "opened" && old === void 0) return issue.createdAt;
  if (isHeard && heard.kind === "edited") return Math.min(heard.updatedAt, issue.updatedAt);
  return issue.updatedAt;
}
function commandIn(body) {
  const [, kind, rest = ""] = /^\/(approve|decline)(?:[ \t]+(.*))?$/.exec(body.split(/\r?\n/, 1)[0] ?? "") ?? [];
  return kind === "approve" || kind === "decline" ? { kind, rest: rest.trim() } : void 0;
}
var reasonIn = (remarks, comment) => {
  const remark = remarks.find(({ id, isUntouched }) => id === comment && isUntouched);
  return (remark === void 0 ? "" : commandIn(remark.body)?.rest ?? "").slice(0, 500);
};
async function decided(desk, issue, request, verdict, remarks, begun) {
  let { state } = begun;
  for (const remark of remarks) {
    const command = commandIn(remark.body);
    if (command === void 0 || remark.id <= state.seen || !remark.isUntouched || remark.isBot) continue;
    if (remark.author === desk.self) continue;
    state = { ...state, seen: remark.id };
    const decider = deciderBy(desk.handbook, request, remark.author);
    if (decider === void 0 || !await desk.issues.mayWrite(remark.author)) {
      const reply = replyText(desk.handbook, decidersOf(desk.handbook, request));
      await desk.github.note(issue.number, REPLY_MARKER, reply);
      continue;
    }
    const { digest } = state;
    const said = { digest, by: decider.id, comment: remark.id };
    const why = command.kind === "approve" ? whyUnheard(command, remark, verdict, state, begun.old) : void 0;
    if (why !== void 0) state = { ...state, unheard: { why, comment: remark.id } };
    else {
      const kind = command.kind === "approve" ? "approved" : "declined";
      state = { ...state, unheard: void 0, decision: { kind, ...said } };
    }
  }
  return state;
}
function whyUnheard({ rest }, { createdAt }, verdict, state, old) {
  if (verdict.of === "swap") return "not-asked";
  const isShown = old?.state.digest === state.digest && createdAt > old.shownAt;
  const isMeant = rest === "" || rest.length >= 7 && state.digest.startsWith(rest.toLowerCase());
  if (!isShown || !isMeant) return "changed";
  const { change } = verdict;
  return change.kind === "accepted" && change.edit !== void 0 ? void 0 : "not-ready";
}

// actions/requests/settle.ts
async function settleChange(desk, at, verdict) {
  const { issue, state, reason } = at;
  const { decision } = state;
  const branch = `change/issue-${issue.number}`;
  const written = writtenChange(desk, at);
  if (written !== void 0 && desk.now < written.endAt) return { kind: "written", pull: void 0 };
  if (written !== void 0) {
    if (issue.state === "open")
      await desk.github.note(issue.number, OUTCOME_MARKER, outcomeText(written.endAt));
    return { kind: "over" };
  }
  const proposed = await desk.branches.proposed(branch);
  if (decision?.kind === "declined") {
    await drop(desk, proposed);
    if (issue.state === "open") await desk.issues.close(issue.number, "not_planned");
    return { kind: "declined", by: decision.by, reason };
  }
  if (issue.state === "closed") {
    await drop(desk, proposed);
    return { kind: "withdrawn" };
  }
  if (decision === void 0) {
    await drop(desk, proposed);
    return { kind: "judged" };
  }
  const kept = fateOf(proposed, state.digest);
  if (kept !== void 0) return kept;
  if (verdict.kind !== "accepted" || verdict.edit === void 0) return stalled(desk, issue, proposed);
  const { timed } = verdict;
  const lines = timed.onThen.flatMap(({ person }) => person ?? []);
  const title = `Planned change: ${timed.request.service}, ${timed.request.start}`;
  return propose(desk, at, { branch, title, edit: verdict.edit, lines: [title], people: lines });
}
function writtenChange({ handbook, now }, { issue, request: { values } }) {
  const written = [...handbook.changes.values()].filter(
    ({ id, team }) => id === `${team}/issue-${issue.number}`
  );
  const [service, zone, start, end] = ["service", "zone", "start", "end"].map((id) => values.get(id) ?? "");
  const [startAt, endAt] = [start, end].map((text2) => {
    const wall = wallOfText(text2 ?? "");
    return wall === void 0 || !zone ? void 0 : zoneOf(zone).instantOf(wall);
  });
  return written.find((it) => it.service === service && it.startAt === startAt && it.endAt === endAt) ?? (written.every((it) => it.endAt <= now) ? written.at(-1) : void 0);
}
async function settleSwap(desk, at, verdict) {
  const { issue, state, reason } = at;
  const branch = `swap/issue-${issue.number}`;
  const proposed = await desk.branches.proposed(branch);
  if (proposed?.fate === "merged") {
    if (issue.state === "open") await desk.issues.close(issue.number, "completed");
    return { kind: "written", pull: proposed.number };
  }
  if (state.decision?.kind === "declined") {
    await drop(desk, proposed);
    if (issue.state === "open") await desk.issues.close(issue.number, "not_planned");
    return { kind: "declined", by: state.decision.by, reason };
  }
  if (issue.state === "closed") {
    await drop(desk, proposed);
    return { kind: "withdrawn" };
  }
  const kept = fateOf(proposed, state.digest);
  if (kept !== void 0) return kept;
  if (verdict.kind === "right" || verdict.kind === "late" && proposed?.fate === "open") {
    const lines = verdict.edit.takings.map((it) => takingText(desk.handbook, it));
    const title = `Swap: ${verdict.rota}, ${verdict.people.join(" and ")}`;
    return propose(desk, at, { branch, title, edit: verdict.edit, lines, people: verdict.people });
  }
  if (verdict.kind === "lacking") {
    await drop(desk, proposed);
    return { kind: "judged" };
  }
  return stalled(desk, issue, proposed);
}
async function stalled({ github }, { number }, proposed) {
  if (proposed?.fate !== "open") return { kind: "judged" };
  await stalledStatus(github, await github.pull(proposed.number), number);
  return { kind: "proposed", pull: proposed.number, unasked: [] };
}
function fateOf(proposed, digest) {
  if (proposed === void 0 || proposed.fate === "open" || !proposed.body.includes(pullMark(digest)))
    return void 0;
  return { kind: proposed.fate === "merged" ? "written" : "returned", pull: proposed.number };
}
async function drop({ branches }, proposed) {
  if (proposed?.fate === "open") await branches.close(proposed.number, droppedText(proposed.body));
}
async function propose(desk, { issue, request, state }, given) {
  const { branch, title, edit, lines, people } = given;
  const { file, text: text2 } = edit;
  const written = await desk.branches.propose({
    branch,
    base: desk.base,
    commit: desk.commit,
    file: desk.folder === "." ? file : `${desk.folder}/${file}`,
    text: text2,
    title,
    body: pullText(issue.number, state.digest, lines)
  });
  const emergency = desk.handbook.notice.emergency.label;
  const { number, sha } = written;
  let pull = await desk.github.pull(number, sha);
  if (issue.labels.includes(emergency) && !pull.labels.includes(emergency)) {
    await desk.branches.label(number, emergency);
    pull = { ...pull, labels: [...pull.labels, emergency] };
  }
  const edited2 = { ...desk.texts, texts: new Map(desk.texts.texts).set(file, text2) };
  const { handbook, against, placed: placed2 } = tell(edited2, desk.now, () => {
  }, { texts: desk.texts, pull });
  if (against === void 0) return { kind: "proposed", pull: number, unasked: [] };
  const judged = { handbook, against, placed: placed2, now: desk.now, commit: pull.headSha };
  await answer(desk.github, pull, judged);
  await verdictStatus(desk.github, pull, judged);
  const concerned = [
    ...people.flatMap((id) => desk.handbook.people.get(id) ?? []),
    ...missingConsent(against).flatMap(({ person }) => personIn(against, person) ?? []),
    ...decidersOf(desk.handbook, request)
  ];
  const logins = new Set(concerned.flatMap(({ github }) => github ?? []));
  return { kind: "proposed", pull: number, unasked: await desk.branches.askReviews(written, [...logins]) };
}

// actions/requests/request.ts
async function answerRequest(desk, number, heard) {
  const { handbook, texts, now, issues, github } = desk;
  const issue = await issues.issue(number);
  if (issue === void 0) return void 0;
  const remarks = await issues.remarks(number);
  const remembered = rememberedIn(remarks, desk, issue);
  const old = remembered?.state;
  const request = readRequest(handbook, issue.body, old?.form);
  if (request === void 0 || issue.state === "closed" && old === void 0) return void 0;
  const begun = stateOf(issue, request, heard, old);
  const verdict = judge(texts, handbook, now, request, { ...issue, requestedAt: begun.requestedAt });
  const state = await decided(desk, issue, request, verdict, remarks, { state: begun, old: remembered });
  const reason = state.decision === void 0 ? "" : reasonIn(remarks, state.decision.comment);
  const say = (phase2) => github.note(
    number,
    REQUEST_MARKER,
    requestComment({ handbook, verdict, phase: phase2, state, deciders: decidersOf(handbook, request) })
  );
  if (state.decision?.comment !== old?.decision?.comment) await say({ kind: "judged" });
  const at = { issue, request, state, reason };
  const phase = verdict.of === "change" ? await settleChange(desk, at, verdict.change) : await settleSwap(desk, at, verdict.swap);
  await say(phase);
  await issues.label(issue, labelFor(verdict, phase), Object.values(LABELS));
  return phase.kind;
}

// actions/requests/main.ts
var { env } = process;
var event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "/dev/null", "utf8") || "{}");
async function main() {
  const token = getInput("token");
  setSecret(token);
  const desk = openDesk(token, nowOf(getInput("now"), Date.now()));
  const { issue, pull_request: pull, action } = event;
  if (issue !== void 0) {
    if (issue.pull_request === void 0) await look(desk, issue.number, heardOf(issue, action));
  } else if (pull !== void 0) {
    const number = /^(?:change|swap)\/issue-([1-9]\d{0,9})$/.exec(pull.head.ref)?.[1];
    if (number !== void 0 && pull.head.repo?.full_name === env.GITHUB_REPOSITORY)
      await look(desk, Number(number), { kind: "other" });
  } else await lookAtAll(desk);
}
async function lookAtAll(desk) {
  const trouble = [];
  for (const number of await desk.issues.open())
    await look(desk, number, { kind: "other" }).catch((error2) => void trouble.push(error2));
  if (trouble.length > 0) throw trouble[0];
}
async function look(desk, number, heard) {
  const phase = await answerRequest(desk, number, heard);
  info(phase === void 0 ? `issue ${number} is no request` : `issue ${number}: ${phase}`);
}
function heardOf({ body, updated_at: updated }, action) {
  const isComment = env.GITHUB_EVENT_NAME === "issue_comment";
  if (!isComment && (action === "opened" || action === "edited"))
    return { kind: action, body: body ?? "", updatedAt: Date.parse(updated) };
  return { kind: !isComment && action === "reopened" ? "reopened" : "other" };
}
function openDesk(token, now) {
  const folder = getInput("root") || ".";
  const texts = readRevision(join(env.GITHUB_WORKSPACE ?? ".", folder), "HEAD");
  if ("trouble" in texts) throw new Error(texts.trouble);
  const self = getInput("comment-author");
  const connection = connect({
    url: env.GITHUB_API_URL ?? "https://api.github.com",
    token,
    repository: env.GITHUB_REPOSITORY ?? "",
    self
  });
  return {
    texts,
    handbook: load(texts).handbook,
    folder,
    commit: texts.commit,
    base: event.pull_request?.base.ref ?? event.repository?.default_branch ?? env.GITHUB_REF_NAME ?? "main",
    now,
    self,
    issues: new Issues(connection),
    branches: new Branches(connection),
    github: new GitHub(connection)
  };
}
await main().catch((error2) => {
  error(forTerminal(error2 instanceof Error ? error2.message : String(error2)));
  process.exitCode = 1;
});
