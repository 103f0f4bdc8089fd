/** A request with one turn gives it away; a request with times may cover a cover. */
import { expect, test } from 'vitest';
import { decidedIn, opened, SWAP_77 } from './machine.ts';

function swapOf(body: string) {
  const verdict = decidedIn(opened(body))?.at.verdict;
  if (verdict?.of !== 'swap') throw new Error('this is no swap');
  return verdict.swap;
}

test('only my turn gives it to the colleague', () => {
  const both = swapOf(SWAP_77);
  if (both.kind !== 'right') throw new Error(both.kind);
  const given = swapOf(SWAP_77.replace(/(### Their turn\n\n)\S+/, '$1_No response_'));
  if (given.kind !== 'right') throw new Error(JSON.stringify(given));
  expect(given.people).toEqual(both.people);
  expect(given.edit.transfers).toEqual(both.edit.transfers.slice(0, 1));
  expect(given.edit.files[0]?.text.match(/, turn: 20/g)).toHaveLength(1);
});

test('only their turn is not enough', () => {
  expect(swapOf(SWAP_77.replace(/(### My turn\n\n)\S+/, '$1_No response_'))).toEqual({
    kind: 'lacking',
    faults: [{ field: 'My turn', message: 'nothing is here; write the date on which your turn begins' }],
  });
});

test.each([
  ['ops/on-call/primry 2027-03-01', 'has no role "primry"'],
  ['ops/on-call/primary 1 March', 'is not a date such as'],
  ['ops/on-call 2027-03-01', 'is not a date such as'],
])('the turn of a role that is not there: %s', (written, message) => {
  const swap = swapOf(SWAP_77.replace(/(### Their turn\n\n)\S+/, `$1${written}`));
  expect(JSON.stringify(swap)).toContain(JSON.stringify(message).slice(1, -1));
});
