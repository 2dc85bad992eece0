import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { pretendServer, show } from '@/testing';
import { PasswordForm } from './PasswordForm';

const fill = async (name: string, password: string) => {
  const user = userEvent.setup();
  if (name) await user.type(screen.getByLabelText('Name'), name);
  if (password) await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
};

it('sends name and password and reports success', async () => {
  const sent = pretendServer({ 'POST /api/v1/session': {} });
  const done = vi.fn(() => Promise.resolve());
  show(<PasswordForm note={null} onDone={done} />);
  await fill(' ada ', 'secret words');
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent[0]?.body).toEqual({ name: 'ada', password: 'secret words' });
});

it('asks for what is missing without asking the server', async () => {
  const sent = pretendServer({});
  show(<PasswordForm note={null} onDone={() => Promise.resolve()} />);
  await fill('', '');
  expect(screen.getByText('Enter your name.')).toBeVisible();
  expect(screen.getByLabelText('Password')).toBeInvalid();
  expect(sent).toEqual([]);
});

it('says that name and password do not match and forgets the password', async () => {
  pretendServer({ 'POST /api/v1/session': { status: 401, body: { code: 'sign_in_failed', title: 'Not signed in' } } });
  show(<PasswordForm note={null} onDone={() => Promise.resolve()} />);
  await fill('ada', 'wrong');
  expect(await screen.findByText('Name and password do not match.')).toBeVisible();
  expect(screen.getByLabelText('Password')).toHaveValue('');
});

it('waits as long as the server asks', async () => {
  const sent = pretendServer({ 'POST /api/v1/session': { status: 429, body: { code: 'sign_in_slowed', title: 'Slow down' }, headers: { 'Retry-After': '30' } } });
  show(<PasswordForm note={null} onDone={() => Promise.resolve()} />);
  await fill('ada', 'wrong');
  const button = await screen.findByRole('button', { name: 'Wait 30 seconds' });
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(button);
  expect(sent).toHaveLength(1);
});

it('shows what the server says about anything else, with the request id', async () => {
  pretendServer({ 'POST /api/v1/session': { status: 503, body: { code: 'starting', title: 'Not ready', detail: 'The log is being read.', requestId: 'R1' } } });
  show(<PasswordForm note={null} onDone={() => Promise.resolve()} />);
  await fill('ada', 'secret');
  expect(await screen.findByText('The log is being read.')).toBeVisible();
  expect(screen.getByText('R1')).toBeVisible();
});
