/** The comment on a pull request: its length, the escape of names, and its counts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { identityText } from '../../actions/lib/compare/consent-words.ts';
import { missingConsent } from '../../actions/lib/compare/verdict.ts';
import { comment } from '../../actions/lib/review/comment.ts';
import { PARTS } from '../../actions/lib/review/parts.ts';
import { checkStatus, pullConsent } from '../../actions/lib/review/statuses.ts';
import { summary } from '../../actions/lib/review/summary.ts';
import { forMarkdown } from '../../actions/lib/text/escape.ts';
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

describe('somebody in another zone than the rota', () => {
  const dublin = but(base, 'name: Amara Osei,', 'name: Amara Osei, zone: Europe/Dublin,');
  const auckland = but(base, 'name: Amara Osei,', 'name: Amara Osei, zone: Pacific/Auckland,');
  const asked = (own: string, from: string, to: string) => {
    const override = `{role: engineer, person: amara, from: ${from}, to: ${to}}`;
    const text = commentOn(`${own}overrides:\n  - ${override}\n`, own);
    return text.replaceAll('&#58;', ':').match(/- @amara-o .*/)?.[0];
  };

  test('reads both times where they are asked to agree', () => {
    expect(asked(auckland, '2026-12-10T10:00', '2026-12-10T12:00')).toBe(
      '- @amara-o (Amara Osei): takes paas&#47;nights&#47;engineer Thu 10 Dec 10:00 – 12:00 ' +
        '(Europe&#47;London; in Pacific&#47;Auckland Thu 10 Dec 23:00 – Fri 11 Dec 01:00) from Chi Wong',
    );
    expect(commentOn(auckland.replace('[amara, ben, chi]', '[amara, chi, ben]'), auckland)).not.toContain(
      '@amara-o',
    );
  });

  test('over both changes of the clock, which are on other days there', () => {
    const sydney = auckland
      .replace('Pacific/Auckland', 'Australia/Sydney')
      .replace('[amara, ben, chi]', '[ben, chi]');
    const over = (from: string, to: string) => asked(sydney, from, to)?.match(/Sydney (.*)\)/)?.[1];
    expect(over('2027-03-28T00:30', '2027-03-28T02:30')).toBe('Sun 28 Mar 11:30 – 12:30');
    expect(over('2027-04-03T15:30', '2027-04-03T17:30')).toBe('Sun 4 Apr 01:30 – 02:30');
    expect(over('2027-10-31T00:30', '2027-10-31T02:30')).toBe('Sun 31 Oct 2027 10:30 – 13:30');
  });

  test('reads one where both clocks show the same', () => {
    expect(asked(dublin, '2026-12-10T10:00', '2026-12-10T12:00')).toBe(
      '- @amara-o (Amara Osei): takes paas&#47;nights&#47;engineer Thu 10 Dec 10:00 – 12:00 from Chi Wong',
    );
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
  const rota = base.slice(base.indexOf('== rotas/paas/nights.yaml')).replace('2026-09-02', '2026-10-28');
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

describe('whatever the names, and however many people and findings there are,', () => {
  const NAMES = [
    'Amara Osei',
    '&'.repeat(100),
    '#'.repeat(100),
    '@'.repeat(100),
    '👨‍👩‍👧‍👦'.repeat(9),
    '𐀀'.repeat(50),
  ];
  const handbook = (
    { people, name, identity, isUnread, isHead }: Case & { readonly isHead: boolean },
    faults: number,
  ) => {
    const ids = Array.from({ length: people }, (_, i) => `${'long-'.repeat(8)}person-${i}`);
    const order = isHead ? ids.toReversed() : ids;
    const account = (i: number) => (isHead && identity ? `P${i + 1}` : `P${i}`);
    return [
      '== rotas/people.yaml',
      'people:',
      ...ids.map(
        (id, i) =>
          `  ${id}: {${isUnread && !isHead && i > 0 ? 'nmae' : 'name'}: ${JSON.stringify(name)}, ` +
          `github: login-${i}, pagerduty: ${account(i)}}`,
      ),
      '== rotas/paas/team.yaml',
      `name: ${JSON.stringify(name)}`,
      `leads: [${ids[0]}]`,
      '== rotas/paas/nights.yaml',
      `name: ${JSON.stringify(name)}`,
      'timezone: Europe/London',
      'handover: {day: wednesday, time: "10:00"}',
      `roles: {engineer: {rotation: [{first_turn: 2026-09-02, people: [${order.join(', ')}]}]}}`,
      ...Array.from({ length: faults }, (_, i) =>
        [
          ...(i === 0 ? ['overrides:'] : []),
          `  - {role: engineer, turn: 2027-03-0${(i % 9) + 1}, person: nobody-${i}}`,
        ].join('\n'),
      ),
      '',
    ].join('\n');
  };
  interface Case {
    readonly people: number;
    readonly name: string;
    readonly identity: boolean;
    /** Whether the base can read nobody but the lead. */
    readonly isUnread: boolean;
  }
  const cases: fc.Arbitrary<Case & { readonly faults: number }> = fc.record({
    people: fc.constantFrom(2, 12, 60, 300),
    name: fc.constantFrom(...NAMES),
    identity: fc.boolean(),
    isUnread: fc.boolean(),
    faults: fc.constantFrom(0, 1, 400),
  });

  test('every part is there, and what is left out is counted', () => {
    fc.assert(
      fc.property(cases, (it) => {
        const [own, head] = [
          handbook({ ...it, isHead: false }, 0),
          handbook({ ...it, isHead: true }, it.faults),
        ];
        const judgement = judged(head, own);
        const text = comment(judgement);
        expect(text.length).toBeLessThanOrEqual(40_000);
        const lines = text.split('\n');
        expect(lines[2]).toMatch(
          /^❌ Not ready: (this changes too much .*; )?\d+ changes? (with too little notice|of the past)/,
        );
        expect(lines[2]).toContain('waiting for ');
        const headings = lines.filter((line) => line.startsWith('### ')).map((line) => line.slice(4, 20));
        expect(headings.slice(0, 2)).toEqual(['Is it enough not', 'Still to agree']);
        expect(headings.slice(2)).toEqual(['Other findings: ', 'Whose time chang']);
        expect(lines.filter((line) => line.startsWith('| ')).length).toBeGreaterThan(1);
        expect(lines.findIndex((line) => line.startsWith('- ❌'))).toBeGreaterThan(0);
        if (it.isUnread) expect(text).toContain('could not be read before the change');
        expect(lines.at(-1)).toMatch(/^<sub>Checked .*<\/sub>$/);
        // Whole lines only, and no half of a character.
        for (const line of lines.filter((row) => row.startsWith('|'))) expect(line.endsWith('|')).toBe(true);
        expect(text.isWellFormed()).toBe(true);
        const asked = new Set(
          missingConsent(judgement.against).map(({ person, anyOf }) => anyOf.join(' or ') || person),
        );
        const section = text.split('### ').find((part) => part.startsWith('Still to agree')) ?? '';
        const left = Number(/^- and (\d+) more, whom/m.exec(section)?.[1] ?? 0);
        const shown = (section.match(/^- /gm)?.length ?? 0) - (left > 0 ? 1 : 0);
        expect(shown + left).toBe(asked.size);
        expect(shown).toBeGreaterThan(0);
        for (const { description } of [pullConsent(judgement), checkStatus(judgement)])
          expect(description.length).toBeLessThanOrEqual(140);
      }),
      { numRuns: 12 },
    );
  });
});

test('however much changes, every reason of every consent is in the comment, or no approval makes it green', () => {
  const level = (to: string) => `levels: [{notify: [${to}]}]`;
  const chain = (id: string, to: string) =>
    `== policies/escalation/${id}.yaml\nname: ${id}\napplies_in: [day]\n${level(to)}\n`;
  const policies = (consent: string) =>
    `== policies/notice.yaml\nconsent: [${consent}]\n${chain('chain-0', '{person: amara}')}`;
  const own = but(base, '== rotas/paas/nights.yaml', `${policies('both-people')}== rotas/paas/nights.yaml`);
  const kept = new Set<boolean>();
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, 3, 60, 100, 160, 400, 1000),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      fc.constantFrom('author', undefined),
      (chains, length, relaxes, author) => {
        const added = Array.from({ length: chains }, (_, i) =>
          chain(`${'c'.repeat(length)}-${i}`, i % 3 === 0 ? 'paas/nights/engineer' : '{person: ben}'),
        ).join('');
        const head = own
          .replace(policies('both-people'), added + policies(relaxes ? '' : 'both-people'))
          .concat('overrides: [{role: engineer, turn: 2026-12-16, person: ben}]\n');
        const pull = author === undefined ? {} : { author: 'amara-o' };
        const asked = judged(head, own, pull);
        const text = comment(asked);
        expect(text.length).toBeLessThanOrEqual(40_000);
        const isThere = missingConsent(asked.against).every(({ reason }) => {
          if (reason.kind !== 'identity') return text.includes('Wed 16 Dec 10&#58;00 – Wed 23 Dec 10&#58;00');
          const { kind, id, keys } = reason.change;
          const names: Readonly<Record<string, string>> = { ben: 'Ben Adeyemi' };
          const nameOf = (it: string) => names[it] ?? it;
          return keys.every((it) => text.includes(forMarkdown(identityText({ kind, id, ...it }, nameOf))));
        });
        const approvals = ['amara-o', 'ben-a', 'nia-r'];
        const all = judged(head, own, { ...pull, approvals });
        const { state, description } = pullConsent(all);
        expect(state).toBe(isThere ? 'success' : 'pending');
        expect(comment(all)).toContain(isThere ? '### Everyone has agreed' : 'split this pull request');
        if (!isThere) {
          expect(description).toBe('changes too much at once to show what people agree to; split it');
          expect(text.split('\n')[2]).toMatch(/^❌ Not ready: this changes too much at once/);
          if (relaxes) expect(text).toContain('consent in policies&#47;notice.yaml changes');
        }
        kept.add(isThere);
      },
    ),
    { numRuns: 30 },
  );
  expect([...kept].toSorted()).toEqual([false, true]);
});

