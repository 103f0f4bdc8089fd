/** Reading alerts from CSV and JSON: what counts, and what is wrong with a line and what to write instead. */
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { alertFaultText } from '../../actions/lib/time-off/alert-faults.ts';
import { type ReadAlerts, readJsonAlerts } from '../../actions/lib/time-off/alert-texts.ts';
import { readCsvAlerts } from '../../scripts/alert-file.ts';
import { writeCsv } from '../../scripts/csv.ts';
import { at } from '../handbook.ts';
import { LONDON, OPS } from './alerts.ts';

const READING = { handbook: OPS, zone: LONDON, now: at('2027-06-01T12:00:00Z') };

const faultsOf = ({ faults }: ReadAlerts) => faults.map((fault) => `${fault.line}: ${alertFaultText(fault)}`);
const timesOf = ({ alerts }: ReadAlerts) =>
  alerts.map(({ person, alertedAt }) => `${person} ${new Date(alertedAt).toISOString().slice(0, 16)}`);

const HEAD = 'person,alerted_at,acknowledged_at,worked_until,woken,service,id';
const csv = (...lines: readonly string[]) => readCsvAlerts([HEAD, ...lines].join('\n'), READING);

test('a line of CSV and an object of JSON say the same', () => {
  const line = 'amara,2026-12-03T02:00,2026-12-03T02:04:30Z,2026-12-03T05:00+01:00,yes,website,A1';
  const object = {
    person: 'amara',
    alerted_at: '2026-12-03 02:00',
    acknowledged_at: '2026-12-03T02:04:30.000Z',
    worked_until: '2026-12-03T04:00:00Z',
    woken: true,
    service: 'website',
    id: 'A1',
  };
  const expected = [
    {
      person: 'amara',
      alertedAt: at('2026-12-03T02:00Z'),
      acknowledgedAt: at('2026-12-03T02:04:30Z'),
      workedUntil: at('2026-12-03T04:00Z'),
      woken: true,
      service: 'website',
      id: 'A1',
    },
  ];
  expect(csv(line)).toEqual({ alerts: expected, faults: [] });
  expect(readJsonAlerts(JSON.stringify([object]), READING)).toEqual({ alerts: expected, faults: [] });
  expect(readJsonAlerts(JSON.stringify(object), READING)).toEqual({ alerts: expected, faults: [] });
});

describe('tables as they come from spreadsheets', () => {
  const two = ['amara 2026-12-03T02:00', 'ben 2026-12-04T02:00'];
  test.each([
    ['with commas', 'person,alerted_at\namara,2026-12-03T02:00\nben,2026-12-04T02:00\n'],
    ['with semicolons', 'person;alerted_at;id\namara;2026-12-03T02:00;1,2\nben;2026-12-04T02:00;\n'],
    ['with tabs', 'person\talerted_at\namara\t2026-12-03T02:00\nben\t2026-12-04T02:00'],
    ['with bars', 'person|alerted_at\namara|2026-12-03T02:00\nben|2026-12-04T02:00'],
    [
      'that name their separator',
      'sep=;\r\nperson;alerted_at\r\namara;2026-12-03T02:00\r\nben;2026-12-04T02:00',
    ],
    ['with a byte order mark', '\ufeffperson,alerted_at\namara,2026-12-03T02:00\nben,2026-12-04T02:00'],
    [
      'with CRLF and empty lines',
      'person,alerted_at\r\n\r\namara,2026-12-03T02:00\r\n\r\nben,2026-12-04T02:00\r\n',
    ],
    [
      'with every cell in quotes',
      '"person","alerted_at"\n"amara","2026-12-03T02:00"\n"ben","2026-12-04T02:00"',
    ],
    ['with blanks and other letters', 'Person, Alerted At\n amara , 2026-12-03 02:00\nben,2026-12-04 02:00'],
    ['with empty last columns', 'person,alerted_at,,\namara,2026-12-03T02:00,,\nben,2026-12-04T02:00,,'],
  ])('%s', (_, text) => {
    const read = readCsvAlerts(text, READING);
    expect([timesOf(read), faultsOf(read)]).toEqual([two, []]);
  });

  test('lines are counted through quoted cells that hold several', () => {
    const read = csv('amara,2026-12-03T02:00,,,,"web', 'site",', 'nobody,2026-12-03T02:00', 'ben,soon');
    expect(faultsOf(read)).toEqual([
      '2: service is "web\nsite"; write the id of a service in one line',
      '4: there is no person "nobody"; write an id of the handbook, such as amara-osei',
      '5: alerted_at is "soon"; write 2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
    ]);
  });
});

