/** Writing a planned change: a new file, an additional entry, a replaced entry. */
import { describe, expect, test } from 'vitest';
import { describe as inWords } from '../../actions/lib/check/describe.ts';
import { writeChange } from '../../actions/lib/edit/edit.ts';
import type { RequestedChange } from '../../actions/lib/edit/planned-change.ts';
import { at, but, texts, everything as whole } from '../handbook.ts';

const FILE = 'rotas/paas/planned-changes.yaml';

/** Without PagerDuty, which requires an account for everybody. */
const everything = whole.replace('    pagerduty: {schedule: PSCHED1}\n', '');

const asked: RequestedChange = {
  team: 'paas',
  id: 'issue-43',
  service: 'website',
  summary: 'Move: "it" # back',
  timezone: 'Europe/London',
  from: '2026-12-14T11:00',
  to: '2026-12-14T12:00',
  requestedAt: '2026-11-20T10:30:00Z',
  request: 'https://github.com/example/handbook/issues/43',
  assigned: [{ role: 'paas/nights/engineer', person: 'chi-wong' }],
};

const ENTRY = `  issue-43:
    service: website
    summary: "Move: \\"it\\" # back"
    timezone: Europe/London
    from: 2026-12-14T11:00
    to: 2026-12-14T12:00
    requested_at: 2026-11-20T10:30:00Z
    request: https://github.com/example/handbook/issues/43
    assigned:
      - {role: paas/nights/engineer, person: chi-wong}
`;

function written(file: string | undefined, change: Partial<RequestedChange> = {}): string {
  const files = texts(everything);
  if (file === undefined) files.delete(FILE);
  else files.set(FILE, file);
  const outcome = writeChange({ texts: files, findings: [] }, at('2026-11-21T12:00:00Z'), {
    ...asked,
    ...change,
  });
  if (!('refusal' in outcome)) return outcome.files.map(({ text }) => text).join();
  const { refusal } = outcome;
  return refusal.kind === 'errors' ? refusal.findings.map(inWords).join() : refusal.message;
}

const there = texts(everything).get(FILE) ?? '';

test('the first change of a team creates its file', () => {
  expect(written(undefined)).toBe(
    `# yaml-language-server: $schema=../../schemas/planned-changes.schema.json\n\nchanges:\n${ENTRY}`,
  );
});

describe('another change is added at the end', () => {
  test.each([
    ['as it is', there, `${there}${ENTRY}`],
    ['with CRLF', there.replaceAll('\n', '\r\n'), `${there}${ENTRY}`.replaceAll('\n', '\r\n')],
    ['without a last line end', there.trimEnd(), `${there}${ENTRY}`],
    ['indented by four', there.replaceAll(/^ +/gm, (it) => it + it), undefined],
  ])('%s', (_, file, wanted) => {
    const text = written(file);
    if (wanted !== undefined) expect(text).toBe(wanted);
    else expect(text).toContain('\n    issue-43:\n        service: website\n');
  });
});

test('an existing change is replaced, and the rest of the file stays as it is', () => {
  const file = `${there}  # About the next.\n${ENTRY.replace('issue-43', 'issue-50')}`;
  const moved = written(file, { id: 'issue-42' });
  expect(moved).toContain('  # About the next.\n  issue-50:');
  expect(moved.match(/issue-42:/g)).toHaveLength(1);
  expect(moved).not.toContain('Move the database');
});

test('a blank line and a comment between two entries stay where they are', () => {
  const file = `${there}\n  # About the next.\n${ENTRY.replace('issue-43', 'issue-50')}`;
  expect(written(file, { id: 'issue-42' })).toContain('chi-wong}\n\n  # About the next.\n  issue-50:');
});

test('writing the same change twice changes nothing', () => {
  const once = written(there);
  expect(written(once)).toBe(once);
});

test.each([
  ['{changes: {}}\n', /laid out in a way that is not supported here/],
  [but(there, 'service: website', 'service: webste'), /planned-changes.yaml has errors/],
])('%j is left alone', (file, why) => {
  expect(written(file)).toMatch(why);
});

test('a person who is not eligible is refused', () => {
  expect(written(there, { assigned: [{ role: 'paas/nights/engineer', person: 'nia-rhys' }] })).toMatch(
    /nia-rhys does not have the skill developer, and is paas\/nights\/engineer/,
  );
});
