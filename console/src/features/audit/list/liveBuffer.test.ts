import { describe, expect, it } from 'vitest';
import { event } from '../testEvents';
import { add, joinList, mostRows, noRows } from './liveBuffer';

const numbers = (events: readonly { sequence: number }[]) => events.map(({ sequence }) => sequence);
const events = (...sequences: number[]) => sequences.map((sequence) => event({ sequence }));

describe('the buffer of a live tail', () => {
  it('shows what comes, the newest first and each once', () => {
    let buffer = add(noRows, events(3, 4), false);
    buffer = add(buffer, events(4, 6, 5), false);
    expect(numbers(buffer.rows)).toEqual([6, 5, 4, 3]);
  });

  it('stays as it is when nothing is new', () => {
    const buffer = add(noRows, events(3, 4), false);
    expect(add(buffer, events(3), false)).toBe(buffer);
    expect(add(buffer, events(4), true)).toBe(buffer);
  });

  it('lets rows wait while it is paused, counts them, and shows them afterwards', () => {
    let buffer = add(noRows, events(1), false);
    buffer = add(buffer, events(2, 3), true);
    expect([numbers(buffer.rows), buffer.arrived]).toEqual([[1], 2]);
    buffer = add(buffer, [], false);
    expect([numbers(buffer.rows), buffer.arrived, buffer.truncated]).toEqual([[3, 2, 1], 0, false]);
  });

  it('holds no more than its bound, shown or waiting', () => {
    let buffer = noRows;
    for (let at = 0; at < 3 * mostRows; at += 100) buffer = add(buffer, events(...Array.from({ length: 100 }, (_, index) => at + index)), false);
    expect([buffer.rows.length, buffer.rows[0]?.sequence, buffer.truncated]).toEqual([mostRows, 3 * mostRows - 1, true]);
    for (let at = 3 * mostRows; at < 6 * mostRows; at += 100) buffer = add(buffer, events(...Array.from({ length: 100 }, (_, index) => at + index)), true);
    expect([buffer.waiting.length, buffer.arrived]).toEqual([mostRows, 3 * mostRows]);
    buffer = add(buffer, [], false);
    // What lay between was not kept, and nothing that does not join is shown beside it.
    expect([buffer.rows.length, buffer.rows[0]?.sequence, buffer.rows.at(-1)?.sequence]).toEqual([mostRows, 6 * mostRows - 1, 5 * mostRows]);
  });

  it('is followed by what was read before, unless it no longer joins that', () => {
    const buffer = add(noRows, events(7, 6), false);
    expect(numbers(joinList(buffer, events(6, 5, 4)))).toEqual([7, 6, 5, 4]);
    expect(numbers(joinList({ ...buffer, truncated: true }, events(5)))).toEqual([7, 6]);
    expect(numbers(joinList(noRows, events(5)))).toEqual([5]);
  });
});
