import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { setCsrfToken } from '@/api/client';
import type { Job } from '@/api/jobsContracts';
import { sessionQuery } from '@/api/session';
import { pretendServer, type Reply } from '@/testing';
import { Switch } from '@/ui/Switch';
import { TooltipProvider } from '@/ui/Tooltip';
import { useJobRights, useSetEnabled } from './actions';
import { BulkBar } from './list/BulkBar';
import { jobQuery } from './queries';

const job: Job = {
  id: '1', version: 1, name: 'nightly', enabled: true, source: 'api', file: null, createdAt: '', createdBy: 'a', updatedAt: '', updatedBy: 'a', nextFireAt: null, lastExecution: null, running: 0, waiting: 0, recent: [],
  command: { file: '/bin/true' },
};

function Subject() {
  const shown = useQuery(jobQuery('1')).data;
  const rights = useJobRights();
  const setEnabled = useSetEnabled();
  return shown ? <Switch label="on" checked={shown.enabled} disabledReason={rights.change} onChange={(enabled) => setEnabled.mutate({ job: shown, enabled })} /> : null;
}

function showAs(role: string, subject: React.ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  client.setQueryData(sessionQuery.queryKey, { user: { id: 'u', name: 'x', role, mustSetPassword: false }, tenant: 'default', tenants: [], csrfToken: 'c', version: '1' } as never);
  render(
    <QueryClientProvider client={client}>
      <TooltipProvider>{subject}</TooltipProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => setCsrfToken('c'));

it('switches at once, and back when the server refuses', async () => {
  let answer: (reply: Reply) => void = () => undefined;
  const sent = pretendServer({ 'GET /api/v1/scheduler/tasks/1': { body: job }, 'POST /api/v1/scheduler/tasks/1/disable': { status: 409, body: { code: 'task_belongs_to_file', title: 'Conflict', detail: 'It is defined in a file.' } } });
  const fetched = globalThis.fetch;
  globalThis.fetch = ((input: string, init?: RequestInit) =>
    init?.method === 'POST' ? new Promise<void>((done) => (answer = () => done())).then(() => fetched(input, init)) : fetched(input, init)) as typeof fetch;
  showAs('admin', <Subject />);
  const control = await screen.findByRole('switch');
  await userEvent.click(control);
  await waitFor(() => expect(control).not.toBeChecked());
  expect(sent.some((request) => request.method === 'POST')).toBe(false);
  answer({});
  await waitFor(() => expect(control).toBeChecked());
  expect(sent.filter((request) => request.method === 'POST').map((request) => request.path)).toEqual(['/api/v1/scheduler/tasks/1/disable']);
});

it('tells whoever may not change why the switch does nothing', async () => {
  const sent = pretendServer({ 'GET /api/v1/scheduler/tasks/1': { body: job } });
  showAs('operator', <Subject />);
  const control = await screen.findByRole('switch');
  await userEvent.click(control);
  expect(control).toBeChecked();
  expect(control).toHaveAccessibleDescription('Only administrators can do this');
  expect(sent.every((request) => request.method === 'GET')).toBe(true);
});

it('switches all that are chosen with one request', async () => {
  const sent = pretendServer({ 'POST /api/v1/scheduler/tasks/bulk/disable': { body: { changed: ['1', '2'], unchanged: [], notFound: [] } } });
  let done = false;
  showAs('admin', <BulkBar jobs={[job, { ...job, id: '2' }]} onDone={() => (done = true)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Disable' }));
  await waitFor(() => expect(done).toBe(true));
  expect(sent.map((request) => request.body)).toEqual([{ ids: ['1', '2'] }]);
});
