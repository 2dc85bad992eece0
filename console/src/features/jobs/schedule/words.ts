import type { Schedule } from '@/api/jobsContracts';
import { parseDuration } from '@/lib/duration';
import { dateFormat, formatDateTime, numberFormat } from '@/lib/format';
import { translate } from '@/lib/i18n';
import { localeTags, type Locale } from '@/lib/locale';
import { scheduleMessages } from './messages';

export interface ScheduleWords {
  words: string;
  /** As it was written; null where the words already are all there is. */
  expression: string | null;
  /** Null for UTC and for schedules that know no zone. */
  timeZone: string | null;
}

type Key = keyof typeof scheduleMessages.en;
const say = (locale: Locale, key: Key, params?: Record<string, string | number>) => translate(scheduleMessages, locale, key, params);

const macros: Record<string, string> = {
  '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *', '@monthly': '0 0 1 * *', '@weekly': '0 0 * * 0', '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@hourly': '0 * * * *',
};
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** The members of a field that is a plain list of numbers and ranges; null for everything else. */
function members(field: string, low: number, high: number, names: readonly string[] = [], firstName = 0): number[] | null {
  const one = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? named + firstName : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  };
  const all: number[] = [];
  for (const part of field.split(',')) {
    const [from = '', to] = part.split('-');
    const [start, end] = [one(from), one(to ?? from)];
    if (!(start >= low && end <= high && start <= end)) return null;
    for (let value = start; value <= end; value++) all.push(value);
  }
  return all;
}

const step = (field: string): number | null => Number(/^(?:\*|0)\/(\d{1,2})$/.exec(field)?.[1] ?? Number.NaN) || null;

function timesOfDay(locale: Locale, minutes: readonly number[], hours: readonly number[]): string | null {
  if (minutes.length * hours.length > 4) return null;
  const clock = dateFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return joined(locale, hours.flatMap((hour) => minutes.map((minute) => clock.format(Date.UTC(2001, 0, 1, hour, minute)))));
}

const joined = (locale: Locale, parts: readonly string[]) => new Intl.ListFormat(localeTags[locale], { type: 'conjunction' }).format(parts);

/** Says what the common shapes of cron mean; null for the others, which speak for themselves. */
export function cronWords(locale: Locale, expression: string): string | null {
  const fields = (macros[expression.trim().toLowerCase()] ?? expression).trim().split(/\s+/);
  const [second, minute, hour, day, month, weekday] = fields.length === 6 ? fields : ['0', ...fields];
  if (!second || !minute || !hour || !day || !month || !weekday || fields.length > 6) return null;
  const everyDay = [day, weekday].every((field) => field === '*' || field === '?') && month === '*';
  if (fields.length === 6 && minute === '*' && hour === '*' && everyDay) {
    const seconds = step(second);
    if (second === '*' || seconds === 1) return say(locale, 'everySecond');
    if (seconds !== null) return say(locale, 'seconds', { count: seconds });
  }
  if (second !== '0') return null;
  if (hour === '*' && everyDay) {
    const minutes = step(minute);
    if (minute === '*' || minutes === 1) return say(locale, 'everyMinute');
    if (minutes !== null) return say(locale, 'minutes', { count: minutes });
  }
  const minutes = members(minute, 0, 59);
  if (minutes === null) return null;
  if (everyDay && minutes.length === 1) {
    const hours = step(hour);
    if (hour === '*') return say(locale, 'hourly', { minute: minutes[0] ?? 0 });
    if (hours !== null) return say(locale, 'hours', { count: hours, minute: minutes[0] ?? 0 });
  }
  const hours = members(hour, 0, 23);
  const time = hours && timesOfDay(locale, minutes, hours);
  return time ? dayWords(locale, { day, month, weekday, time, everyDay }) : null;
}

interface DayFields {
  day: string;
  month: string;
  weekday: string;
  time: string;
  everyDay: boolean;
}

function dayWords(locale: Locale, { day, month, weekday, time, everyDay }: DayFields): string | null {
  if (everyDay) return say(locale, 'daily', { time });
  const freeDay = day === '*' || day === '?';
  const freeWeekday = weekday === '*' || weekday === '?';
  if (freeDay && month === '*') {
    const days = members(weekday, 0, 7, dayNames);
    if (days === null) return null;
    if (days.join() === '1,2,3,4,5') return say(locale, 'weekdays', { time });
    const name = dateFormat(locale, { weekday: days.length === 1 ? 'long' : 'short', timeZone: 'UTC' });
    // 4 January 1970 was a Sunday.
    return say(locale, 'weekly', { time, days: joined(locale, days.map((one) => name.format(Date.UTC(1970, 0, 4 + (one % 7))))) });
  }
  if (!freeWeekday) return null;
  if (month === '*' && day.toUpperCase() === 'L') return say(locale, 'monthEnd', { time });
  const days = members(day, 1, 31);
  if (days === null) return null;
  if (month === '*') return say(locale, 'monthly', { time, days: joined(locale, days.map(String)) });
  const months = members(month, 1, 12, monthNames, 1);
  if (months?.length !== 1 || days.length !== 1) return null;
  const date = dateFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(Date.UTC(2000, (months[0] ?? 1) - 1, days[0]));
  return say(locale, 'yearly', { date, time });
}

/** `1h30m` as people say it: `1 hour 30 minutes`. */
export function durationWords(locale: Locale, text: string): string {
  const ms = parseDuration(text);
  if (ms === null) return text;
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000], ['millisecond', 1]] as const) {
    const amount = Math.floor(rest / size);
    if (amount > 0) parts.push(numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount));
    rest -= amount * size;
  }
  return parts.join(' ');
}

function rruleWords(locale: Locale, rule: string): string {
  const part = (name: string) => new RegExp(`(?:^|;|:)${name}=([^;\\s]+)`, 'i').exec(rule)?.[1];
  const key = `rrule.${part('FREQ')?.toUpperCase() ?? ''}`;
  const extra = /BY[A-Z]+=/i.test(rule);
  return key in scheduleMessages.en && !extra ? say(locale, key as Key, { count: Number(part('INTERVAL') ?? 1) }) : say(locale, 'rrule');
}

export function scheduleWords(locale: Locale, schedule: Schedule | null | undefined): ScheduleWords {
  const timeZone = schedule?.timeZone && !/^(etc\/)?utc$/i.test(schedule.timeZone) ? schedule.timeZone : null;
  if (schedule?.cron) return { words: cronWords(locale, schedule.cron) ?? say(locale, 'cron'), expression: schedule.cron, timeZone };
  if (schedule?.interval) return { words: say(locale, 'every', { duration: durationWords(locale, schedule.interval) }), expression: null, timeZone: null };
  if (schedule?.at) return { words: say(locale, 'once', { date: formatDateTime(locale, Date.parse(schedule.at)) }), expression: null, timeZone: null };
  if (schedule?.rrule) return { words: rruleWords(locale, schedule.rrule), expression: schedule.rrule, timeZone };
  if (schedule?.after) return { words: say(locale, 'after', { job: schedule.after.task }), expression: null, timeZone: null };
  return { words: say(locale, 'hand'), expression: null, timeZone: null };
}
