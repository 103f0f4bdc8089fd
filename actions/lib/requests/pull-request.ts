/** The pull request that adds a request to the handbook, as data: its file, description and reviewers. Pure. */
import type { Against } from '../compare/against.ts';
import { loginsAsked } from '../compare/verdict.ts';
import { type Edit, type EditedFile, withEdit } from '../edit/outcome.ts';
import type { Texts } from '../load/load.ts';
import { type Person, termsFor } from '../model.ts';
import type { RequestContext } from './facts.ts';
import type { Case } from './read-issue.ts';
import { decidersOf } from './request.ts';

/** A branch of one commit that changes files, and its pull request. */
export interface DesiredPull {
  readonly branch: string;
  /** The branch to merge into, and the commit of that branch to start from. */
  readonly base: string;
  readonly commit: string;
  /** Relative to the root of the repository. */
  readonly files: readonly EditedFile[];
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** The handbook with the edit applied. */
  readonly edited: Texts;
  /** The ids of the people whose time changes. */
  readonly people: readonly string[];
}

/** What a kind of request adds to its pull request. */
interface Content extends Pick<DesiredPull, 'branch' | 'title' | 'people'> {
  readonly edit: Edit;
  readonly lines: readonly string[];
}

/** The desired pull request of a request. */
export function desiredPull(
  { texts, handbook, folder, base, commit }: RequestContext,
  { issue, state }: Case,
  { branch, title, edit, lines, people }: Content,
): DesiredPull {
  // An edit of two teams' rotas needs the label of each.
  const teams = edit.files.map(({ file }) => file.split('/')[1] ?? '');
  const emergency = new Set(teams.map((team) => termsFor(handbook.notice, team).emergency.label));
  return {
    ...{ branch, base, commit, title, people },
    files: edit.files.map(({ file, text }) => ({ file: folder === '.' ? file : `${folder}/${file}`, text })),
    body: pullBody(issue.number, state.digest, lines),
    labels: issue.labels.filter((label) => emergency.has(label)),
    edited: withEdit(texts, edit),
  };
}

/** The logins of the reviewers: the people whose time changes, whose consent is missing, and who may decide. */
export function reviewersOf(
  context: RequestContext,
  at: Case,
  { people }: DesiredPull,
  against: Against,
): readonly string[] {
  const login = ({ github }: Person) => github ?? [];
  return [
    ...new Set([
      ...people.flatMap((id) => context.handbook.people.get(id) ?? []).flatMap(login),
      ...loginsAsked(against),
      ...decidersOf(context, at).flatMap(login),
    ]),
  ];
}

/** The description of a pull request, with the marker of the request it was created from. */
const pullBody = (issue: number, digest: string, lines: readonly string[]): string =>
  [
    pullMarker(digest),
    `Requested in #${issue}.`,
    lines.map((it) => `- ${it}`).join('\n'),
    'This branch is generated from the issue: edit the issue to update it.',
  ].join('\n\n');

/** The first line of a pull request's description, different for every version of a request. */
export const pullMarker = (digest: string): string => `<!-- rota-as-code: request ${digest} -->`;
