/** The form for somebody who joins a rota. Pure. */
import type { Handbook } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { Option, RequestForm } from './form.ts';
import { byText, choice, isLeaver, line, namedOption } from './form-fields.ts';

/** The roles whose rotation can have one more person, without seats: which of several somebody takes is for a lead. */
const joinableRoles = ({ rotas }: Handbook): readonly Option[] =>
  byText(
    [...rotas.values()].flatMap(({ id, roles }) =>
      [...roles.values()]
        .filter(({ rotation, seat }) => rotation.length > 0 && seat === undefined)
        .map((role) => ({ id: `${id}/${role.id}`, text: `${id}/${role.id}` })),
    ),
  );

/** How many lists of onboarding a form shows, and of each how many items. */
const MOST_LISTS = 10;
const MOST_ITEMS = 20;

/** The form for somebody who is on a rota for the first time; a comment lists what has to be done before. */
export function joinForm(handbook: Handbook): RequestForm {
  const { people, onboardings } = handbook;
  const leads = [...people.values()].filter((it) => !isLeaver(handbook, it));
  const lists = [...onboardings.values()].slice(0, MOST_LISTS).map(({ name, items }) => {
    const more = items.length > MOST_ITEMS ? `; and ${items.length - MOST_ITEMS} more` : '';
    const shown = items.slice(0, MOST_ITEMS).map(({ text: it }) => forMarkdown(it));
    return `- **${forMarkdown(name)}**: ${shown.join('; ')}${more}`;
  });
  return {
    kind: 'join',
    name: 'Join the rota',
    description:
      'Somebody takes turns for the first time: what has to be done before, and when the first turn is',
    title: 'Join the rota: ',
    label: 'join-the-rota',
    intro: [
      'A comment lists what has to be done before the first turn, and who is asked for it. When everything is done, ' +
        'a pull request adds them to people and to the rotation. Everybody who can read this repository can read this.',
      ...(lists.length === 0 ? [] : [lists.join('\n')]),
    ].join('\n\n'),
    fields: [
      line(
        'who',
        'Who will join',
        'words',
        'Robin Hale',
        'Their name as calendars show it, or their id in people.',
      ),
      line(
        'login',
        'Their GitHub name',
        'login',
        'robin-hale',
        'The account whose approvals count as theirs.',
      ),
      choice('role', 'Which rota and role', joinableRoles(handbook), 'Where do they take turns?'),
      line(
        'skills',
        'Skills',
        'words',
        'developer, comms',
        'With commas between them, as roles spell them. Leave it empty if people has them.',
        'optional',
      ),
      line(
        'pagerduty',
        'PagerDuty user',
        'pagerduty',
        'PROBIN1',
        'The id of their user, for a role that is written to a schedule there.',
        'optional',
      ),
      line(
        'vetted',
        'Vetted on',
        'date',
        '2026-11-20',
        'The day on which their vetting was completed. A lead agrees to it on the pull request.',
        'optional',
      ),
      line(
        'opted',
        'Agreed to be on call on',
        'date',
        '2026-11-20',
        'For a role that is on call, which is a choice: the day on which they agreed.',
        'optional',
      ),
      choice(
        'lead',
        'Delivery lead',
        byText(leads.map(namedOption)),
        'Who agrees to their swaps with them?',
        'optional',
      ),
    ],
  };
}
