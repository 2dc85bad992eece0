import { describe, expect, it } from 'vitest';
import type { Job } from '@/api/jobsContracts';
import { formOf, fromLocalInput, problemsOf, requestOf, scheduleOf, toLocalInput, type JobForm } from './formState';

const blank = (change: Partial<JobForm> = {}): JobForm => ({ ...formOf(null, 'Europe/Berlin'), name: 'a', file: '/bin/true', ...change });
const job: Job = {
  id: '1', version: 4, name: 'report', description: 'Monthly', enabled: false, source: 'api', file: null, createdAt: '', createdBy: 'a', updatedAt: '', updatedBy: 'a', nextFireAt: null, lastExecution: null, running: 0, waiting: 0, recent: [],
  schedule: { cron: '0 4 1 * *', timeZone: 'Asia/Tokyo', gap: 'skip', overlap: 'both' },
  http: { method: 'PUT', url: 'https://x/y', headers: { 'X-A': 'b: c' }, body: '{}', expectStatus: ['2xx', '304'], sign: false },
  timeout: '10m', grace: '5s', overlap: 'queue', queueLimit: 7, concurrencyGroup: 'g', misfire: 'all', misfireGrace: '2m', jitter: '30s', priority: -3,
  retry: { attempts: 4, delay: '1s', backoff: 'linear', maxDelay: '1m', on: ['lost'] },
};

describe('requestOf', () => {
  it('sends back what it was given', () => {
    const { name, description, schedule, http, timeout, grace, overlap, queueLimit, concurrencyGroup, misfire, misfireGrace, jitter, priority, retry, enabled } = job;
    expect(requestOf(formOf(job, 'UTC'))).toEqual({ name, description, schedule, http, timeout, grace, overlap, queueLimit, concurrencyGroup, misfire, misfireGrace, jitter, priority, retry, enabled });
  });

  it('keeps blanks and empty lines within arguments, which are the program’s', () => {
    expect(requestOf(blank({ arguments: '-c\n\n echo a \n' })).command?.arguments).toEqual(['-c', '', ' echo a ']);
  });

  it('reads environment and headers by their first separator', () => {
    expect(requestOf(blank({ environment: 'A=b=c\n\nD=' })).command?.environment).toEqual({ A: 'b=c', D: '' });
    expect(requestOf(blank({ kind: 'http', url: 'http://x', headers: 'Accept: a:b' })).http?.headers).toEqual({ Accept: 'a:b' });
  });

  it('leaves out what does not apply', () => {
    const request = requestOf(blank({ scheduleKind: 'none' }));
    expect([request.schedule, request.retry, request.queueLimit, request.http]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('scheduleOf', () => {
  it('gives each kind its own members', () => {
    expect(scheduleOf(blank({ scheduleKind: 'cron', cron: ' * * * * * ' }))).toEqual({ cron: '* * * * *', timeZone: 'Europe/Berlin', gap: 'shift-to-end', overlap: 'auto' });
    expect(scheduleOf(blank({ scheduleKind: 'interval', interval: '5m' }))).toEqual({ interval: '5m', start: undefined });
    expect(scheduleOf(blank({ scheduleKind: 'rrule', rrule: 'FREQ=DAILY', rruleStart: '2026-01-01T09:00' }))).toMatchObject({ rrule: 'FREQ=DAILY', start: '2026-01-01T09:00:00' });
    expect(scheduleOf(blank({ scheduleKind: 'after', afterTask: 'x', afterOn: ['failed'] }))).toEqual({ after: { task: 'x', on: ['failed'] } });
  });

  it('brings an instant through an input and back', () => {
    const instant = '2026-03-29T01:30:00.000Z';
    expect(fromLocalInput(toLocalInput(instant))).toBe(instant);
  });
});

describe('problemsOf', () => {
  it('finds nothing wrong with a plain job', () => expect([...problemsOf(blank())]).toEqual([]));

  it.each<[Partial<JobForm>, string, string]>([
    [{ name: ' ' }, 'name', 'missing'],
    [{ file: '' }, 'command.file', 'missing'],
    [{ scheduleKind: 'interval', interval: 'often' }, 'schedule.interval', 'duration'],
    [{ kind: 'handler', handler: 'h', handlerArguments: '{' }, 'handler.arguments', 'json'],
    [{ timeout: '1 hour' }, 'timeout', 'duration'],
    [{ attempts: '0' }, 'retry.attempts', 'number'],
    [{ attempts: '2', retryOn: [] }, 'retry.on', 'choose'],
    [{ scheduleKind: 'after', afterTask: 'x', afterOn: [] }, 'schedule.after.on', 'choose'],
  ])('finds in %j that %s is %s', (change, member, kind) => expect([...problemsOf(blank(change))]).toEqual([[member, kind]]));
});
