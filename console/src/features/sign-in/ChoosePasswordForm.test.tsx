import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { pretendServer, show } from '@/testing';
import { ChoosePasswordForm } from './ChoosePasswordForm';
import { linkToken, safeNext } from './nextPage';

const fill = async (password: string, repeated: string) => {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('New password'), password);
  await user.type(screen.getByLabelText('Repeat the password'), repeated);
  await user.click(screen.getByRole('button', { name: 'Save and go on' }));
};

it('refuses a short password and two that differ before asking the server', async () => {
  const sent = pretendServer({});
  show(<ChoosePasswordForm name="admin" onDone={() => Promise.resolve()} />);
  await fill('short', 'short');
  expect(screen.getByText('Use at least 12 characters.')).toBeVisible();
  await fill(' but longer now', 'different');
  expect(screen.getByText('The two do not match.')).toBeVisible();
  expect(sent).toEqual([]);
});

it('saves the password', async () => {
  const sent = pretendServer({ 'PUT /api/v1/session/password': {} });
  const done = vi.fn(() => Promise.resolve());
  show(<ChoosePasswordForm name="admin" onDone={done} />);
  await fill('four calm green lamps', 'four calm green lamps');
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent[0]?.body).toEqual({ newPassword: 'four calm green lamps' });
});

it('shows the server’s own objection at the field', async () => {
  const refusal = { code: 'password_refused', title: 'Bad request', errors: { newPassword: ['The password needs more different characters.'] } };
  pretendServer({ 'PUT /api/v1/session/password': { status: 400, body: refusal } });
  show(<ChoosePasswordForm name="admin" onDone={() => Promise.resolve()} />);
  await fill('aaaaaaaaaaaa', 'aaaaaaaaaaaa');
  expect(await screen.findByText('The password needs more different characters.')).toBeVisible();
  expect(screen.getByLabelText('New password')).toBeInvalid();
});

it('goes only to pages of this console', () => {
  expect(safeNext('/explore/metrics?q.A=up')).toBe('/explore/metrics?q.A=up');
  for (const bad of [undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/sign-in?next=/']) expect(safeNext(bad)).toBe('/');
});

it('finds the token of a one-time link', () => {
  expect(linkToken('#link=abc-DEF_1')).toBe('abc-DEF_1');
  expect(linkToken('#link=')).toBeNull();
  expect(linkToken('')).toBeNull();
});
