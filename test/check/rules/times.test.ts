/** Dates and times that do not exist; every kind of them is in `load/times.test.ts`. */
import { expect, test } from 'vitest';
import { checked } from '../../handbook.ts';

const away = (first: string, last: string) =>
  checked(`== rotas/people.yaml
people:
  amara:
    name: Amara
    away:
      - first_day: ${first}
        last_day: ${last}
`);

test('an absence on days that exist, in their order, is fine', () => {
  expect(away('2027-02-27', '2027-02-28')).toEqual([]);
  expect(away('2028-02-28', '2028-02-29')).toEqual([]);
});

test('a day that is not in the calendar is told at the day', () => {
  expect(away('2027-02-28', '2027-02-29')).toEqual([
    'rotas/people.yaml:6:19 there is no 2027-02-29 in the calendar [times]',
  ]);
});

test('an absence that ends before it begins is told at its end', () => {
  expect(away('2027-02-28', '2027-02-27')).toEqual([
    'rotas/people.yaml:6:19 this ends on 2027-02-27, before it begins on 2027-02-28; exchange the two [times]',
  ]);
});
