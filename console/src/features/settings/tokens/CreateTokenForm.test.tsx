import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { setCsrfToken } from '@/api/client';
import { pretendServer, show } from '@/testing';
import { CreatedSecret, exampleFor } from './CreatedSecret';
import { CreateTokenForm } from './CreateTokenForm';
import { tokenState } from './tokenState';

const scopes = { body: { items: [{ name: 'metrics:read', description: 'Read.' }, { name: 'metrics:write', description: 'Write.' }], next: null } };
const token = { id: '1', name: 'ci', prefix: 'sbx_1', role: 'operator' as const, scopes: ['metrics:write'], createdAt: '', createdBy: 'admin', tenant: 'default', tenants: ['default'], expiresAt: null, lastUsedAt: null, revokedAt: null };
const created = { token, secret: 'sbx_1_secret' };
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Create token' }));

beforeEach(() => setCsrfToken('csrf'));

it('asks for a name before asking the server', async () => {
  const sent = pretendServer({ 'GET /api/v1/scopes': scopes });
  show(<CreateTokenForm onCreated={() => undefined} onCancel={() => undefined} />);
  await submit();
  expect(screen.getByText('Give it a name.')).toBeVisible();
  expect(sent.filter((request) => request.method === 'POST')).toEqual([]);
});

it('sends what was chosen, with the CSRF token', async () => {
  const sent = pretendServer({ 'GET /api/v1/scopes': scopes, 'POST /api/v1/tokens': { status: 201, body: created }, 'GET /api/v1/tokens': { body: { items: [], next: null } } });
  const onCreated = vi.fn();
  show(<CreateTokenForm onCreated={onCreated} onCancel={() => undefined} />);
  await userEvent.type(screen.getByLabelText('Name'), 'ci');
  await userEvent.selectOptions(screen.getByLabelText('Role'), 'viewer');
  await userEvent.click(screen.getByLabelText('Only these scopes'));
  await userEvent.click(await screen.findByRole('checkbox', { name: /metrics:read/ }));
  await userEvent.selectOptions(screen.getByLabelText('Expires'), '30d');
  await submit();
  await vi.waitFor(() => expect(onCreated).toHaveBeenCalledWith(created));
  const post = sent.find((request) => request.method === 'POST');
  expect(post?.body).toEqual({ name: 'ci', role: 'viewer', scopes: ['metrics:read'], expiresIn: '30d' });
  expect(post?.headers.get('X-CSRF-Token')).toBe('csrf');
});

it('leaves scopes and expiry out when nothing narrows the token', async () => {
  const sent = pretendServer({ 'GET /api/v1/scopes': scopes, 'POST /api/v1/tokens': { status: 201, body: created } });
  show(<CreateTokenForm onCreated={() => undefined} onCancel={() => undefined} />);
  await userEvent.type(screen.getByLabelText('Name'), 'ci');
  await userEvent.selectOptions(screen.getByLabelText('Expires'), 'never');
  await submit();
  await vi.waitFor(() => expect(sent.find((request) => request.method === 'POST')?.body).toEqual({ name: 'ci', role: 'operator' }));
});

it('shows the server’s objection at its field', async () => {
  pretendServer({ 'GET /api/v1/scopes': scopes, 'POST /api/v1/tokens': { status: 409, body: { code: 'taken', title: 'Conflict', errors: { name: ['This name is taken.'] } } } });
  show(<CreateTokenForm onCreated={() => undefined} onCancel={() => undefined} />);
  await userEvent.type(screen.getByLabelText('Name'), 'ci');
  await submit();
  expect(await screen.findByText('This name is taken.')).toBeVisible();
});

it('shows the secret with an example that fits what the token may do', () => {
  show(<CreatedSecret created={created} onDone={() => undefined} />);
  expect(screen.getByText('sbx_1_secret')).toBeVisible();
  expect(screen.getByText('For an OpenTelemetry SDK:')).toBeVisible();
  expect(exampleFor({ ...created, token: { ...token, scopes: null } }, 'http://h').command).toContain("curl -H 'Authorization: Bearer sbx_1_secret' 'http://h/prometheus/api/v1/query?query=up'");
});

it('tells active, expiring, expired and revoked apart', () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const day = 86_400_000;
  expect(tokenState({ revokedAt: null, expiresAt: null }, 0)).toBe('active');
  expect(tokenState({ revokedAt: null, expiresAt: at(30 * day) }, 0)).toBe('active');
  expect(tokenState({ revokedAt: null, expiresAt: at(3 * day) }, 0)).toBe('expiring');
  expect(tokenState({ revokedAt: null, expiresAt: at(0) }, 1)).toBe('expired');
  expect(tokenState({ revokedAt: at(0), expiresAt: null }, 1)).toBe('revoked');
});
