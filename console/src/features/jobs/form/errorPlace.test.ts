import { expect, it } from 'vitest';
import { placeIn } from './errorPlace';

it('takes the place out of a message', () => {
  expect(placeIn('In the field minute 61 is too large. (at character 3)')).toEqual({ message: 'In the field minute 61 is too large.', at: 2 });
});

it('leaves a message without a place alone', () => expect(placeIn('A schedule has one of cron, interval.')).toBeNull());
