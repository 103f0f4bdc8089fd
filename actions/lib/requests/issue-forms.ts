/**
 * Generates the files of `.github/ISSUE_TEMPLATE/` from a handbook: the forms, from the definitions that parse their
 * responses, and the checklist for joining a rota. Pure.
 */
import { scalar } from '../load/load.ts';
import type { Handbook } from '../model.ts';
import type { Field, Form } from './form.ts';
import { formsFor } from './request.ts';

/** A file of the folder in which GitHub looks for forms. */
export interface FormFile {
  readonly path: string;
  /** Undefined for a form with a drop-down that the handbook has no choices for, which GitHub rejects. */
  readonly text: string | undefined;
}

const FOLDER = '.github/ISSUE_TEMPLATE';
const NAMES = { change: 'out-of-hours-change', swap: 'swap' } as const;

/** Every form of a handbook, and the configuration of the page that lists them. */
export const issueForms = (handbook: Handbook): readonly FormFile[] => [
  ...formsFor(handbook).map((form) => file(NAMES[form.kind], formData(form))),
  file('join-the-rota', joinTheRota(handbook)),
  file('config', config(handbook)),
];

type Data = string | boolean | readonly Data[] | { readonly [key: string]: Data };

const HEAD =
  '# Made from the handbook by "rota forms"; run it again when people, rotas or services change.\n';

const file = (name: string, data: Data): FormFile => ({
  path: `${FOLDER}/${name}.yml`,
  text: isEmpty(data) ? undefined : `${HEAD}${lines(data, '').join('\n')}\n`,
});

/** Whether the data contains an empty list. */
const isEmpty = (data: Data): boolean =>
  typeof data === 'object' &&
  (isList(data) ? data.length === 0 || data.some(isEmpty) : Object.values(data).some(isEmpty));

/** Data as block-style YAML, with every text on one line. */
function lines(data: Data, margin: string): readonly string[] {
  if (typeof data !== 'object') return [margin + (typeof data === 'string' ? yamlText(data) : String(data))];
  if (isList(data))
    return data.flatMap((item) => {
      const [first = '', ...rest] = lines(item, `${margin}  `);
      return [`${margin}- ${first.trimStart()}`, ...rest];
    });
  return Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'object'
      ? [`${margin}${key}:`, ...lines(value, `${margin}  `)]
      : [`${margin}${key}: ${lines(value, '').join('')}`],
  );
}

/** Quotes a text where YAML 1.1, which GitHub reads, would take it for a date or a boolean. */
const yamlText = (text: string): string =>
  /^[a-z]/i.test(text) && !/^(y|n|yes|no|on|off)$/i.test(text) ? scalar(text) : JSON.stringify(text);

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
  const about = { label, description };
  const validations = { required: need === 'required' };
  switch (field.kind) {
    case 'line':
      return { type: 'input', id, attributes: { ...about, placeholder: field.example }, validations };
    case 'text':
      return { type: 'textarea', id, attributes: about, validations };
    case 'choice':
      return {
        type: 'dropdown',
        id,
        attributes: { ...about, options: field.options.map(({ text }) => text) },
        validations,
      };
  }
}

/** Based on "Preparing to work in support" of the GovPress support playbook, and on how its rotations begin and end. */
function joinTheRota({ rotas }: Handbook): Data {
  const checks = (id: string, label: string, description: string, all: readonly string[]): Data => ({
    type: 'checkboxes',
    id,
    attributes: { label, description, options: all.map((text) => ({ label: text })) },
  });
  return {
    name: 'Join the rota',
    description: 'Everything a newcomer needs before a first turn, to tick off',
    title: 'Join the rota: ',
    labels: ['join-the-rota'],
    body: [
      {
        type: 'markdown',
        attributes: {
          value:
            'Open this for somebody who will be on a rota for the first time, and tick things off as they are done.',
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
      checks('before', 'Before anything else', 'Without these nobody is added to a rota.', [
        'Staff vetting is completed, and vetted_on is in people',
        'For out-of-hours work: they opted in, and on_call_since is in people',
        'Their GitHub name is in people, so that their approval of swaps counts',
      ]),
      checks('access', 'Access to systems', 'Raise a ticket for each; a colleague on support answers.', [
        'The site management vault of the password manager',
        'A cloud login for the infrastructure tools',
        'The older infrastructure that is still supported',
        'Basic authentication of the staging sites',
        'The VPN',
        'Logs of the infrastructure',
      ]),
      checks('software', 'Software to install', 'Installed before the rotation begins.', [
        'The development and infrastructure tools of the team',
        'The notifier of security alerts',
        'Bookmarks of the developer and operations documentation, and of the knowledge base',
        'The incident app in Slack, with single sign-on, and its tutorial done',
      ]),
      checks('start', 'When the rotation begins', 'A lead can do these.', [
        'Added to the support group in the ticket system, and the last person removed from it',
        'Joined the support, infrastructure and incident channels in Slack',
        'Added to the support boards, and invited to the stand-ups',
        'Subscribed to their own calendar of the rota',
        'Knows who is second on call, and that this person has experience',
      ]),
    ],
  };
}

/** Disables blank issues, and links to who is on call for people with an emergency. */
function config({ publishing: { site } }: Handbook): Data {
  const emergency = {
    name: 'Something is broken now',
    url: site ?? '',
    about: 'Do not open an issue: see here who is on call, and call them. Issues are read in working hours.',
  };
  return { blank_issues_enabled: false, ...(site === undefined ? {} : { contact_links: [emergency] }) };
}