describe('a faulty line is left out, and the next is read', () => {
  test.each([
    [
      'an hour that does not exist',
      'amara,2026-12-03T24:00:00Z',
      'alerted_at is "2026-12-03T24:00:00Z"; write 2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
    ],
    [
      'letters in a time',
      'amara,2026-12-03T0x:00:00Z',
      'alerted_at is "2026-12-03T0x:00:00Z"; write 2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
    ],
    ['no person', ',2026-12-03T02:00', 'person is missing; write an id of the handbook, such as amara-osei'],
    [
      'no time',
      'amara,',
      'alerted_at is missing; write 2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
    ],
    ['an unknown person', 'amra,2026-12-03T02:00', 'there is no person "amra"; did you mean "amara"?'],
    [
      'a name instead of an id',
      'Amara,2026-12-03T02:00',
      'there is no person "Amara"; did you mean "amara"?',
    ],
    [
      'a formula',
      '"=HYPERLINK(""http://evil"")",2026-12-03T02:00',
      'there is no person "=HYPERLINK("http://evil")"; write an id of the handbook, such as amara-osei',
    ],
    [
      'a date of another form',
      'amara,03/12/2026 02:00',
      'alerted_at is "03/12/2026 02:00"; write 2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
    ],
    [
      'a day that does not exist',
      'amara,2026-11-31T02:00',
      'alerted_at is "2026-11-31T02:00"; write 2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
    ],
    [
      'a time that the clocks skip',
      'amara,2027-03-28T01:30',
      'alerted_at is 2027-03-28T01:30, which does not exist in Europe/London: the clocks go forward over it; write a time after that',
    ],
    [
      'an alert in the future',
      'amara,2027-06-01T12:00:01Z',
      'alerted_at is 2027-06-01T12:00:01Z, which is in the future; write when it really was',
    ],
    [
      'work that ends before it begins',
      'amara,2026-12-03T02:00,,2026-12-03T01:59',
      'worked_until is 2026-12-03T01:59, which is before the alert at 2026-12-03T02:00; correct one of the two times',
    ],
    [
      'an acknowledgement before the alert',
      'amara,2026-12-03T02:00,2026-12-03T01:59',
      'acknowledged_at is 2026-12-03T01:59, which is before the alert at 2026-12-03T02:00; correct one of the two times',
    ],
    [
      'work of a year',
      'amara,2026-04-03T02:00,,2027-04-03T04:00',
      'worked_until is 2027-04-03T04:00, more than 7 days after the alert; correct it, or write the parts as alerts',
    ],
    [
      'another word for woken',
      'amara,2026-12-03T02:00,,,perhaps',
      'woken is "perhaps"; write true or false, or leave it empty',
    ],
    [
      'a separator that is not in quotes',
      'amara,2026-12-03T02:00,,,,web,A1,more',
      'this line has 8 cells for 7 columns; put a cell that holds a separator in quotes',
    ],
    [
      'a quote within a quoted cell',
      'amara,2026-12-03T02:00,,,,"web"site,A1',
      'a quote that begins here does not end as it should; close it, and write a quote in a cell twice, as ""',
    ],
  ])('%s', (_, line, fault) => {
    const read = csv(line, 'ben,2026-12-04T02:00');
    expect(faultsOf(read)[0]).toBe(`2: ${fault}`);
    if (!fault.startsWith('a quote')) expect(timesOf(read)).toEqual(['ben 2026-12-04T02:00']);
  });

  test('a quote that is never closed', () => {
    const read = csv('amara,2026-12-03T02:00', 'ben,"2026-12-04T02:00', 'ben,2026-12-05T02:00');
    expect(timesOf(read)).toEqual(['amara 2026-12-03T02:00']);
    expect(faultsOf(read)).toEqual([expect.stringMatching(/^3: a quote that begins here does not end/)]);
  });

  test('a local time without a zone', () => {
    const read = readCsvAlerts('person,alerted_at\namara,2026-12-03T02:00\nben,2026-12-04T02:00Z', {
      ...READING,
      zone: undefined,
    });
    expect(faultsOf(read)).toEqual([
      '2: alerted_at is 2026-12-03T02:00, which is no instant without a time zone; add --zone, or write it as 2026-12-03T02:00:00Z',
    ]);
    expect(timesOf(read)).toEqual(['ben 2026-12-04T02:00']);
  });
});

