import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isForbidden
} from "./shared-Q6LQOBD2.js";
import {
  comment,
  countOf,
  missingConsent,
  unheard
} from "./shared-7UASCU2K.js";

// actions/lib/publish/answer.ts
var CONSENT = "rota / consent";
var CHECK = "rota";
async function answer(github, pull, judged) {
  if (pull.isFork) return "forbidden";
  const { against, placed } = judged;
  const isNews = against.ahead.length + against.past.length + placed.length > 0;
  return allowed(async () => {
    await github.say(pull.number, comment(judged), isNews);
    await consentStatus(github, pull.headSha, against, "pending");
  });
}
var groupStatus = (github, commit, against) => allowed(
  () => against === void 0 ? github.status(commit, CONSENT, "success", "judged when it was queued") : consentStatus(github, commit, against, "failure")
);
async function consentStatus(github, commit, against, missed) {
  const missing = missingConsent(against).map(({ person }) => person);
  const open = [
    ...missing.length > 0 ? [`waiting for ${missing.join(", ")}`] : [],
    ...unheard(against).map(({ rota }) => `${rota} could not be read, so a lead has to approve`)
  ];
  const agreed = [
    against.ahead.length + against.past.length > 0 ? ["everyone whose time changes has agreed"] : [],
    against.unread.length > 0 ? ["a lead has approved what could not be read"] : []
  ].flat();
  await (open.length > 0 ? github.status(commit, CONSENT, missed, open.join("; ")) : github.status(commit, CONSENT, "success", agreed.join("; ") || "nobody's time changes"));
}
async function allowed(tell) {
  try {
    await tell();
    return "said";
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return "forbidden";
  }
}
async function verdictStatus(github, pull, { placed }) {
  const found = placed.filter(({ rule }) => rule !== "consent");
  const isWrong = found.some(({ severity }) => severity === "error");
  await github.status(pull.headSha, CHECK, isWrong ? "failure" : "success", countOf(found));
}
async function stalledStatus(github, { headSha }, issue) {
  const why = `this cannot be done any more; see #${issue}`;
  await github.status(headSha, CONSENT, "pending", why);
  await github.status(headSha, CHECK, "failure", why);
}

export {
  answer,
  groupStatus,
  verdictStatus,
  stalledStatus
};
