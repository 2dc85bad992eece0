import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import type { FilterState } from '@/lib/filterText';
import { show } from '@/testing';
import { FilterBar } from './FilterBar';

const fields = [{ id: 'state', label: 'State', choices: [{ value: 'failed', label: 'failed' }, { value: 'lost', label: 'lost' }] }];

function Subject({ onState }: { onState: (state: FilterState) => void }) {
  const [state, setState] = useState<FilterState>({ text: '', values: {} });
  const change = (next: FilterState) => {
    setState(next);
    onState(next);
  };
  return <FilterBar label="find" placeholder="" fields={fields} state={state} onChange={change} />;
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
