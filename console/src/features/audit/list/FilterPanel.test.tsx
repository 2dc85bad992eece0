import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { pretendServer, show } from '@/testing';
import { FilterPanel } from './FilterPanel';
import type { AuditFilters } from './filters';

const vocabulary = { actions: [{ name: 'token.create', class: 'mandatory', activity: 'create', description: 'Created an API token' }], resourceTypes: [], outcomes: [], actorKinds: [] };
const open = (filters: AuditFilters, fixed: readonly 'actor'[] = []) => {
  pretendServer({ 'GET /api/v1/audit/vocabulary': { body: vocabulary } });
  const onChange = vi.fn<(filters: AuditFilters) => void>();
  show(<FilterPanel filters={filters} fixed={fixed} onChange={onChange} />);
  return onChange;
};

it('adds what is typed to the filters that are set', async () => {
  const onChange = open({ text: '', values: { outcome: ['failed'] } });
  await userEvent.type(screen.getByRole('searchbox'), 'actor:"Lena Hofmann" outcome:denied nightly{Enter}');
  expect(onChange).toHaveBeenLastCalledWith({ text: 'nightly', values: expect.objectContaining({ actor: ['Lena Hofmann'], outcome: ['failed', 'denied'] }) as unknown });
});

it('lets all filters be edited as text, in place of what was set', async () => {
  const onChange = open({ text: 'x', values: { actor: ['admin'], action: ['token.create', 'token.revoke'] } });
  await userEvent.click(screen.getByRole('button', { name: 'Edit the filters as text' }));
  const box = screen.getByRole('searchbox');
  expect(box).toHaveValue('actor:admin action:token.create,token.revoke x');
  await userEvent.clear(box);
  await userEvent.type(box, 'source:cli{Enter}');
  const [last] = onChange.mock.lastCall ?? [];
  expect([last?.text, last?.values.source, last?.values.actor]).toEqual(['', ['cli'], undefined]);
});

it('takes a filter away by its chip, and leaves the text as it was on Escape', async () => {
  const onChange = open({ text: 'kept', values: { outcome: ['failed', 'denied'] } });
  await userEvent.type(screen.getByRole('searchbox'), ' more{Escape}');
  expect(screen.getByRole('searchbox')).toHaveValue('kept');
  await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Outcome: denied' }));
  expect(onChange.mock.lastCall?.[0].values.outcome).toEqual(['failed']);
});

it('does not offer a filter that the page has set', async () => {
  const onChange = open({ text: '', values: {} }, ['actor']);
  await userEvent.type(screen.getByRole('searchbox'), 'actor:eve x{Enter}');
  const [last] = onChange.mock.lastCall ?? [];
  expect([last?.text, last?.values.actor]).toEqual(['x', undefined]);
});
