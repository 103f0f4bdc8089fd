/** The comment on a pull request: its length, the escape of names, and its counts. */
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { comment } from '../../actions/lib/review/comment.ts';
import { PARTS } from '../../actions/lib/review/parts.ts';
import { summary } from '../../actions/lib/review/summary.ts';
import { at, but, compared } from '../handbook.ts';

const NOW = '2026-12-05T12:00:00Z';

/** Round the clock, Wednesdays at 10:00: ben 2 December, chi 9 December, amara 16 December, … */
const base = `
== rotas/people.yaml
people:
  amara: {name: Amara Osei, github: amara-o, email: amara@example.org}
  ben: {name: Ben Adeyemi, github: ben-a, delivery_lead: nia}
  chi: {name: Chi Wong}
  nia: {name: Nia Rhys, github: nia-r}
== rotas/paas/team.yaml
name: PaaS
leads: [nia]
== policies/holidays/england.yaml
name: England
complete_from: 2026-01-01
complete_until: 2028-12-31
holidays: {2026-12-25: Christmas Day, 2026-12-28: Boxing Day}
== policies/support-hours/all.yaml
name: All
timezone: Europe/London
holidays: england
windows:
  day: [{days: every, from: "00:00", to: "00:00"}]
== rotas/paas/nights.yaml
name: Nights
timezone: Europe/London
hours: all
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-02, people: [amara, ben, chi]}
`;
const cover = (from: string, to: string, person = 'amara') =>
  `${base}overrides:\n  - {role: engineer, person: ${person}, from: ${from}, to: ${to}, reason: chemotherapy}\n`;

function judged(head: string, own = base, pull: Partial<Pull> | undefined = {}, now = NOW) {
  const { handbook, against, findings } = compared(own, head, now, pull);
  if (against === undefined) throw new Error('there is nothing to compare with');
  return { handbook, against, findings, now: at(now), commit: '0123456789abcdef0123' };
}
const commentOn = (...words: Parameters<typeof judged>): string => comment(judged(...words));
const rows = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);

const [MARKER] = PARTS;

describe('a comment', () => {
  test('begins with its marker, and ends with the commit and the time of the check', () => {
    for (const text of [commentOn(base), commentOn(cover('2026-12-10T10:00', '2026-12-10T12:00'))]) {
      expect(text.startsWith(`${MARKER}\n`)).toBe(true);
      expect(text.split(MARKER)).toHaveLength(2);
      expect(text).toMatch(/<sub>Checked Sat 5 Dec 12:00 UTC at 0123456789,[^\n]*<\/sub>$/);
    }
  });

  test('reports that nobody’s time changes', () => {
    expect(commentOn(base)).toContain("### Nobody's time changes");
    expect(commentOn(base)).not.toContain('agree');
  });

  test('lists the rotas whose changes are unknown, next to the changes of the others', () => {
    const rota = base.slice(base.indexOf('== rotas/paas/nights.yaml')).replace('nights.yaml', 'days.yaml');
    const head = `${cover('2026-12-10T10:00', '2026-12-10T12:00')}${rota}`;
    const text = commentOn(head, base + rota.replace('name: Nights', 'nome: Nights'));
    expect(text).toContain('Changes in paas&#47;days are unknown, because a file could not be read.');
    expect(text).toContain('- @nia-r (Nia Rhys): whose time changes in paas&#47;days is unknown');
    const approved = commentOn(head, base + rota.replace('name: Nights', 'nome: Nights'), {
      approvals: ['nia-r'],
    });
    expect(approved).not.toContain('whose time changes in');
  });

  test('requests no approval without a pull request', () => {
    const { handbook, against, findings, now } = judged(cover('2026-12-10T10:00', '2026-12-10T12:00'));
    const alone = { handbook, against: { ...against, pull: undefined }, findings, now, commit: 'x' };
    expect(comment(alone)).not.toMatch(/agree/);
  });

  test('contains no address and no reason', () => {
    const text = commentOn(cover('2026-12-10T10:00', '2026-12-10T12:00'));
    expect(text).toContain('Amara Osei');
    expect(text).not.toMatch(/chemotherapy|example/);
  });

  test('shows each time in the zone of its rota', () => {
    const rota = base.slice(base.indexOf('== rotas/paas/nights.yaml'));
    const two =
      base +
      rota
        .replace('nights.yaml', 'tokyo.yaml')
        .replace('Europe/London', 'Asia/Tokyo')
        .replace('hours: all\n', '');
    const head = `${but(two, `${rota}== `, `${rota}overrides: [{role: engineer, person: amara, from: 2026-12-10T10:00, to: 2026-12-10T12:00}]\n== `)}overrides: [{role: engineer, person: amara, from: 2026-12-10T10:00, to: 2026-12-10T12:00}]\n`;
    const text = commentOn(head, two);
    expect(text.match(/Thu 10 Dec 10:00 – 12:00, PaaS/g)).toHaveLength(4);
    expect(text).toContain('Times are those of Europe&#47;London, Asia&#47;Tokyo, each rota in its own.');
  });
});

