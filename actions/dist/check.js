import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  answer,
  groupStatus,
  verdictStatus
} from "./shared-ZPKBR3Z2.js";
import {
  GitHub,
  connect,
  gitAccess,
  parentsOf,
  readBase,
  readRevision
} from "./shared-Q6LQOBD2.js";
import {
  annotate,
  countOf,
  error,
  forTerminal,
  getInput,
  info,
  nowOf,
  readFolder,
  setSecret,
  summary,
  summary2,
  tell,
  warning
} from "./shared-7UASCU2K.js";

// actions/check/main.ts
import { readFileSync } from "node:fs";
import { join } from "node:path";
var { env } = process;
var folder = getInput("root") || ".";
var root = join(env.GITHUB_WORKSPACE ?? ".", folder);
var token = getInput("token");
var event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "/dev/null", "utf8") || "{}");
async function main() {
  setSecret(token);
  Object.assign(env, gitAccess(token, env.GITHUB_SERVER_URL ?? "https://github.com"));
  const now = nowOf(getInput("now"), Date.now());
  const access = {
    url: env.GITHUB_API_URL ?? "https://api.github.com",
    token,
    repository: env.GITHUB_REPOSITORY ?? "",
    self: getInput("comment-author")
  };
  const github = new GitHub(connect(access));
  if (event.pull_request === void 0 && ["schedule", "workflow_dispatch"].includes(env.GITHUB_EVENT_NAME ?? "")) {
    await judgeOpen(github, now);
  } else {
    await judgeCheckout(github, now);
  }
}
async function judgeCheckout(github, now) {
  const texts = readFolder(root);
  if (texts === void 0)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`
    );
  const { merge_group: group } = event;
  const number = event.pull_request?.number ?? numberIn(group?.head_ref);
  const isNameless = group !== void 0 && number === void 0;
  if (isNameless) warning(forTerminal(`${group.head_ref} names no pull request; ${NAMELESS}`));
  const base = isNameless ? void 0 : baseOf();
  if (base !== void 0 && "trouble" in base) throw new Error(base.trouble);
  const trouble = [];
  const keep = (error2) => void trouble.push(error2);
  const pull = number === void 0 ? void 0 : await github.pull(number).catch(keep);
  const told = tell(
    texts,
    now,
    () => {
    },
    base === void 0 ? void 0 : { texts: base, pull: pull ?? void 0 }
  );
  const judged = judgementOf(told, now, group?.head_sha ?? pull?.headSha ?? env.GITHUB_SHA ?? "");
  if (annotate(told.placed, folder) > 0) process.exitCode = 1;
  await summary.addRaw(summary2(told.placed, judged)).write();
  if (group !== void 0 && trouble.length === 0)
    await groupStatus(github, group.head_sha, judged?.against).then(admit, keep);
  else if (pull !== void 0 && judged !== void 0) await say(github, pull, judged).catch(keep);
  if (trouble.length > 0) throw trouble[0];
}
async function judgeOpen(github, now) {
  const trouble = [];
  for (const number of await github.openPulls())
    await judgeMerged(github, number, now).catch((error2) => {
      warning(forTerminal(`pull request ${number} is left out: ${wordsOf(error2)}`));
      trouble.push(error2);
    });
  if (trouble.length > 0) throw trouble[0];
}
async function judgeMerged(github, number, now) {
  const pull = await github.pull(number);
  const head = readRevision(root, `refs/pull/${number}/merge`);
  const base = "trouble" in head ? head : readRevision(root, parentsOf(root, head.commit)[0] ?? "HEAD");
  if ("trouble" in head || "trouble" in base) {
    const why = "trouble" in base ? base.trouble : "it cannot be merged";
    warning(forTerminal(`pull request ${number} is left out: ${why}`));
    return;
  }
  const told = tell(head, now, () => {
  }, { texts: base, pull });
  const judged = judgementOf(told, now, pull.headSha);
  if (judged !== void 0) await say(github, pull, judged);
  info(forTerminal(`pull request ${number}: ${countOf(told.placed)}`));
}
var judgementOf = ({ handbook, against, placed }, now, commit) => against === void 0 ? void 0 : { handbook, against, placed, now, commit };
function numberIn(ref) {
  const number = /\/pr-(\d+)-[0-9a-f]+$/.exec(ref ?? "")?.[1];
  return number === void 0 ? void 0 : Number(number);
}
var NAMELESS = "notice, history and consent were judged when it was queued, and are not judged again";
function baseOf() {
  const named = getInput("base");
  if (named !== "") return readBase(root, named);
  if (event.merge_group !== void 0) return readRevision(root, event.merge_group.base_sha);
  if (event.pull_request === void 0) return void 0;
  const [first, second] = parentsOf(root, "HEAD");
  return first !== void 0 && second !== void 0 ? readRevision(root, first) : readBase(root, event.pull_request.base.sha);
}
async function say(github, pull, judged) {
  const said = await answer(github, pull, judged);
  if (said === "said") await verdictStatus(github, pull, judged);
  admit(said);
}
function admit(said) {
  if (said === "forbidden") info(UNSAID);
}
var UNSAID = "the token may not write here, so there is no comment and no status; the job summary has everything";
var wordsOf = (error2) => error2 instanceof Error ? error2.message : String(error2);
await main().catch((error2) => {
  error(forTerminal(wordsOf(error2)));
  process.exitCode = 1;
});