describe('who still has to agree', () => {
  const changed = but(base, 'github: amara-o', 'github: mallory-too').concat(
    'overrides: [{role: engineer, turn: 2026-12-16, person: ben}]\n',
  );
  const lines = (pull: Partial<Pull>, head = changed, own = base) =>
    commentOn(head, own, pull)
      .split('### ')
      .find((part) => part.startsWith('Still to agree'))
      ?.split('\n')
      .filter((line) => line.startsWith('- ')) ?? [];

  test('sees in one line what they agree to', () => {
    expect(lines({})).toEqual([
      '- @amara-o (Amara Osei): gives up paas&#47;nights&#47;engineer Wed 16 Dec 10&#58;00 – Wed 23 Dec 10&#58;00 to Ben Adeyemi',
      '- @ben-a (Ben Adeyemi): takes paas&#47;nights&#47;engineer Wed 16 Dec 10&#58;00 – Wed 23 Dec 10&#58;00 from Amara Osei',
      '- @nia-r (Nia Rhys): delivery lead of Ben Adeyemi, whose time changes',
      '- @amara-o (Amara Osei), or @nia-r (Nia Rhys): the GitHub name of Amara Osei changes from amara-o to mallory-too, which agrees for them from then on',
    ]);
  });

  test('is told why their word does not count yet', () => {
    const pull: Partial<Pull> = {
      author: 'amara-o',
      authorDoubt: 'pushed-by-other',
      discounted: [
        { login: 'ben-a', why: 'not-shown' },
        { login: 'NIA-R', why: 'no-access' },
      ],
    };
    const found = lines(pull);
    expect(found[0]).toContain('@amara-o opened this, but somebody else pushed its latest commit');
    expect(found[1]).toContain('@ben-a approved before a comment showed what this changes; approve it again');
    expect(found[2]).toContain('@nia-r approved, but has no access to this repository');
  });

  test('is told the way out where nobody can agree', () => {
    const broken = base.replace('name: PaaS', 'nome: PaaS');
    expect(lines({}, changed, broken)[0]).toBe(
      '- nobody whom the base branch names: rotas&#47;paas&#47;team.yaml could not be read before the change, so who agrees to what is uncertain. ' +
        'A pull request that only fixes rotas&#47;paas&#47;team.yaml needs an administrator, because no lead can be read either',
    );
    const chi = base.concat('overrides: [{role: engineer, turn: 2026-12-16, person: chi}]\n');
    expect(lines({ approvals: ['amara-o'] }, chi)).toEqual([
      '- Chi Wong: takes paas&#47;nights&#47;engineer Wed 16 Dec 10&#58;00 – Wed 23 Dec 10&#58;00 from Amara Osei. ' +
        'people has no github name for Chi Wong, so that an approval would not be recognised; add it first, in a pull request of its own',
    ]);
  });
});