describe('headers', () => {
  test.each([
    [
      'that lack a column',
      'person,at\n',
      [
        '1: there is no column "at"; write one of person, alerted_at, acknowledged_at, worked_until, woken, service, id',
        '1: there is no column alerted_at; the first line names the columns: ' +
          'person,alerted_at,acknowledged_at,worked_until,woken,service,id, of which person and alerted_at are required',
      ],
    ],
    [
      'with a misspelt column',
      'person,alerted_at,worked_untl\n',
      ['1: there is no column "worked_untl"; did you mean "worked_until"?'],
    ],
    [
      'with a column twice',
      'person,alerted_at,person\n',
      ['1: the column person is there twice; leave one of them out'],
    ],
    [
      'of an empty file',
      '\n\n',
      ['1: the file is empty; write a header line such as person,alerted_at and one alert a line'],
    ],
  ])('%s', (_, text, faults) => {
    expect(faultsOf(readCsvAlerts(text, READING))).toEqual(faults);
  });
});

describe('JSON', () => {
  test('of objects that are broken or wrong, by line', () => {
    const text = `[
  {"person": "amara", "alerted_at": "2026-12-03T02:00:00Z", "woken": "maybe"},
  {"person": "amara", "alerted_at": 1764727200},
  {"person": "amara", "alerted_at": "2026-12-03T02:00:00Z", "worked": null},
  {"person": "amara", "alerted_at": "2026-12-03T02:00:00Z", "id": "a", "id": "b"},
  {"person": "amara", "alerted_at"
  {"person": "ben", "alerted_at": "2026-12-04T02:00:00Z", "woken": null},
]`;
    const read = readJsonAlerts(text, READING);
    expect(timesOf(read)).toEqual(['amara 2026-12-03T02:00', 'ben 2026-12-04T02:00']);
    expect(faultsOf(read)).toEqual([
      '2: woken is "maybe"; write true or false, or leave it empty',
      '3: alerted_at is "1764727200"; write 2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
      '4: there is no column "worked"; did you mean "woken"?',
      '5: "id" is written twice in this alert; write it once',
      expect.stringMatching(/^6: this alert cannot be read; write it as \{"person"/),
      '8: write one comma between two alerts, and none after the last',
    ]);
  });
});

test('a thousand faults are listed, and the rest are counted', () => {
  const read = csv(...Array.from({ length: 1500 }, () => 'nobody,2026-12-03T02:00'));
  expect(read.faults).toHaveLength(1001);
  expect(faultsOf(read).at(-1)).toBe('undefined: 500 more faults are not listed');
});

test('a million lines are read, and what is wrong in the last ones is reported there', () => {
  const lines = 'amara,2026-12-03T02:00:00Z,,2026-12-03T02:30:00Z,,,\n'.repeat(1_000_000);
  const faulty = 'amara,soon,,,,,\namara,2026-12-03T02:00:00Z,,,,"web"site,A1\n';
  const { alerts, faults } = readCsvAlerts(`${HEAD}\n${lines}${faulty}`, READING);
  expect([alerts.length, faults.map(({ code, line }) => [code, line])]).toEqual([
    1_000_000,
    [
      ['form', 1_000_002],
      ['quote', 1_000_003],
    ],
  ]);
});

test('written tables are read back by another reader, and no cell is a formula', () => {
  const cells = ['=1+1', '+1', '-1', '@sum', '\tx', '\rx', 'a,b', 'a"b', 'a\r\nb', 'Łukasz', '', ' x'];
  const text = writeCsv(
    ['one', 'n'],
    cells.map((cell, i) => [cell, i]),
  );
  const rows = parse(text, { columns: false, record_delimiter: '\r\n' });
  expect(rows).toEqual([
    ['one', 'n'],
    ...cells.map((cell, i) => [/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell, String(i)]),
  ]);
  expect(text.endsWith('\r\n')).toBe(true);
});
