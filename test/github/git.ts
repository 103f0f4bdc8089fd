/** What GitHub keeps of git: trees as whole folders of text, commits, and refs that point at them. */
import { createHash } from 'node:crypto';

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** The name that git gives a text. */
export const blobOf = (text: string): string => sha1(`blob ${Buffer.byteLength(text)}\0${text}`);

/** A repository in memory. */
export class Git {
  /** By name, such as `heads/main`. */
  readonly refs = new Map<string, string>();
  readonly commits = new Map<string, Commit>();
  readonly #trees = new Map<string, ReadonlyMap<string, string>>();
  #made = 0;

  /** A commit that came from elsewhere, under the name that it has there, on top of what the ref pointed at. */
  seed(ref: string, sha: string, files: ReadonlyMap<string, string>): void {
    const below = this.refs.get(ref);
    const parents = below === undefined || below === sha ? [] : [below];
    this.commits.set(sha, { tree: this.#tree(files), parents, message: 'seed' });
    this.refs.set(ref, sha);
  }

  #tree(files: ReadonlyMap<string, string>): string {
    const sha = sha1(JSON.stringify([...files].toSorted(([one], [other]) => (one < other ? -1 : 1))));
    this.#trees.set(sha, files);
    return sha;
  }

  /** A tree with some files put in; undefined where the base is not there. */
  tree(base: string, files: readonly (readonly [path: string, text: string])[]): string | undefined {
    const below = this.#trees.get(base);
    return below === undefined ? undefined : this.#tree(new Map([...below, ...files]));
  }

  /** A commit; two of the same are two, because each has its time. */
  commit(commit: Commit): string | undefined {
    if (!this.#trees.has(commit.tree) || !commit.parents.every((sha) => this.commits.has(sha)))
      return undefined;
    this.#made += 1;
    const sha = sha1(JSON.stringify([commit, this.#made]));
    this.commits.set(sha, commit);
    return sha;
  }

  /** The files at a commit, or at what a branch points at. */
  filesAt(name: string): ReadonlyMap<string, string> | undefined {
    const commit = this.commits.get(this.refs.get(`heads/${name}`) ?? name);
    return commit === undefined ? undefined : this.#trees.get(commit.tree);
  }

  /** A commit and everything below it, the nearest first. */
  #below(name: string): readonly string[] {
    const found = [name];
    for (const sha of found)
      found.push(...(this.commits.get(sha)?.parents ?? []).filter((it) => !found.includes(it)));
    return found;
  }

  /** What one commit has that another lacks, and the files that differ from where they parted; undefined where they never met. */
  compared(base: string, head: string) {
    const [below, own] = [this.#below(base), this.#below(head)];
    const shared = own.find((sha) => below.includes(sha));
    if (shared === undefined || !this.commits.has(base)) return undefined;
    const [before, after] = [this.filesAt(shared), this.filesAt(head)].map((it) => it ?? new Map());
    const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
    return {
      shared,
      ahead: own.filter((sha) => !below.includes(sha)).toReversed(),
      behind: below.filter((sha) => !own.includes(sha)),
      files: paths
        .filter((path) => before?.get(path) !== after?.get(path))
        .map((path) => ({
          filename: path,
          status: !before?.has(path) ? 'added' : after?.has(path) ? 'modified' : 'removed',
          sha: blobOf(after?.get(path) ?? before?.get(path) ?? ''),
        })),
    };
  }
}
