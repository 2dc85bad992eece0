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
  const value = { createdAt: '2026-01-01', disabled: false, expiresAt: null, name: 'grafana', role: 'viewer', scopes: [], version: 1, zone: 'eu' };
  expect(summaryOf(event({ diff: [{ op: 'add', path: '', value }] }))).toEqual({
    kind: 'created',
    members: [
      { name: 'disabled', now: 'false' },
      { name: 'role', now: 'viewer' },
    ],
    more: 1,
  });
  expect(summaryOf(event({ diff: [{ op: 'remove', path: '', old: { name: 'a' } }] }))).toEqual({ kind: 'deleted' });
});

it('says why something did not succeed, and how much is missing', () => {
  expect(summaryOf(event({ outcome: 'denied', reasons: ['No role', 'Too late'] }))).toEqual({ kind: 'reasons', text: 'No role · Too late' });
  expect(summaryOf(event({ class: 'gap', data: { count: 7 } }))).toEqual({ kind: 'gap', count: 7 });
  expect(summaryOf(event())).toEqual({ kind: 'none' });
});
