/**
 * The files of `.github/ISSUE_TEMPLATE/`: the forms, generated from the definitions that submitted issues are validated
 * against, and a checklist for new members of a rota. Takes a handbook, returns files. Pure.
 */
import { yamlLines } from '../load/source.ts';
import type { Handbook } from '../model.ts';
import type { Field, Form } from './form.ts';
import { incidentForm, ticketForm } from './forms.ts';
import { formsFor } from './request.ts';

/** A file of the folder in which GitHub looks for forms. */
export interface FormFile {
  readonly path: string;
  /** Undefined for a form with an empty drop-down, which GitHub rejects. */
  readonly text: string | undefined;
}

const FOLDER = '.github/ISSUE_TEMPLATE';
const NAMES = { change: 'out-of-hours-change', swap: 'swap', 'time-off': 'claim-time-off' } as const;

/** All forms of a handbook, the checklist, and the configuration of GitHub's issue chooser. */
export const issueForms = (handbook: Handbook): readonly FormFile[] => [
  ...formsFor(handbook).map((form) => file(NAMES[form.kind], formData(form))),
  file('support-ticket', formData(ticketForm(handbook))),
  file('critical-incident', formData(incidentForm(handbook))),
  file('join-the-rota', joinTheRota(handbook)),
  file('config', config(handbook)),
];

type Data = string | boolean | readonly Data[] | { readonly [key: string]: Data };

const HEAD =
  '# Generated from the handbook by "rota forms"; run it again when people, rotas or services change.\n';

const file = (name: string, data: Data): FormFile => ({
  path: `${FOLDER}/${name}.yml`,
  text: isEmpty(data) ? undefined : `${HEAD}${yamlOf(data)}\n`,
});

/** Whether it contains an empty list at any depth. */
const isEmpty = (data: Data): boolean =>
  typeof data === 'object' &&
  (isList(data) ? data.length === 0 || data.some(isEmpty) : Object.values(data).some(isEmpty));

/** GitHub reads YAML 1.1, in which a plain date is not a string: text that does not begin with a letter is quoted. */
const yamlOf = (data: Data): string =>
  yamlLines(data, { version: '1.1', quoted: (text) => !/^[a-z]/i.test(text) }).join('\n');

const isList = (data: Data): data is readonly Data[] => Array.isArray(data);

const formData = ({ name, description, title, label, intro, fields }: Form): Data => ({
  name,
  description,
  title,
  labels: [label],
  body: [{ type: 'markdown', attributes: { value: intro } }, ...fields.map(fieldData)],
});

function fieldData(field: Field): Data {
  const { id, label, description, need } = field;
  const common = { label, description };
  const validations = { required: need === 'required' };
  switch (field.kind) {
    case 'line':
      return { type: 'input', id, attributes: { ...common, placeholder: field.example }, validations };
    case 'text':
      return { type: 'textarea', id, attributes: common, validations };
    case 'choice':
      return {
        type: 'dropdown',
        id,
        attributes: { ...common, options: field.options.map(({ text }) => text) },
        validations,
      };
  }
}

/** The checklist for new members of a rota, based on the GovPress support playbook. */
function joinTheRota({ rotas }: Handbook): Data {
  const checks = (id: string, label: string, description: string, all: readonly string[]): Data => ({
    type: 'checkboxes',
    id,
    attributes: { label, description, options: all.map((text) => ({ label: text })) },
  });
  return {
    name: 'Join the rota',
    description: 'Checklist of everything a newcomer needs before their first turn',
    title: 'Join the rota: ',
    labels: ['join-the-rota'],
    body: [
      {
        type: 'markdown',
        attributes: {
          value:
            'Open this for somebody who will be on a rota for the first time, and tick off items as they are done.',
        },
      },
      {
        type: 'input',
        id: 'who',
        attributes: { label: 'Who joins', description: 'Their name, or their id in people.' },
        validations: { required: true },
      },
      {
        type: 'dropdown',
        id: 'rota',
        attributes: { label: 'Which rota', options: [...rotas.keys()].toSorted() },
        validations: { required: true },
      },
      checks('before', 'Before anything else', 'Nobody is added to a rota before these are done.', [
        'Staff vetting is completed, and vetted_on is in people',
        'For out-of-hours work: they opted in, and on_call_since is in people',
        'Their GitHub name is in people, so that their approval of swaps counts',
      ]),
      checks(
        'access',
        'Access to systems',
        'Raise a ticket for each; a colleague on support will handle it.',
        [
          'The site management vault of the password manager',
          'A cloud login for the infrastructure tools',
          'The older infrastructure that is still supported',
          'Basic authentication for the staging sites',
          'The VPN',
          'Infrastructure logs',
        ],
      ),
      checks('software', 'Software to install', 'Install these before the rotation begins.', [
        "The team's development and infrastructure tools",
        'The security alert notifier',
        'Bookmarks for the developer and operations documentation, and for the knowledge base',
        'The incident app in Slack, with single sign-on, and its tutorial completed',
      ]),
      checks('start', 'When the rotation begins', 'A lead can do these.', [
        'Added to the support group in the ticket system, and the last person removed from it',
        'Joined the support, infrastructure and incident channels in Slack',
        'Added to the support boards, and invited to the stand-ups',
        'Subscribed to their own rota calendar',
        'Knows who is second on call, and that this person has experience',
      ]),
    ],
  };
}

/** Disables blank issues, and links to the site for emergencies. */
function config({ publishing: { site }, services, serviceLevels }: Handbook): Data {
  const hasIncidents = [...services.values()].some((it) => serviceLevels.has(it.serviceLevel ?? ''));
  const emergency = {
    name: 'Something is broken now',
    url: site ?? '',
    about: hasIncidents
      ? 'Look up who is on call here, and call them; or open a critical incident, which does. ' +
        'Other issues are read only in working hours.'
      : 'Do not open an issue: look up who is on call here, and call them. Issues are read only in working hours.',
  };
  return { blank_issues_enabled: false, ...(site === undefined ? {} : { contact_links: [emergency] }) };
}
