import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  FEED_LIST,
  annotate,
  error,
  forTerminal,
  getInput,
  info,
  isFeedPath,
  nowOf,
  plural,
  publication,
  readFolder,
  setOutput,
  summary,
  summary2,
  tell
} from "./shared-7UASCU2K.js";

// actions/publish/main.ts
import { join as join2, resolve as resolve2 } from "node:path";

// actions/lib/publish/page/assets.ts
import { readFileSync } from "node:fs";
var ASSETS = ["site.css", "now.js", "icon.svg"];
var assets = () => ASSETS.map((path) => ({ path, text: readFileSync(new URL(path, import.meta.url), "utf8") }));

// actions/lib/publish/revisions.ts
import { spawnSync } from "node:child_process";
function revisions(root, now) {
  const log = git(root, [
    "log",
    "--first-parent",
    "-m",
    "--format=%x00%ct",
    "--name-only",
    // A renamed file changed under its old name too: whatever was made from it is no longer.
    "--no-renames",
    "--relative",
    "--",
    "rotas",
    "policies"
  ]);
  const status = statusOf(root);
  const prefix = git(root, ["rev-parse", "--show-prefix"])?.trim();
  if (log === void 0 || status === void 0 || prefix === void 0) return () => now;
  const times = /* @__PURE__ */ new Map();
  for (const commit of log.split("\0").slice(1)) {
    const [time = "", ...files] = commit.split("\n");
    for (const file of files) if (file !== "" && !times.has(file)) times.set(file, Number(time) * 1e3);
  }
  const dirty = new Set(status.split("\0").map((line) => line.slice(3 + prefix.length)));
  return (file) => dirty.has(file) ? now : times.get(file) ?? 0;
}
var committed = (root) => statusOf(root) === "" ? git(root, ["rev-parse", "--verify", "--quiet", "HEAD"])?.trim() : void 0;
var isShallow = (root) => git(root, ["rev-parse", "--is-shallow-repository"])?.trim() === "true";
var statusOf = (root) => git(root, [
  "status",
  "--porcelain",
  "-z",
  "--no-renames",
  "--untracked-files=all",
  "--",
  "rotas",
  "policies"
]);
function git(root, words) {
  const { status, stdout } = spawnSync("git", ["-c", "core.quotepath=off", ...words], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1024 ** 3
  });
  return status === 0 ? stdout : void 0;
}

