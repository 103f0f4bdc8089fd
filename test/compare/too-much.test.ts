/** A few lines of YAML can ask for millions of spans: what is too much to compare is an error, and takes seconds. */
import { expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook } from '../handbook.ts';

const NOW = '2026-12-01T12:00:00Z';
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Services that are called by windows of which each day has 400. */
const services = (count: number): string => {
  const windows = Array.from({ length: 8 }, (_, w) =>
    Array.from(
      { length: 50 },
      (_stretch, i) =>
        `{days: every, from: "${clock((i * 8 + w) * 3)}", to: "${clock((i * 8 + w) * 3 + 1)}"}`,
    ),
  );
  const names = windows.map((_, w) => `w${w}`);
  return aHandbook({
    policies: {
      'support-hours/all': `name: All\ntimezone: Europe/London\nwindows:\n${windows.map((it, w) => `  w${w}: [${it.join(', ')}]`).join('\n')}`,
      'service-levels/all': `name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {${names.map((it) => `${it}: none`).join(', ')}}`,
      ...Object.fromEntries(
        ['amara', 'ben'].map((it) => [
          `escalation/${it}`,
          `name: Chain\napplies_in: [${names.join(', ')}]\nlevels: [{notify: [person: ${it}]}]`,
        ]),
      ),
      ...(count > 0 && {
        services: `services:\n${Array.from(
          { length: count },
          (_, s) =>
            `  s${s}: {name: S${s}, team: paas, service_level: all, escalation: {${names.map((it, w) => `${it}: ${(s >> w) % 2 === 0 ? 'ben' : 'amara'}`).join(', ')}}}`,
        ).join('\n')}`,
      }),
    },
  });
};

test('whom services call, in windows of a few minutes each', () => {
  const found = foundInPull('new-calls', services(0), services(40), NOW).filter((line) =>
    line.includes('uncompared'),
  );
  expect(found).toEqual([
    expect.stringMatching(/^policies\/services\.yaml:\d+:\d+ error uncompared \{services: \[s\d/),
  ]);
});

test('a rota of hand-overs by the hour since long ago', () => {
  const times = Array.from({ length: 24 }, (_, hour) => `"${clock(hour * 60)}"`).join(', ');
  const rota = (handover: string, first: string) => `name: Nights
timezone: Europe/London
handover: ${handover}
roles: {engineer: {rotation: [{first_turn: ${first}, people: [amara, ben, chi]}]}}`;
  const [base, head] = [
    rota('{day: wednesday, time: "10:00"}', '2026-09-02'),
    rota(`{every: day, times: [${times}]}`, '2010-01-05T00:00'),
  ].map((it) => aHandbook({ rotas: { 'paas/team': 'name: PaaS', 'paas/nights': it } })) as [string, string];
  expect(foundInPull('history', base, head, NOW).filter((line) => line.includes('uncompared'))).toHaveLength(
    1,
  );
});
