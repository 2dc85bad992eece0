import { describe, expect, it } from 'vitest';
import { cronWords, durationWords, scheduleWords } from './words';

describe('cronWords', () => {
  it.each([
    ['* * * * *', 'Every minute'],
    ['*/5 * * * *', 'Every 5 minutes'],
    ['17 * * * *', 'Every hour at minute 17'],
    ['0 */6 * * *', 'Every 6 hours at minute 0'],
    ['0 3 * * *', 'Every day at 03:00'],
    ['@daily', 'Every day at 00:00'],
    ['0 9,17 * * *', 'Every day at 09:00 and 17:00'],
    ['30 8 * * MON-FRI', 'Monday to Friday at 08:30'],
    ['0 4 * * 7', 'Sunday at 04:00'],
    ['0 4 * * SAT,SUN', 'Sat and Sun at 04:00'],
    ['0 4 * * 0,6', 'Sun and Sat at 04:00'],
    ['0 0 1,15 * *', 'Day 1 and 15 of the month at 00:00'],
    ['0 0 L * *', 'Last day of the month at 00:00'],
    ['0 12 24 DEC *', '24 December every year at 12:00'],
    ['*/10 * * * * *', 'Every 10 seconds'],
    ['0 0 3 * * *', 'Every day at 03:00'],
    ['0 0 13 * 5', null],
    ['H H(1-5) * * *', null],
    ['1-59/2 * * * *', null],
    ['nonsense', null],
    ['', null],
  ])('says of %j: %j', (expression, words) => expect(cronWords('en', expression)).toBe(words));

  it('speaks Chinese', () => {
    expect(cronWords('zh', '30 8 * * 1-5')).toBe('周一至周五 08:30');
    expect(cronWords('zh', '0 4 * * 1,3')).toBe('周一和周三 04:00');
  });
});

it('says durations in whole units', () => {
  expect(durationWords('en', '90m')).toBe('1 hour 30 minutes');
  expect(durationWords('en', 'soon')).toBe('soon');
});

it('names the zone only where it is another than UTC', () => {
  expect(scheduleWords('en', { cron: '0 3 * * *', timeZone: 'Europe/Berlin' })).toEqual({ words: 'Every day at 03:00', expression: '0 3 * * *', timeZone: 'Europe/Berlin' });
  expect(scheduleWords('en', { cron: '0 3 * * *', timeZone: 'UTC' }).timeZone).toBeNull();
});

it('has words for every kind', () => {
  expect(scheduleWords('en', { interval: '5m' }).words).toBe('Every 5 minutes');
  expect(scheduleWords('en', { rrule: 'FREQ=DAILY;INTERVAL=2' }).words).toBe('Every 2 days');
  expect(scheduleWords('en', { rrule: 'FREQ=MONTHLY;BYDAY=2TU' }).words).toBe('By calendar rule');
  expect(scheduleWords('en', { after: { task: 'extract' } }).words).toBe('After extract');
  expect(scheduleWords('en', null).words).toBe('By hand only');
});
