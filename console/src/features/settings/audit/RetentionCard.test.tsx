import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { pretendServer, show, type Reply } from '@/testing';
import { RetentionCard } from './RetentionCard';

const config = { retention: '90d', retentionDays: 90, defaultRetention: '90d', changedAt: null, changedBy: null, size: 1000, firstSequence: 256, firstTime: '2026-01-01T00:00:00Z' };
const nothing = { retention: '30d', events: 0, tiles: 0, firstSequence: null, lastSequence: null, from: null, to: null, completeFromSequence: 256, completeFrom: '2026-01-01T00:00:00Z' };
const some = { ...nothing, events: 512, tiles: 2, firstSequence: 256, lastSequence: 767, from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z', completeFromSequence: 768 };

const open = (preview: Reply, role = 'admin') => {
  const sent = pretendServer({
    'GET /api/v1/session': { body: { user: { id: 'u1', name: 'ada', role, mustSetPassword: false }, tenant: 'shop', tenants: [], csrfToken: 'x', version: '1' } },
    'GET /api/v1/audit/config': { body: config },
    'GET /api/v1/audit/config/preview': preview,
    'PUT /api/v1/audit/config': { body: { ...config, retentionDays: 30 } },
  });
  show(<RetentionCard />);
  return () => sent.filter((request) => request.method === 'PUT').map((request) => request.body);
};
const choose = async (days: string) => {
  const field = await screen.findByLabelText('Days');
  await userEvent.clear(field);
  await userEvent.type(field, days);
};
const change = () => screen.getByRole('button', { name: 'Change' });

it('changes at once where nothing would go', async () => {
  const puts = open({ body: nothing });
  await choose('30');
  expect(await screen.findByText('Nothing would go now.')).toBeInTheDocument();
  await userEvent.click(change());
  expect(puts()).toEqual([{ retention: '30d' }]);
});

it('asks for the tenant’s name before events go', async () => {
  const puts = open({ body: some });
  await choose('30');
  expect(await screen.findByText(/512 events would go/)).toBeInTheDocument();
  await userEvent.click(change());
  await userEvent.click(screen.getByRole('button', { name: 'Change and remove' }));
  expect(puts()).toEqual([]);
  await userEvent.type(screen.getByLabelText('Type shop to confirm'), 'shop');
  await userEvent.click(screen.getByRole('button', { name: 'Change and remove' }));
  expect(puts()).toEqual([{ retention: '30d' }]);
});

it('says what is wrong with a number of days, and who may change it', async () => {
  open({ body: nothing }, 'operator');
  expect(await screen.findByText(/Complete from event 256/)).toBeInTheDocument();
  expect(screen.getByText(/Of 256 events before it only the hashes are kept/)).toBeInTheDocument();
  expect(screen.getByText('Only administrators can do this')).toBeInTheDocument();
  await choose('0');
  expect(screen.getByRole('alert')).toHaveTextContent('Give whole days');
});
