import { expect, it } from 'vitest';
import { event } from '../testEvents';
import { summaryOf } from './summary';

it('names the first changes with their values, and how many more there are', () => {
  const diff = [
    { op: 'replace', path: '/schedule/cron', old: '0 3 * * *', value: '0 4 * * *' },
    { op: 'remove', path: '/tags/0', old: 'x'.repeat(60) },
    { op: 'add', path: '/on', value: true },
  ];
  expect(summaryOf(event({ diff }))).toEqual({
    kind: 'changed',
    changes: [
      { name: 'schedule.cron', old: '0 3 * * *', now: '0 4 * * *' },
      { name: 'tags.0', old: `${'x'.repeat(39)}…`, now: null },
    ],
    more: 1,
  });
});

it('says what was created with, and what went whole', () => {
  expect(summaryOf(event({ diff: [{ op: 'add', path: '', value: { name: 'a', role: 'viewer' } }] }))).toEqual({ kind: 'created', names: ['name', 'role'] });
  expect(summaryOf(event({ diff: [{ op: 'remove', path: '', old: { name: 'a' } }] }))).toEqual({ kind: 'deleted' });
});

it('says why something did not succeed, and how much is missing', () => {
  expect(summaryOf(event({ outcome: 'denied', reasons: ['No role', 'Too late'] }))).toEqual({ kind: 'reasons', text: 'No role · Too late' });
  expect(summaryOf(event({ class: 'gap', data: { count: 7 } }))).toEqual({ kind: 'gap', count: 7 });
  expect(summaryOf(event())).toEqual({ kind: 'none' });
});
