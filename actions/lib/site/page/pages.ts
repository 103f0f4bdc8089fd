/**
 * The pages of a publication, in pieces: the front page, one for each team and each person, everyone's share, and the
 * shared assets. Pure. Pages are generated lazily, so that only one at a time has to fit into memory.
 */

import { shiftEntry, shiftOf, sorted } from '../../query/shifts.ts';
import { byPerson } from '../../resolve/resolve.ts';
import { clip } from '../../timeline.ts';
import type { Piece, Publication } from '../publication.ts';
import { everyone } from './everyone.ts';
import { front } from './front.ts';
import { personPage } from './person.ts';
import { teamPage } from './team.ts';
import { type SiteView, siteOf, type TeamCover } from './view.ts';

/** The most shifts in one file that a phone can load; with more, the script reads a separate file for each team. */
const MAX_SHIFTS = 20_000;

export function* pages(publication: Publication): Iterable<Piece> {
  const site = siteOf(publication);
  const isLarge = countOf(site) > MAX_SHIFTS;
  const shiftsAt = (top: string) => (team: string) => top + (isLarge ? `teams/${team}.json` : 'shifts.json');
  const shiftsBelow = shiftsAt('../');
  yield* publication.assets;
  for (const part of front(site, shiftsAt(''))) yield { path: 'index.html', text: part.html };
  for (const team of site.teams) {
    yield { path: `teams/${team.id}.html`, text: teamPage(site, team, shiftsBelow).html };
    if (isLarge) yield { path: `teams/${team.id}.json`, text: shiftsOf(site, team) };
  }
  for (const part of everyone(site)) yield { path: 'everyone.html', text: part.html };
  for (const id of [...site.handbook.people.keys()].toSorted())
    yield { path: `people/${id}.html`, text: personPage(site, id, shiftsBelow).html };
}

const countOf = ({ teams, span }: SiteView): number =>
  teams.reduce(
    (sum, { covers }) =>
      sum + covers.reduce((own, { cover }) => own + clip(byPerson(cover()), span).length, 0),
    0,
  );

/** A team's part of `shifts.json`. */
function shiftsOf(site: SiteView, { covers }: TeamCover): string {
  const shifts = covers.flatMap((cover) => site.shiftsOf(cover).map((span) => shiftOf(cover, span)));
  const lines = sorted(shifts).map((shift) => JSON.stringify(shiftEntry(shift)));
  return `[\n${lines.join(',\n')}\n]\n`;
}
