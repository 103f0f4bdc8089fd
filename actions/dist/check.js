import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  answer
} from "./shared-DJDQZ5YA.js";
import {
  GitHub,
  connect,
  gitAccess,
  parentsOf,
  readBase,
  readRevision
} from "./shared-5N2O333G.js";
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
} from "./shared-T7ZD4Z7Z.js";

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
  const base = baseOf();
  if (base !== void 0 && "trouble" in base) throw new Error(base.trouble);
  const number = event.pull_request?.number;
  const trouble = [];
  const pull = number === void 0 ? void 0 : await github.pull(number).catch((error2) => void trouble.push(error2));
  const told = tell(
    texts,
    now,
    () => {
    },
    base === void 0 ? void 0 : { texts: base, pull: pull ?? void 0 }
  );
  const judged = judgementOf(told, now, pull?.headSha ?? env.GITHUB_SHA ?? "");
  if (annotate(told.placed, folder) > 0) process.exitCode = 1;
  await summary.addRaw(summary2(told.placed, judged)).write();
  if (pull !== void 0 && judged !== void 0)
    await say(github, pull, judged).catch((error2) => void trouble.push(error2));
  if (trouble.length > 0) throw trouble[0];
}
async function judgeOpen(github, now) {
  for (const number of await github.openPulls()) {
    const pull = await github.pull(number);
    const head = readRevision(root, `refs/pull/${number}/merge`);
    const base = "trouble" in head ? head : readRevision(root, parentsOf(root, head.commit)[0] ?? "HEAD");
    if ("trouble" in head || "trouble" in base) {
      warning(
        forTerminal(
          `pull request ${number} is left out: ${"trouble" in base ? base.trouble : "it cannot be merged"}`
        )
      );
      continue;
    }
    const told = tell(head, now, () => {
    }, { texts: base, pull });
    const judged = judgementOf(told, now, pull.headSha);
    if (judged !== void 0) await say(github, pull, judged);
    info(forTerminal(`pull request ${number}: ${countOf(told.placed)}`));
  }
}
var judgementOf = ({ handbook, against, placed }, now, commit) => against === void 0 ? void 0 : { handbook, against, placed, now, commit };
function baseOf() {
  const named = getInput("base");
  if (named !== "") return readBase(root, named);
  if (event.merge_group !== void 0) return readRevision(root, event.merge_group.base_sha);
  if (event.pull_request === void 0) return void 0;
  const [first, second] = parentsOf(root, "HEAD");
  return first !== void 0 && second !== void 0 ? readRevision(root, first) : readBase(root, event.pull_request.base.sha);
}
async function say(github, pull, judged) {
  if (await answer(github, pull, judged) === "forbidden") info(UNSAID);
}
var UNSAID = "the token may not write here, so there is no comment and no status; the job summary has everything";
await main().catch((error2) => {
  error(forTerminal(error2 instanceof Error ? error2.message : String(error2)));
  process.exitCode = 1;
});
