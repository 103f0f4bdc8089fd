/** GitHub's git data in memory: trees as maps of text files, commits, and refs that point at them. */
import { createHash } from 'node:crypto';

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** The blob id of a text. */
export const blobOf = (text: string): string => sha1(`blob ${Buffer.byteLength(text)}\0${text}`);

/** A repository in memory. */
export class Git {
  /** By name, such as `heads/main`. */
  readonly refs = new Map<string, string>();
  readonly commits = new Map<string, Commit>();
  readonly #trees = new Map<string, ReadonlyMap<string, string>>();
  #made = 0;

  /** Adds a commit with a given id on top of the ref's current commit. */
  seed(ref: string, sha: string, files: ReadonlyMap<string, string>): void {
    const current = this.refs.get(ref);
    const parents = current === undefined || current === sha ? [] : [current];
    this.commits.set(sha, { tree: this.#tree(files), parents, message: 'seed' });
    this.refs.set(ref, sha);
  }

  #tree(files: ReadonlyMap<string, string>): string {
    const sha = sha1(JSON.stringify([...files].toSorted(([one], [other]) => (one < other ? -1 : 1))));
    this.#trees.set(sha, files);
    return sha;
  }

  /** A tree with some files added; undefined if the base does not exist. */
  tree(base: string, files: readonly (readonly [path: string, text: string])[]): string | undefined {
    const existing = this.#trees.get(base);
    return existing === undefined ? undefined : this.#tree(new Map([...existing, ...files]));
  }

  /** Adds a commit; equal commits get different ids, as their times differ. */
  commit(commit: Commit): string | undefined {
    if (!this.#trees.has(commit.tree) || !commit.parents.every((sha) => this.commits.has(sha)))
      return undefined;
    this.#made += 1;
    const sha = sha1(JSON.stringify([commit, this.#made]));
    this.commits.set(sha, commit);
    return sha;
  }

  /** Merges a commit into another: its changes since both parted, over the other; undefined if they never were one. */
  merge(into: string, head: string): string | undefined {
    const found = this.compared(into, head);
    const files = this.filesAt(into);
    if (found === undefined || files === undefined) return undefined;
    const merged = new Map(files);
    const theirs = this.filesAt(head);
    for (const { filename, status } of found.files)
      if (status === 'removed') merged.delete(filename);
      else merged.set(filename, theirs?.get(filename) ?? '');
    return this.commit({ tree: this.#tree(merged), parents: [into, head], message: 'merge' });
  }

  /** The files at a commit, or at the head of a branch. */
  filesAt(name: string): ReadonlyMap<string, string> | undefined {
    const commit = this.commits.get(this.refs.get(`heads/${name}`) ?? name);
    return commit === undefined ? undefined : this.#trees.get(commit.tree);
  }

  /** A commit and its ancestors, nearest first. */
  #ancestors(name: string): readonly string[] {
    const found = [name];
    for (const sha of found)
      found.push(...(this.commits.get(sha)?.parents ?? []).filter((it) => !found.includes(it)));
    return found;
  }

  /** The commits of each side, and the files that differ from the merge base; undefined without a merge base. */
  compared(base: string, head: string) {
    const [ofBase, ofHead] = [this.#ancestors(base), this.#ancestors(head)];
    const common = ofHead.filter((sha) => ofBase.includes(sha));
    // The merge base is behind no other common commit.
    const shared = common.find(
      (sha) => !common.some((it) => it !== sha && this.#ancestors(it).includes(sha)),
    );
    if (shared === undefined || !this.commits.has(base)) return undefined;
    const [before, after] = [this.filesAt(shared), this.filesAt(head)].map((it) => it ?? new Map());
    const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
    return {
      shared,
      ahead: ofHead.filter((sha) => !ofBase.includes(sha)).toReversed(),
      behind: ofBase.filter((sha) => !ofHead.includes(sha)),
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
