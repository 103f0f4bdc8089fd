/** The forms of the sample, which `npm run bless` rewrites, and GitHub's requirements for them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import { incidentForm, ticketForm } from '../../actions/lib/requests/forms.ts';
import { issueForms } from '../../actions/lib/requests/issue-forms.ts';
import { formOf, parseBody } from '../../actions/lib/requests/parse.ts';
import { readRequest } from '../../actions/lib/requests/request.ts';
import { loaded, SAMPLE } from '../handbook.ts';
import {
  bodyOf,
  CHANGE,
  CLAIM,
  changeBody,
  INCIDENT,
  incidentBody,
  JOIN,
  SWAP,
  swapBody,
  TICKET,
  ticketBody,
} from './bodies.ts';

const { handbook } = load(readFolder(SAMPLE) ?? { texts: new Map(), findings: [] });
const files = globSync('.github/ISSUE_TEMPLATE/*', { cwd: SAMPLE }).toSorted();
const text = (file: string): string => readFileSync(join(SAMPLE, file), 'utf8');

interface Item {
  readonly type: string;
  readonly id?: string;
  readonly attributes: {
    readonly label?: string;
    readonly value?: string;
    readonly options?: readonly (string | { readonly label: string })[];
    readonly placeholder?: string;
  };
}
interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly Item[];
}
const forms = files.filter((file) => !file.endsWith('config.yml'));
const formIn = (file: string) => parse(text(file), { version: '1.1' }) as Form;

test('the forms match the handbook', async () => {
  expect(files).toHaveLength(7);
  const made = issueForms(handbook);
  expect(made.map(({ path }) => path).toSorted()).toEqual(files);
  for (const { path, text: expected } of made) await expect(expected).toMatchFileSnapshot(join(SAMPLE, path));
});

/** GitHub docs, "Syntax for issue forms" and "Common validation errors when creating issue forms". */
describe.each(forms)('%s', (file) => {
  const { name, description, body } = formIn(file);
  const fields = body.filter(({ type }) => type !== 'markdown');

  test('has a name, a description, and fields of the kinds that GitHub supports', () => {
    expect([typeof name, typeof description, fields.length > 0]).toEqual(['string', 'string', true]);
    const kinds = ['markdown', 'input', 'textarea', 'dropdown', 'checkboxes'];
    expect(body.filter(({ type }) => !kinds.includes(type))).toEqual([]);
    for (const { attributes } of body.filter(({ type }) => type === 'markdown'))
      expect(attributes.value).toMatch(/\S/);
  });

  test('has unique ids and labels', () => {
    for (const values of [fields.map(({ id }) => id), fields.map(({ attributes }) => attributes.label)]) {
      expect(values.filter((value) => typeof value !== 'string' || value === '')).toEqual([]);
      expect(new Set(values).size).toBe(values.length);
    }
    expect(fields.filter(({ id }) => !/^[A-Za-z0-9_-]+$/.test(id ?? ''))).toEqual([]);
  });

  test('has unique options that are text and not empty', () => {
    for (const { type, attributes } of fields) {
      if (type !== 'dropdown' && type !== 'checkboxes') continue;
      const options = (attributes.options ?? []).map((it) => (typeof it === 'string' ? it : it.label));
      expect(options.length).toBeGreaterThan(0);
      expect(options.filter((it) => typeof it !== 'string' || it === '' || /^none$/i.test(it))).toEqual([]);
      expect(new Set(options).size).toBe(options.length);
    }
    for (const { attributes } of fields)
      expect(['string', 'undefined']).toContain(typeof attributes.placeholder);
  });
});

test.each([
  ['out-of-hours-change', CHANGE],
  ['swap', SWAP],
  ['claim-time-off', CLAIM],
  ['join-the-rota', JOIN],
])('what %s asks is what is read', (name, answers) => {
  const labels = formIn(`.github/ISSUE_TEMPLATE/${name}.yml`).body.flatMap(
    ({ attributes }) => attributes.label ?? [],
  );
  expect(labels).toEqual(Object.keys(answers));
  expect(readRequest(handbook, bodyOf(answers))?.faults).toEqual([]);
});

test('what a ticket asks is what is read; the urgency may be left out', () => {
  const form = ticketForm(handbook);
  expect(
    formIn('.github/ISSUE_TEMPLATE/support-ticket.yml').body.flatMap(
      ({ attributes }) => attributes.label ?? [],
    ),
  ).toEqual(Object.keys(TICKET));
  const read = (body: string) => {
    const { values, faults } = parseBody(form, body);
    return [values.get('service'), values.get('priority'), faults.map(({ field }) => field)];
  };
  expect(read(ticketBody())).toEqual(['lincolnshire-website', undefined, []]);
  expect(read(ticketBody({ 'How urgent is it': 'HIGH: High' }))).toEqual([
    'lincolnshire-website',
    'HIGH: High',
    [],
  ]);
  expect(read(ticketBody({ 'How urgent is it': 'None' }))[1]).toBeUndefined();
  expect(read(ticketBody({ 'How urgent is it': 'Very' }))[2]).toEqual(['How urgent is it']);
  expect(read(ticketBody({ 'What happened': 'x\n### Affected service\ny' }))[2]).toEqual([
    'Affected service',
  ]);
  for (const body of [changeBody(), swapBody()]) expect(formOf([form], body)).toBeUndefined();
  expect(readRequest(handbook, ticketBody())).toBeUndefined();
});

