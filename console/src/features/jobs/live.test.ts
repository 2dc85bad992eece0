import { expect, it } from 'vitest';
import { changedIds } from './live';

it('finds which jobs and runs events are about', () => {
  const { jobs, executions } = changedIds([
    { type: 'task', data: { id: 'a', name: 'x', change: 'update' } },
    { type: 'execution', data: { id: 'e', taskId: 'b', state: 'running' } },
    { type: 'output', data: { executionId: 'e', items: [] } },
    { type: 'instance', data: { id: 'i' } },
    { type: 'task', data: null },
  ]);
  expect([[...jobs], [...executions]]).toEqual([['a', 'b'], ['e']]);
});

it('knows that the number of jobs changed though not which', () => {
  expect(changedIds([{ type: 'task', data: { id: null, name: null, change: 'change' } }]).unknown).toBe(true);
});

it('asks for nothing of a job that is gone, but for the list without it', () => {
  const { jobs, unknown } = changedIds([{ type: 'task', data: { id: 'a', name: 'x', change: 'delete' } }]);
  expect([jobs.size, unknown]).toEqual([0, true]);
});
