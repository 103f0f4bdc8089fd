/**
 * The files of `.github/ISSUE_TEMPLATE/`: the forms, generated from the definitions that submitted issues are validated
 * against. Takes a handbook, returns files. Pure.
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
const NAMES = {
  change: 'out-of-hours-change',
  swap: 'swap',
  'time-off': 'claim-time-off',
  join: 'join-the-rota',
} as const;

/** All forms of a handbook, and the configuration of GitHub's issue chooser. */
export const issueForms = (handbook: Handbook): readonly FormFile[] => [
  ...formsFor(handbook).map((form) => file(NAMES[form.kind], formData(form))),
  file('support-ticket', formData(ticketForm(handbook))),
  file('critical-incident', formData(incidentForm(handbook))),
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
