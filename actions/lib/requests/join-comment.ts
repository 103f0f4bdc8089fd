/** Writes the comment on the issue of somebody who joins a rota. Pure. */

import type { RotationPlace } from '../edit/rotation-place.ts';
import { type Handbook, roleText } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import { didYouMean } from '../text/suggest.ts';
import { formatDate, formatExactly } from '../time/format.ts';
import { turnText } from '../time/turn-name.ts';
import { askedNow } from './done-items.ts';
import type { JoinItem, Joining, JoinVerdict, RefusedWord } from './join.ts';
import { type CommentInput, declinedText, faultLines, nameOf, refusedText } from './phase.ts';

/** The parts of the comment that are specific to joining, in order. */
export function joinParts(input: CommentInput, verdict: JoinVerdict): readonly string[] {
  return closedParts(input) ?? verdictParts(input, verdict);
}

function closedParts({ handbook, phase }: CommentInput): readonly string[] | undefined {
  switch (phase.kind) {
    case 'written':
      return [
        '### Done',
        `${phase.pull === undefined ? 'It' : `#${phase.pull}`} is merged: ` +
          'they are in the rotation, and the calendars will show it.',
      ];
    case 'declined':
      return ['### Declined', declinedText(handbook, phase)];
    case 'withdrawn':
      return ['### Closed', 'Reopen this issue to go on.'];
    case 'returned':
      return [
        '### The pull request was closed',
        `#${phase.pull} was closed without being merged. Reopen it, or edit this issue to ask again.`,
      ];
    case 'granted':
    case 'over':
    case 'judged':
    case 'proposed':
      return undefined;
  }
}

function verdictParts(input: CommentInput, verdict: JoinVerdict): readonly string[] {
  const waiting = waitingPart(input);
  switch (verdict.kind) {
    case 'lacking':
      return [
        '### This needs more information',
        `Please edit this issue; it is then checked again:\n\n${faultLines(verdict.faults)}`,
      ];
    case 'wrong':
      return [
        verdict.joining === undefined
          ? '### This cannot be done'
          : '### Everything is done, and it cannot be written yet',
        reasonLines(verdict.reasons),
        ...(verdict.joining === undefined ? [] : [listPart(input, verdict.joining)]),
        ...waiting,
      ];
    case 'open': {
      const { joining, place, reasons } = verdict;
      const done = joining.items.filter((it) => it.done !== undefined).length;
      return [
        `### ${done} of ${joining.items.length} done`,
        whoPart(joining),
        listPart(input, joining),
        ...(place === undefined ? [] : [`If everything were done today: ${placeText(joining, place)}`]),
        ...(reasons.length === 0 ? [] : [`At present this would be in the way:\n\n${reasonLines(reasons)}`]),
        howPart(input, joining),
        ...refusedPart(joining),
        ...waiting,
      ];
    }
    case 'ready':
      return [
        '### Everything is done',
        whoPart(verdict.joining),
        `Planned: ${placeText(verdict.joining, verdict.place)}`,
        listPart(input, verdict.joining),
        ...refusedPart(verdict.joining),
        ...waiting,
      ];
  }
}

const waitingPart = ({ phase }: CommentInput): readonly string[] =>
  phase.kind === 'proposed'
    ? [
        `#${phase.pull} waits for the approval of everyone whose time changes, and of a lead.` +
          refusedText(phase.refused),
      ]
    : [];

const reasonLines = (reasons: readonly string[]): string =>
  reasons
    .slice(0, 20)
    .map((it) => `- ${forMarkdown(it)}`)
    .join('\n');

const whoPart = ({ newcomer: { name, id, known }, rota, role }: Joining): string =>
  `**${forMarkdown(name)}** joins ${forMarkdown(roleText({ rota: rota.id, role: role.id }))}` +
  `${known === undefined ? `, as ${forMarkdown(id)} in people` : ''}.`;

/** "the first turn is that of 2027-01-06 (Wed 6 Jan 10:00)". */
export const placeText = ({ rota }: Pick<Joining, 'rota'>, place: RotationPlace): string =>
  `the list of the rotation has one more person from the turn of ${forMarkdown(turnText(place.on))} on, ` +
  `and the first turn is that of ${forMarkdown(turnText(place.firstOn))} ` +
  `(${forMarkdown(formatExactly(rota.zone, place.firstAt))}, ${forMarkdown(rota.zone.name)}).`;

function listPart(input: CommentInput, joining: Joining): string {
  const lists = new Set(joining.items.map(({ onboarding }) => onboarding));
  return [...lists]
    .map((onboarding) =>
      [
        `**${forMarkdown(onboarding.name)}**`,
        '',
        '| | Item | What | Whom to ask | Done |',
        '|---|---|---|---|---|',
        ...joining.items.filter((it) => it.onboarding === onboarding).map((it) => itemRow(input, it)),
      ].join('\n'),
    )
    .join('\n\n');
}

function itemRow({ handbook, now }: CommentInput, { item, done }: JoinItem): string {
  const text = forMarkdown(item.text);
  const by = done?.by === undefined ? '' : `, ${nameOf(handbook, done.by)}`;
  const cells = [
    done === undefined ? '⬜' : '✅',
    `\`${item.id}\``,
    item.link === undefined ? text : `[${text}](${linkTarget(item.link)})`,
    done === undefined ? askedText(handbook, askedNow(handbook, item, now)) : '',
    done === undefined ? '' : `${forMarkdown(formatDate(done.on))}${by}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** An address whose characters end neither the link nor the cell of a table. */
const linkTarget = (address: string): string =>
  address.replace(/[()[\]|`\\]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const askedText = (handbook: Handbook, people: readonly string[]): string =>
  people.length === 0 ? 'a lead' : people.map((id) => nameOf(handbook, id)).join(', ');

function howPart({ handbook, deciders }: CommentInput, { items }: Joining): string {
  const open = items.flatMap(({ item, done }) => (done === undefined ? [item.id] : []));
  const leads = deciders.map(({ id }) => nameOf(handbook, id)).join(', ') || 'the handbook names none';
  return (
    `Whoever is asked, or a lead of the team (${leads}), comments \`/done ${open[0] ?? ''}\` when that is done; ` +
    `several at once are \`/done ${open.slice(0, 2).join(' ')}\`. It counts with write access to this repository, ` +
    'in a comment that is not edited; deleting the comment takes it back. When everything is done, a pull request ' +
    'adds them to people and to the rotation. A lead can decline with `/decline` and a reason.'
  );
}

const WHY: Readonly<Record<RefusedWord['why'], string>> = {
  'not-asked': 'only whoever is asked for it, or a lead of the team, can say so',
  'no-access': 'the account has no write access to this repository',
  'no-such-item': 'the lists above have no such item',
  own: 'nobody says so of themselves',
  'edited-since': 'the issue was edited since, before it was read; please say so again',
};

const MOST_REFUSED = 5;

function refusedPart({ refused, items }: Joining): readonly string[] {
  const ids = items.map(({ item }) => item.id);
  const lines = refused.slice(-MOST_REFUSED).map(({ login, item, why }) => {
    const meant = why === 'no-such-item' ? didYouMean(item.slice(0, 64), ids) : '';
    return `- ${forMarkdown(`${item.slice(0, 64)}, of ${login}: ${WHY[why]}${meant}`)}`;
  });
  return lines.length === 0 ? [] : [`⚠️ This did not count:\n\n${lines.join('\n')}`];
}
