/** The list of rules, one file each, and a run of all of them. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { described } from '../../actions/lib/check/describe.ts';
import { rules } from '../../actions/lib/check/rules.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { at, but, checked, everything, folk, texts } from '../handbook.ts';

describe('the list of rules', () => {
  const folder = join(import.meta.dirname, '../../actions/lib/check/rules');
  const files = globSync('*.ts', { cwd: folder }).map((file) => basename(file, '.ts'));

  test('has every file of the folder, under its name, once', () => {
    expect(rules.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });

  test('begins with the rule about readable files, and states each rule in one sentence', () => {
    expect(rules.slice(0, 4).map(({ name }) => name)).toEqual(['yaml', 'schema', 'times', 'known-names']);
    expect(rules.filter(({ summary }) => !/^[A-Z][^.?]*\.$/.test(summary)).map(({ name }) => name)).toEqual(
      [],
    );
  });
});

describe('every rule is run, whatever the others found', () => {
  /** A handbook with a fault for every rule, none of which hides another. */
  const faulty = `${folk('amara', 'chi')}  ben: {name: Ben}
  new: {name: New, on_call_since: 2026-11-20, away: [{first_day: 2026-12-15, last_day: 2026-12-15}]}
  old: {name: Old, last_day: 2026-11-30}
== rotas/team/rota.yaml
name: Rota
timezone: UTC
hours: hours
covers: [day]
handover: {day: monday, time: "10:00"}
roles:
  first:
    needs: {on_call: true}
    rotation: [{first_turn: 2026-11-23, people: [amara, amara, old, new]}]
  second:
    rotation: [{first_turn: 2026-11-24, people: [ben]}]
  third: {}
overrides:
  - {role: second, person: chi, instead_of: amara, turn: 2026-12-07}
  - {role: second, person: amara, from: 2026-12-01T10:00, to: 2026-12-01T12:00}
  - {role: second, person: chi, from: 2026-12-01T11:00, to: 2026-12-01T12:00}
== rotas/team/colour.yaml
colour: red
== rotas/team/broken.yaml
[
== policies/support-hours/hours.yaml
name: Hours
timezone: UTC
holidays: short
windows:
  day: [{days: [tuesday], from: "09:00", to: "17:00"}]
  noon: [{days: [tuesday], from: "12:00", to: "13:00"}]
covered_by: {noon: [team/rota/third, team/rota/zeroth]}
== policies/holidays/short.yaml
name: Short
complete_from: 2026-01-01
complete_until: 2027-02-30
holidays: {}
== policies/escalation/chain.yaml
name: Chain
applies_in: [day]
levels:
  - {notify: [person: ben]}
  - {notify: [person: ben]}
`;
  const run = (text: string) =>
    evaluate({ texts: texts(text), findings: [] }, at('2026-11-21T12:00:00Z'), () => {});

  test('so that one run reports all, in order of file, line and column', () => {
    const { findings } = run(but(faulty, '2027-02-30', '2027-02-28'));
    expect([...new Set(findings.map(({ rule }) => rule))].toSorted()).toEqual([
      'away',
      'clashing-overrides',
      'decided-ahead',
      'double-booked',
      'eligible',
      'escalation-ends',
      'first-turn',
      'holidays-run-out',
      'known-names',
      'new-to-on-call',
      'overlapping-windows',
      'rest',
      'schema',
      'stale-override',
      'uncovered',
      'yaml',
    ]);
    const key = ({ file, line, column }: (typeof findings)[number]) =>
      `${file} ${String(line).padStart(5)} ${String(column).padStart(5)}`;
    expect(findings.map(key)).toEqual(findings.map(key).toSorted());
    expect(new Set(findings.map((finding) => JSON.stringify(finding))).size).toBe(findings.length);
  });

  test('and a holiday list that could not be read suppresses only the findings that depend on it', () => {
    const { findings } = run(faulty);
    expect([...new Set(findings.map(({ rule }) => rule))].toSorted()).toEqual([
      'clashing-overrides',
      'escalation-ends',
      'first-turn',
      'known-names',
      'schema',
      'times',
      'yaml',
    ]);
  });

  test('and each finding has the severity of its rule', () => {
    const { findings } = run(but(faulty, '2027-02-30', '2027-02-28'));
    expect(
      [
        ...new Set(findings.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule)),
      ].toSorted(),
    ).toEqual(['decided-ahead', 'new-to-on-call', 'rest']);
  });
});

test('a sound handbook has no findings, whatever is outside it', () => {
  expect(checked(everything)).toEqual([]);
  expect(checked(everything, '2026-11-30T23:59:59Z')).toEqual([]);
  expect(checked(everything, '2026-12-31T00:00:00Z')).toEqual([]);
});

test('messages have no full stop, no "invalid", no "must" and no line break', () => {
  const { findings } = evaluate(
    { texts: texts(but(everything, 'reason: swap', 'raison: swap')), findings: [] },
    at('2031-01-01T00:00:00Z'),
    () => {},
  );
  expect(findings.length).toBeGreaterThan(0);
  for (const { message } of described(findings)) expect(message).not.toMatch(/\.$|\binvalid\b|\bmust\b|\n/i);
});
