import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import type { FilterState } from '@/lib/filterText';
import { show } from '@/testing';
import { FilterBar, type FilterOption } from './FilterBar';

const fields = [{ id: 'state', label: 'State', choices: [{ value: 'failed', label: 'failed' }, { value: 'lost', label: 'lost' }] }];

function Subject({ onState, options = fields }: { onState: (state: FilterState) => void; options?: readonly FilterOption[] }) {
  const [state, setState] = useState<FilterState>({ text: '', values: {} });
  const change = (next: FilterState) => {
    setState(next);
    onState(next);
  };
  return <FilterBar label="find" placeholder="" fields={options} state={state} onChange={change} />;
}

it('makes a chip of a filter that is typed, and keeps the rest as text', async () => {
  let state: FilterState | null = null;
  show(<Subject onState={(next) => (state = next)} />);
  await userEvent.type(screen.getByRole('searchbox'), 'state:lost nightly{Enter}');
  expect(state).toEqual({ text: 'nightly', values: { state: 'lost' } });
  expect(screen.getByText('State: lost')).toBeVisible();
  expect(screen.getByRole('searchbox')).toHaveValue('nightly');
});

it('drops a filter with its chip', async () => {
  let state: FilterState | null = null;
  show(<Subject onState={(next) => (state = next)} />);
  await userEvent.type(screen.getByRole('searchbox'), 'state:failed{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Remove the filter State: failed' }));
  expect(state).toEqual({ text: '', values: {} });
});

it('applies what is typed after a pause, without a key', async () => {
  let state: FilterState | null = null;
  show(<Subject onState={(next) => (state = next)} />);
  await userEvent.type(screen.getByRole('searchbox'), 'back');
  await expect.poll(() => state?.text).toBe('back');
});

it('takes a field of any value when the text is done, not while it is typed', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  const states: FilterState[] = [];
  const options = [...fields, { id: 'branch', label: 'Branch', choices: [], free: true }];
  show(<Subject options={options} onState={(next) => states.push(next)} />);
  await user.type(screen.getByRole('searchbox'), 'branch:fix');
  vi.advanceTimersByTime(5000);
  expect(states).toEqual([]);
  await user.type(screen.getByRole('searchbox'), '/retries{Enter}');
  expect(states).toEqual([{ text: '', values: { branch: 'fix/retries' } }]);
  expect(screen.getByText('Branch: fix/retries')).toBeVisible();
  vi.useRealTimers();
});

it('offers to type a value of a field that takes any', async () => {
  show(<Subject options={[{ id: 'branch', label: 'Branch', choices: [{ value: 'main', label: 'main' }], free: true }]} onState={() => undefined} />);
  await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
  screen.getByRole('menuitem', { name: 'Branch' }).focus();
  await userEvent.keyboard('{ArrowRight}');
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Type a value …' }));
  expect(screen.getByRole('searchbox')).toHaveValue('branch:');
});
