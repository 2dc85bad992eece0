import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { pretendServer, show } from '@/testing';
import { AuditGate } from './AuditGate';

const open = (role: string) => {
  pretendServer({ 'GET /api/v1/session': { body: { user: { id: 'u1', name: 'ada', role, mustSetPassword: false }, tenant: 'default', tenants: [], csrfToken: 'x', version: '1' } } });
  show(
    <AuditGate>
      <p>{'inside'}</p>
    </AuditGate>,
  );
};

it('tells a viewer who may read the log', async () => {
  open('viewer');
  expect(await screen.findByText('The audit log is for operators')).toBeInTheDocument();
  expect(screen.getByText(/signed in as ada/)).toBeInTheDocument();
  expect(screen.queryByText('inside')).toBeNull();
});

it('lets an operator in', async () => {
  open('operator');
  expect(await screen.findByText('inside')).toBeInTheDocument();
});