test('what an incident asks is what is read; its reasons are those of the services', () => {
  const form = incidentForm(handbook);
  const labels = formIn('.github/ISSUE_TEMPLATE/critical-incident.yml').body.flatMap(
    ({ attributes }) => attributes.label ?? [],
  );
  expect(labels).toEqual(Object.keys(INCIDENT));
  const reason = 'The security of the platform is seriously breached';
  const { values, faults } = parseBody(form, incidentBody({ 'Why it is critical': reason }));
  expect([values.get('reason'), values.get('channel'), faults]).toEqual([reason, '#incident-42', []]);
  expect(
    parseBody(form, incidentBody({ 'Chat channel': '@everyone' })).faults.map(({ field }) => field),
  ).toEqual(['Chat channel']);
  expect([formOf([form], ticketBody()), formOf([ticketForm(handbook)], incidentBody())]).toEqual([
    undefined,
    undefined,
  ]);
});

test('a handbook in which no service has a level has no forms for tickets', () => {
  const made = issueForms({ ...handbook, serviceLevels: new Map() });
  for (const name of ['support-ticket', 'critical-incident'])
    expect(made.find(({ path }) => path.endsWith(`/${name}.yml`))?.text).toBeUndefined();
});

test('blank issues are disabled, and a link for emergencies is shown', () => {
  expect(parse(text('.github/ISSUE_TEMPLATE/config.yml'))).toMatchObject({
    blank_issues_enabled: false,
    contact_links: [{ name: 'Something is broken now', url: handbook.publishing.site }],
  });
});

test('names that YAML would read as another type are quoted', () => {
  const { handbook: odd } = loaded(`
== rotas/people.yaml
people:
  no: {name: "No"}
  x: {name: "a: b # c"}
  y: {name: "- 'quoted' \\"twice\\""}
== rotas/24/7.yaml
name: Seven
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles: {on: {rotation: [{first_turn: 2026-11-02, people: [x]}]}}
`);
  const swap = issueForms(odd).find(({ path }) => path.endsWith('/swap.yml'));
  const { body } = parse(swap?.text ?? '', { version: '1.1' }) as Form;
  const options = body.flatMap(({ type, attributes }) => (type === 'dropdown' ? [attributes.options] : []));
  expect(options).toEqual([['24/7/on'], [`- 'quoted' "twice" (y)`, 'No (no)', 'a: b # c (x)']]);
});

test('who leaves is in no drop-down once the newest list is without them', () => {
  const people = (rota: string): readonly string[] => {
    const { handbook: own } = loaded(`
== rotas/people.yaml
people:
  ada: {name: Ada}
  cy: {name: Cy, last_day: 2026-11-27}
  dee: {name: Dee, first_day: 2027-01-04}
== rotas/mill/call.yaml
name: Call
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles: {on: {${rota}}}
`);
    const swap = issueForms(own).find(({ path }) => path.endsWith('/swap.yml'));
    const { body } = parse(swap?.text ?? '', { version: '1.1' }) as Form;
    const options = body.find(({ id }) => id === 'colleague')?.attributes.options ?? [];
    return options.map((it) => /\((.*)\)/.exec(String(it))?.[1] ?? '');
  };
  expect(people('rotation: [{first_turn: 2026-11-02, people: [ada, cy]}]')).toEqual(['ada', 'cy', 'dee']);
  const later = '{first_turn: 2026-11-30, people: [ada]}';
  expect(people(`rotation: [{first_turn: 2026-11-02, people: [ada, cy]}, ${later}]`)).toEqual(['ada', 'dee']);
  expect(people('turns: {2026-11-16: cy, 2026-11-23: ada}')).toEqual(['ada', 'cy', 'dee']);
  expect(people('turns: {2026-11-16: cy, 2026-11-30: ada}')).toEqual(['ada', 'dee']);
});

test('the form asks for a time as well only where some rota has several hand-overs a day', () => {
  const formWith = (handover: string) =>
    issueForms(
      loaded(`== rotas/people.yaml
people: {amara: {name: Amara}}
== rotas/desk/calls.yaml
{name: Calls, timezone: UTC, handover: ${handover}, roles: {clerk: {}}}
`).handbook,
    )
      .map(({ text: form }) => form)
      .join('');
  const asks = 'write date and time, such as 2026-12-02T18:00';
  expect(formWith('{every: day, times: ["06:00", "18:00"]}').split(asks)).toHaveLength(3);
  expect(formWith('{every: day, time: "06:00"}')).not.toContain(asks);
});
