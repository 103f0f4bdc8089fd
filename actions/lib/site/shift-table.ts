/**
 * All shifts of a publication as rows of numbers outside the heap; read back as `shifts.json`, sorted by start, rota
 * and role. It supports ten thousand rotas over the default span: 3.6 million shifts, which take 60 MB here and as
 * objects would exceed the 900 MB that publishing may use. The buffer grows in place, so that growing makes no copy.
 */
import { shiftEntry } from '../query/shifts.ts';

/** Numbers per shift: index of its seat, index of its person, start and end in seconds. */
const WIDTH = 4;
const COLUMNS = { seat: 0, person: 1, startAt: 2, endAt: 3 } as const;

/** The most shifts that the table can hold. Only address space is reserved; memory grows as shifts are added. */
const MAX_SHIFTS = 2 ** 26;

/** A growing table of shifts. They are added in order of rota and role; shifts with equal starts keep that order. */
export class PackedShifts {
  readonly #seats: { readonly rota: string; readonly role: string }[] = [];
  readonly #people: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #memory = new ArrayBuffer(0, {
    maxByteLength: MAX_SHIFTS * WIDTH * Uint32Array.BYTES_PER_ELEMENT,
  });
  readonly #rows = new Uint32Array(this.#memory);
  #count = 0;

  /** Adds the shifts of one role. */
  add(
    rota: string,
    role: string,
    shifts: readonly {
      readonly startAt: number;
      readonly endAt: number;
      readonly value: { readonly person: string };
    }[],
  ): void {
    const seat = this.#seats.push({ rota, role }) - 1;
    const needed = (this.#count + shifts.length) * WIDTH * Uint32Array.BYTES_PER_ELEMENT;
    if (needed > this.#memory.byteLength) this.#memory.resize(needed + 2 ** 20);
    for (const { startAt, endAt, value } of shifts) {
      this.#rows.set([seat, this.#number(value.person), startAt / 1000, endAt / 1000], this.#count * WIDTH);
      this.#count++;
    }
  }

  #number(person: string): number {
    const known = this.#numbers.get(person);
    if (known !== undefined) return known;
    const number = this.#people.push(person) - 1;
    this.#numbers.set(person, number);
    return number;
  }

  /** The whole file, in pieces of a thousand shifts. */
  *json(): Iterable<string> {
    const order = this.#order();
    for (let from = 0; from < order.length; from += 1000) {
      const lines = [...order.subarray(from, from + 1000)].map((key) =>
        JSON.stringify(this.#entry(key % this.#count)),
      );
      yield `${from === 0 ? '[\n' : ',\n'}${lines.join(',\n')}`;
    }
    yield order.length === 0 ? '[]\n' : '\n]\n';
  }

  /** Sorted keys, `start * count + row`: they sort by start, then by row, and `key % count` is the row. */
  #order(): Float64Array {
    let first = Number.POSITIVE_INFINITY;
    for (let row = 0; row < this.#count; row++) first = Math.min(first, this.#cell(row, 'startAt'));
    const order = new Float64Array(this.#count);
    for (let row = 0; row < this.#count; row++)
      order[row] = (this.#cell(row, 'startAt') - first) * this.#count + row;
    return order.sort();
  }

  #cell(row: number, column: keyof typeof COLUMNS): number {
    return this.#rows[row * WIDTH + COLUMNS[column]] as number;
  }

  #entry(row: number) {
    return shiftEntry({
      ...(this.#seats[this.#cell(row, 'seat')] as { rota: string; role: string }),
      person: this.#people[this.#cell(row, 'person')] as string,
      startAt: this.#cell(row, 'startAt') * 1000,
      endAt: this.#cell(row, 'endAt') * 1000,
    });
  }
}
