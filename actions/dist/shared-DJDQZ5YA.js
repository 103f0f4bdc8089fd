import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isForbidden
} from "./shared-5N2O333G.js";
import {
  comment,
  countOf,
  missingConsent
} from "./shared-T7ZD4Z7Z.js";

// actions/lib/publish/answer.ts
var CONSENT = "rota / consent";
var CHECK = "rota";
async function answer(github, pull, judged) {
  const { ahead, past } = judged.against;
  const changes = ahead.length + past.length;
  const missing = missingConsent(judged.against).map(({ person }) => person);
  if (pull.isFork) return "forbidden";
  try {
    await github.say(pull.number, comment(judged), changes + judged.placed.length > 0);
    if (missing.length > 0)
      await github.status(pull.headSha, CONSENT, "pending", `waiting for ${missing.join(", ")}`);
    else
      await github.status(
        pull.headSha,
        CONSENT,
        "success",
        changes > 0 ? "everyone whose time changes has agreed" : "nobody's time changes"
      );
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

export {
  answer,
  verdictStatus
};
