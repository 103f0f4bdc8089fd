/**
 * The operations on timelines, compared with a model that computes each instant separately; and their algebraic laws.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Change,
  clip,
  combine,
  difference,
  indexFrom,
  layered,
  merge,
  overlay,
  restrict,
  type Span,
  spanAt,
  type Timeline,
  without,
} from '../actions/lib/timeline.ts';

/** Checks a property with five hundred values. */
const assertAll = <T>(property: fc.IProperty<T>): void => void fc.assert(property, { numRuns: 500 });

const END = 24;
const INSTANTS = [...Array(END).keys()];

/** The value at each instant. */
type Model<T> = readonly (T | undefined)[];

const model = <T>(timeline: Timeline<T>): Model<T> =>
  INSTANTS.map((at) => timeline.find(({ startAt, endAt }) => startAt <= at && at < endAt)?.value);

/** The canonical timeline of a model: sorted, disjoint, no empty spans, touching spans with equal values joined. */
function canonical<T>(held: Model<T>): Timeline<T> {
  const spans: Span<T>[] = [];
  for (const [at, value] of held.entries()) {
    const last = spans.at(-1);
    if (value === undefined) continue;
    if (last?.endAt === at && JSON.stringify(last.value) === JSON.stringify(value)) {
      spans[spans.length - 1] = { ...last, endAt: at + 1 };
    } else spans.push({ startAt: at, endAt: at + 1, value });
  }
  return spans;
}

const value = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined, freq: 2 });

/** Sorted, disjoint spans; touching spans may have equal values. */
const row = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), value), { maxLength: 10 }).map((pieces) => {
  const spans: Span<string>[] = [];
  let at = 0;
  for (const [length, held] of pieces) {
    const span = { startAt: at, endAt: Math.min(at + length, END), value: held ?? '' };
    if (held !== undefined && span.startAt < span.endAt) spans.push(span);
    at += length;
  }
  return spans;
});

const timeline = row.map((spans) => canonical(model(spans)));

/** Spans in any order, overlapping, some empty or reversed. */
const heap = fc.array(
  fc
    .record({
      startAt: fc.integer({ min: 0, max: END }),
      length: fc.integer({ min: -1, max: 8 }),
      value: fc.constantFrom('a', 'b', 'c'),
    })
    .map(({ startAt, length, value: held }) => ({
      startAt,
      endAt: Math.min(startAt + length, END),
      value: held,
    })),
  { maxLength: 8 },
);

const span = (startAt: number, endAt: number, held: string): Span<string> => ({
  startAt,
  endAt,
  value: held,
});

describe('every operation gives the right value at each instant, in canonical form', () => {
  type Operation = (a: Timeline<string>, b: Timeline<string>) => Timeline<unknown>;
  type Pointwise = (a: string | undefined, b: string | undefined) => unknown;
  test.each<[string, Operation, Pointwise]>([
    ['overlay', overlay, (a, b) => b ?? a],
    ['restrict', restrict, (a, b) => (b === undefined ? undefined : a)],
    ['without', without, (a, b) => (b === undefined ? a : undefined)],
    ['difference', difference, (a, b) => (a === b ? undefined : { before: a, after: b })],
  ])('%s', (_, operation, pointwise) => {
    assertAll(
      fc.property(timeline, timeline, (a, b) => {
        const other = model(b);
        expect(operation(a, b)).toEqual(canonical(model(a).map((held, at) => pointwise(held, other[at]))));
      }),
    );
  });

  test('combine, with any function, of touching spans that may have equal values', () => {
    assertAll(
      fc.property(row, row, fc.func(value), (a, b, decide) => {
        const other = model(b);
        const expected = model(a).map((held, at) =>
          held === undefined && other[at] === undefined ? undefined : decide(held, other[at]),
        );
        expect(combine(a, b, decide)).toEqual(canonical(expected));
      }),
    );
  });

  test('clip, to an interval that may be empty or reversed', () => {
    const bound = fc.integer({ min: -2, max: END + 2 });
    assertAll(
      fc.property(row, bound, bound, (a, startAt, endAt) => {
        const expected = model(a).map((held, at) => (startAt <= at && at < endAt ? held : undefined));
        expect(clip(a, { startAt, endAt })).toEqual(canonical(expected));
      }),
    );
  });

  test('merge', () => {
    assertAll(
      fc.property(row, (a) => {
        expect(merge(a)).toEqual(canonical(model(a)));
      }),
    );
  });

  test('layered, where the later in the list wins', () => {
    assertAll(
      fc.property(heap, (spans) => {
        const expected = INSTANTS.map(
          (at) => spans.findLast(({ startAt, endAt }) => startAt <= at && at < endAt)?.value,
        );
        expect(layered(spans)).toEqual(canonical(expected));
      }),
    );
  });

  test('indexFrom and spanAt, before, at and after every span', () => {
    assertAll(
      fc.property(row, fc.integer({ min: -1, max: END + 1 }), (a, at) => {
        const next = a.findIndex(({ endAt }) => endAt > at);
        expect(indexFrom(a, at)).toBe(next === -1 ? a.length : next);
        expect(spanAt(a, at)).toBe(a.find(({ startAt, endAt }) => startAt <= at && at < endAt));
      }),
    );
  });
});