test('a role that stops counting is no longer cover for whoever holds it', () => {
  const head = but(base, 'engineer:\n', 'engineer:\n    counts: false\n');
  const text = commentOn(head, base);
  expect(text).toMatch(
    /^- @amara-o \(Amara Osei\): is no longer on call as paas&#47;nights&#47;engineer Wed 16 Dec .* \(the role stops counting as cover\)/m,
  );
  expect(rows(text)[0]).toContain('(engineer) (the role stops counting as cover)');
  expect(text).toMatch(
    /^- ❌ Ben Adeyemi, Sat 5 Dec 12:00 – .*: no notice; the policy asks 7 days; as an emergency it passes with the label emergency-cover and the approval of Nia Rhys$/m,
  );
  expect(commentOn(base, head)).toContain('(the role starts to count as cover)');
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

test('people are called by the names that the base has for them, and a namesake by their id as well', () => {
  const renamed = but(cover('2026-12-20T10:00', '2026-12-20T18:00', 'ben'), 'Chi Wong', 'Amara Osei');
  const text = commentOn(renamed.replace('name: Amara Osei, github', 'name: A Osei, github'));
  expect(text).toContain('Amara Osei → Ben Adeyemi');
  expect(text).not.toContain('A Osei →');
  const fresh = but(
    cover('2026-12-20T10:00', '2026-12-20T18:00', 'zed'),
    '  nia: {',
    '  zed: {name: Ben Adeyemi, github: zed-z}\n  nia: {',
  );
  expect(commentOn(fresh)).toContain('Amara Osei → Ben Adeyemi (zed)');
});

test('whoever is asked for much reads all of it, as far as there is room', () => {
  const chains = Array.from({ length: 40 }, (_, i) => `chain-${i}`).map(
    (id) =>
      `== policies/escalation/${id}.yaml\nname: ${id}\napplies_in: [day]\nlevels: [{notify: [person: ben]}]\n`,
  );
  const line = commentOn(`${base}${chains.join('')}`)
    .split('\n')
    .find((it) => it.startsWith('- @ben-a'));
  expect(line).toContain('chain-39');
  expect(line).not.toContain('more');
});