// actions/lib/publish/write.ts
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync as readFileSync2,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
function unfit(folder) {
  const out = resolve(folder);
  const stat = lstatSync(out, { throwIfNoEntry: false });
  if (stat === void 0) return void 0;
  if (stat.isSymbolicLink()) return `${folder} is a symbolic link; name the folder itself`;
  if (!stat.isDirectory()) return `${folder} is not a folder`;
  if (readdirSync(out).length === 0 || existsSync(join(out, FEED_LIST))) return void 0;
  return `${folder} holds files that were not published by rota; name an empty or a new folder`;
}
function writeAll(folder, pieces) {
  const out = resolve(folder);
  const [fresh, old] = ["new", "old"].map((age) => join(dirname(out), `.${basename(out)}.${age}`));
  rmSync(fresh, { recursive: true, force: true });
  let sizes;
  try {
    sizes = fill(fresh, pieces);
  } catch (error2) {
    const { code } = error2;
    if (code !== "EEXIST" && code !== "ENOENT") rmSync(fresh, { recursive: true, force: true });
    throw error2;
  }
  for (const [path, size] of sizes)
    if (lstatSync(join(fresh, path), { throwIfNoEntry: false })?.size !== size)
      throw new Error(`another run is publishing to ${folder} too; wait for it, then run this again`);
  moveInto(fresh, out, old);
  return { folder: out, files: sizes.size, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}
function fill(fresh, pieces) {
  const made = /* @__PURE__ */ new Set();
  const sizes = /* @__PURE__ */ new Map();
  for (const { path, text } of pieces) {
    const file = join(fresh, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    const size = sizes.get(path);
    writeFileSync(file, text, { flag: size === void 0 ? "wx" : "a" });
    sizes.set(path, (size ?? 0) + Buffer.byteLength(text));
  }
  return sizes;
}
var linksIn = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isSymbolicLink()).map(({ parentPath, name }) => join(parentPath, name));
function recover(folder) {
  const out = resolve(folder);
  const old = join(dirname(out), `.${basename(out)}.old`);
  if (!existsSync(out) && existsSync(old)) renameSync(old, out);
}
function moveInto(fresh, out, old) {
  rmSync(old, { recursive: true, force: true });
  const replaces = existsSync(out);
  if (replaces) renameSync(out, old);
  try {
    renameSync(fresh, out);
  } catch (error2) {
    if (replaces) renameSync(old, out);
    rmSync(fresh, { recursive: true, force: true });
    throw error2;
  }
  rmSync(old, { recursive: true, force: true });
}
var isAddress = (from) => /^https?:/.test(from);
function unpublished(from) {
  if (isAddress(from)) return void 0;
  if (!existsSync(from)) return `there is no folder ${from}, in which the last publication would lie`;
  if (existsSync(join(from, FEED_LIST))) return void 0;
  return `there is no ${FEED_LIST} in ${from}, by which calendars are kept that people subscribe to; name the folder that was published`;
}
async function previousFeeds(from) {
  if (!isAddress(from)) {
    const list = join(from, FEED_LIST);
    return existsSync(list) ? listed(readFileSync2(list, "utf8"), list) : [];
  }
  const address = new URL(FEED_LIST, from.endsWith("/") ? from : `${from}/`);
  const response = await fetch(address, { signal: AbortSignal.timeout(3e4) }).catch((error2) => {
    throw new Error(
      `${address} does not answer; publish again when it does, or name a folder with --previous`,
      { cause: error2 }
    );
  });
  if (response.status === 404) return [];
  if (!response.ok)
    throw new Error(
      `${address} answered ${response.status}; publish again when it is back, or name a folder with --previous`
    );
  return listed(await response.text(), String(address));
}
function listed(text, from) {
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    list = void 0;
  }
  if (!Array.isArray(list))
    throw new Error(
      `${from} is not a list of calendars; without it, feeds that people subscribe to would vanish`
    );
  return list.filter(
    (it) => typeof it?.path === "string" && typeof it?.name === "string" && isFeedPath(it.path)
  );
}

// actions/publish/main.ts
var { GITHUB_WORKSPACE: workspace = "." } = process.env;
var placeOf = (input) => input === "" || isAddress(input) ? input : resolve2(workspace, input);
async function main() {
  const folder = getInput("root") || ".";
  const [root, out] = [join2(workspace, folder), resolve2(workspace, getInput("out") || "_site")];
  const now = nowOf(getInput("now"), Date.now());
  const texts = readFolder(root);
  if (texts === void 0)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`
    );
  if (isShallow(root))
    throw new Error(
      "this checkout has no full history, by which calendars tell what changed; check out with fetch-depth: 0"
    );
  recover(out);
  const named = placeOf(getInput("previous"));
  const why = (named === "" ? void 0 : unpublished(named)) ?? unfit(out);
  if (why !== void 0) throw new Error(why);
  const told = tell(texts, now, info);
  const errors = annotate(told.placed, folder);
  const previous = named || told.handbook.publishing.site || out;
  const pieces = publication(told, {
    now,
    revisedAt: revisions(root, now),
    previous: errors > 0 ? [] : await previousFeeds(previous),
    commit: committed(root),
    assets: assets()
  });
  const written = pieces === void 0 ? void 0 : writeAll(out, pieces);
  const links = written === void 0 ? [] : linksIn(out);
  if (links.length > 0)
    throw new Error(`${links[0]} is a symbolic link, which would publish what it leads to; remove it`);
  const said = written === void 0 ? "Nothing was published, because the handbook has errors." : `Published ${plural(written.files, "file")}, ${Math.ceil(written.bytes / 1024)} KiB.`;
  setOutput("files", written?.files ?? 0);
  await summary.addRaw(`### ${said}

${summary2(told.placed, void 0)}`).write();
  info(said);
  if (written === void 0) process.exitCode = 1;
}
await main().catch((error2) => {
  error(forTerminal(error2 instanceof Error ? error2.message : String(error2)));
  process.exitCode = 1;
});
