import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { show } from '@/testing';
import { Button } from './Button';
import { ConfirmDialog } from './ConfirmDialog';

it('destroys only after the name is typed', async () => {
  const confirm = vi.fn();
  show(<ConfirmDialog title="Delete ada?" action="Delete" typeName="ada" onConfirm={confirm} onClose={() => undefined}>It goes.</ConfirmDialog>);
  const button = screen.getByRole('button', { name: 'Delete' });
  await userEvent.click(button);
  expect(confirm).not.toHaveBeenCalled();
  expect(button).toHaveAccessibleDescription('Type ada to confirm');
  await userEvent.type(screen.getByLabelText('Type ada to confirm'), 'ada');
  await userEvent.click(button);
  expect(confirm).toHaveBeenCalledOnce();
});

it('closes on Escape and on Cancel', async () => {
  const close = vi.fn();
  show(<ConfirmDialog title="Stop?" action="Stop" onConfirm={() => undefined} onClose={close}>Really.</ConfirmDialog>);
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await userEvent.keyboard('{Escape}');
  expect(close).toHaveBeenCalledTimes(2);
});

it('says why a button is off, and does nothing', async () => {
  const act = vi.fn();
  show(<Button disabledReason="Only administrators can do this" onClick={act}>Go</Button>);
  const button = screen.getByRole('button', { name: 'Go' });
  await userEvent.click(button);
  expect(act).not.toHaveBeenCalled();
  expect(button).toHaveAttribute('aria-disabled', 'true');
  expect(button).toHaveAccessibleDescription('Only administrators can do this');
});
