import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listenForKeys } from './hotkeys';

const called = vi.fn();
let stop: () => void;
const press = (key: string, target: EventTarget = document.body) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

beforeEach(() => {
  called.mockReset();
  stop = listenForKeys(new Map([['g o', () => void called('overview')], ['?', () => void called('help')]]));
});
afterEach(() => stop());

it('answers single keys and pairs', () => {
  press('?');
  press('g');
  press('o');
  expect(called.mock.calls).toEqual([['help'], ['overview']]);
});

it('forgets the first key of a pair after another key', () => {
  press('g');
  press('x');
  press('o');
  expect(called).not.toHaveBeenCalled();
});

it('stays silent while somebody is writing', () => {
  const input = document.createElement('input');
  document.body.append(input);
  press('?', input);
  input.remove();
  expect(called).not.toHaveBeenCalled();
});
