import { expect, it } from 'vitest';
import { event } from '../testEvents';
import { passes, toldEvent } from './matches';

it('lets an event pass that has one of the values of each filter', () => {
  const values = { actor: ['admin'], action: ['token.revoke', 'token.create'], address: ['10.0.0.1'] };
  expect(passes({ text: '', values }, event())).toBe(true);
  expect(passes({ text: '', values: { ...values, actor: ['u1'] } }, event())).toBe(true);
  expect(passes({ text: '', values: { ...values, action: ['token.revoke'] } }, event())).toBe(false);
  expect(passes({ text: '', values: { trace: ['abc'] } }, event())).toBe(false);
  expect(passes({ text: '', values: { trace: [] } }, event())).toBe(true);
});

it('takes from the stream what is an event, and nothing else', () => {
  expect(toldEvent(event({ sequence: 9 }))?.sequence).toBe(9);
  expect([toldEvent(null), toldEvent({ id: 'x' }), toldEvent('text')]).toEqual([null, null, null]);
});