describe('the laws of the algebra', () => {
  const law = (
    name: string,
    holds: (...them: Timeline<string>[]) => [Timeline<unknown>, Timeline<unknown>],
  ) =>
    test(name, () => {
      assertAll(
        fc.property(timeline, timeline, timeline, (a, b, c) => {
          const [one, other] = holds(a, b, c);
          expect(one).toEqual(other);
        }),
      );
    });

  law('overlay is associative', (a = [], b = [], c = []) => [
    overlay(overlay(a, b), c),
    overlay(a, overlay(b, c)),
  ]);
  law('nothing laid over a timeline is that timeline', (a = []) => [overlay(a, []), a]);
  law('a timeline laid over nothing is that timeline', (a = []) => [overlay([], a), a]);
  law('a timeline laid over itself is that timeline', (a = []) => [overlay(a, a), a]);
  law('restricting twice is restricting once', (a = [], mask = []) => [
    restrict(restrict(a, mask), mask),
    restrict(a, mask),
  ]);
  law('restricting an overlay is overlaying what was restricted', (a = [], b = [], mask = []) => [
    restrict(overlay(a, b), mask),
    overlay(restrict(a, mask), restrict(b, mask)),
  ]);
  law('the parts inside and outside a mask make the whole', (a = [], mask = []) => [
    overlay(restrict(a, mask), without(a, mask)),
    a,
  ]);
  law('merging twice is merging once', (a = [], b = []) => {
    const joined = merge(overlay(a, b), () => true);
    return [merge(joined, () => true), joined];
  });
  law('equal timelines have no difference', (a = []) => [difference(a, a), []]);
  law('the difference, patched into the one, gives the other', (before = [], after = []) => {
    const changes = difference(before, after);
    const patch = changes.flatMap(({ startAt, endAt, value: { after: held } }) =>
      held === undefined ? [] : [span(startAt, endAt, held)],
    );
    return [overlay(without(before, changes), patch), after];
  });
  law('the difference the other way round is the same with before and after exchanged', (a = [], b = []) => [
    difference(b, a).map(({ value: { before, after }, ...rest }) => ({
      ...rest,
      value: { before: after, after: before },
    })),
    difference(a, b),
  ]);
});

describe('the caller defines which values are equal', () => {
  const alike = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

  test('merge joins equal values and keeps the first', () => {
    expect(merge([span(0, 2, 'a'), span(2, 3, 'A'), span(4, 5, 'a')], alike)).toEqual([
      span(0, 3, 'a'),
      span(4, 5, 'a'),
    ]);
  });

  test('difference omits equal values, joins equal changes, and distinguishes nobody from somebody', () => {
    const before = [span(0, 4, 'a'), span(4, 6, 'b'), span(6, 8, 'B')];
    const after = [span(0, 2, 'A'), span(4, 8, 'c')];
    expect(difference(before, after, alike)).toEqual<Timeline<Change<string>>>([
      { startAt: 2, endAt: 4, value: { before: 'a', after: undefined } },
      { startAt: 4, endAt: 8, value: { before: 'b', after: 'c' } },
    ]);
  });
});

test('a span without an end can be layered, clipped and compared', () => {
  const forever = [span(0, Number.POSITIVE_INFINITY, 'a')];
  expect(overlay(forever, [span(5, 6, 'b')])).toEqual([
    span(0, 5, 'a'),
    span(5, 6, 'b'),
    span(6, Number.POSITIVE_INFINITY, 'a'),
  ]);
  expect(clip(forever, { startAt: 10, endAt: 20 })).toEqual([span(10, 20, 'a')]);
  expect(clip(forever, { startAt: Number.NEGATIVE_INFINITY, endAt: 20 })).toEqual([span(0, 20, 'a')]);
  expect(without(forever, [span(5, Number.POSITIVE_INFINITY, 'x')])).toEqual([span(0, 5, 'a')]);
  expect(difference(forever, [span(0, Number.POSITIVE_INFINITY, 'a')])).toEqual([]);
});