describe('weekend days and holidays gained and given up', () => {
  test.each<[what: string, from: string, to: string, weekend: string, holidays: string]>([
    ['a day in the week', '2026-12-10T10:00', '2026-12-10T18:00', '–', '–'],
    ['a Saturday', '2026-12-12T10:00', '2026-12-12T18:00', '1', '–'],
    ['a night into a Saturday', '2026-12-11T18:00', '2026-12-12T08:00', '1', '–'],
    ['a night up to a Saturday, at midnight', '2026-12-11T18:00', '2026-12-12T00:00', '–', '–'],
    ['a weekend and the Monday after', '2026-12-12T00:00', '2026-12-15T00:00', '2', '–'],
    ['Christmas, the weekend, and Boxing Day', '2026-12-24T10:00', '2026-12-29T10:00', '2', '2'],
    [
      'two minutes around midnight, from a Sunday to a holiday',
      '2026-12-27T23:59',
      '2026-12-28T00:01',
      '1',
      '1',
    ],
  ])('%s', (_, from, to, weekend, holidays) => {
    const of = (sign: string) =>
      [weekend, holidays].map((count) => (count === '–' ? count : `${sign}${count}`));
    const cells = rows(commentOn(cover(from, to, 'nia'))).map((row) =>
      row.split(' | ').slice(-2).join(' ').replace(' |', ''),
    );
    expect(cells.toSorted()).toEqual([of('+').join(' '), of('−').join(' ')].toSorted());
  });

  test('a day whose morning somebody gives up and whose evening they gain counts in both', () => {
    const head = `${cover('2026-12-12T08:00', '2026-12-12T12:00', 'nia')}`;
    const own = `${cover('2026-12-12T18:00', '2026-12-12T20:00', 'nia')}`;
    const nia = rows(commentOn(head, own)).find((row) => row.startsWith('| Nia Rhys'));
    expect(nia).toContain('| +1 −1 | – |');
  });
});

describe('however much changes, the length is limited:', () => {
  const rota = base.slice(base.indexOf('== rotas/paas/nights.yaml'));
  const many = Array.from({ length: 40 }, (_, i) => rota.replace('nights.yaml', `nights-${i}.yaml`)).join('');
  const head = many.replaceAll('[amara, ben, chi]', '[chi, amara, ben]');
  const files = base.slice(0, base.indexOf('== rotas/paas/nights.yaml'));
  const judgement = judged(files + head, files + many);

  test('comment and summary are within the limits of GitHub', () => {
    expect(comment(judgement).length).toBeLessThan(65_536);
    expect(summary(judgement.findings, judgement).length).toBeLessThan(1024 * 1024);
    const widest = judged(files.replaceAll('Amara Osei', '|'.repeat(100)) + head, files + many);
    expect(comment(widest).length).toBeLessThan(65_536);
    expect(Buffer.byteLength(summary(widest.findings, widest))).toBeLessThan(1024 * 1024);
  });

  test('a cell has eight lines, and the number of the others', () => {
    for (const row of rows(comment(judgement))) {
      for (const cell of row.split(' | ')) expect(cell.split('<br>').length).toBeLessThanOrEqual(9);
      expect(row).toMatch(/<br>and \d+ more/);
    }
  });

  test('thirty lines of notice, and twenty other findings', () => {
    const [, notice = '', rest = ''] = comment(judgement).split('### Is it enough notice?');
    expect(rest).toBe('');
    expect(notice.split('###')[0]?.match(/^- /gm)?.length).toBe(31);
    const found = notice.split('### Other findings')[1] ?? '';
    expect(found.match(/^- /gm)?.length).toBe(21);
  });

  test('a summary lists every finding, or notes that there are more', () => {
    expect(summary(judgement.findings, judgement)).toMatch(/and more; run "rota check" to see all of it\.$/);
    const few = judged(files + head.slice(0, 5 * rota.length), files + many.slice(0, 5 * rota.length));
    const lines = summary(few.findings, few).split('### The check:')[1]?.match(/^- /gm);
    expect(lines?.length).toBe(few.findings.length);
  });
});

describe('names that look like markup', () => {
  /** Names that the schema accepts. */
  const names = [
    '@team',
    '@org/team and you',
    'mail someone@example.org',
    '#1',
    'org/repo#2',
    'GH-3',
    '| x | y |',
    '`code`',
    '**bold** _it_ ~~gone~~',
    '[a](https://example.org)',
    '![b](//example.org/c.png)',
    'https://example.org/?a=b',
    'www.example.org',
    '&lt;b&gt; &#64;team &commat;team',
    '\\@team \\#1',
    '- [ ] a task',
    '1. first',
    '+ more',
    '# heading',
    ':tada: $x$',
    '--- a',
  ];

  /**
   * What GitHub's own filters process: text after Markdown and entities, in which a comment or a zero-width space
   * separates words.
   */
  const filtered = (markdown: string): string =>
    markdown
      .replace(/<!--[\s\S]*?-->/g, '\u200b')
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll('&amp;', '&');

  test.each(names)('%j stays a name', (name) => {
    const quoted = JSON.stringify(name);
    const own = but(
      but(but(base, 'name: PaaS', `name: ${quoted}`), 'name: Nights', `name: ${quoted}`),
      '{name: Chi Wong}',
      `{name: ${quoted}}`,
    );
    const head = `${own}overrides: [{role: engineer, turn: 2026-12-09, person: amara}]\n`;
    const judgement = judged(head, own);
    for (const text of [comment(judgement), summary(judgement.findings, judgement)]) {
      const body = text.replace(`${MARKER}\n`, '').replace(/ \[[a-z-]+\]$/gm, '');
      const mentions = filtered(body).match(/(?<![\w])@[\w-]+/g) ?? [];
      expect(new Set(mentions)).toEqual(new Set(['@amara-o']));
      expect(filtered(body)).not.toMatch(/(?<!&)#\d|\bGH-\d|\w@\w/i);
      expect(body).not.toMatch(/https?:\/\/|www\.|[`*[\]\\~]|&(?!#\d+;|amp;)/);
      expect(
        body
          .replaceAll('<br>', '')
          .replaceAll(/<\/?sub>/g, '')
          .replace(/<!--[\s\S]*?-->/g, ''),
      ).not.toContain('<');
      for (const row of rows(body)) expect(row.match(/\|/g)).toHaveLength(6);
      expect(body).not.toMatch(/^- (?:[-+*]|\d+[.)]|#+) /m);
    }
  });
});
