import type { Schedule } from '@/api/jobsContracts';
import { useLocale } from '@/lib/locale';
import { scheduleWords } from '../schedule/words';

/** A schedule in words, with its expression and zone below. */
export function ScheduleText({ schedule }: { schedule: Schedule | null | undefined }) {
  const locale = useLocale();
  const { words, expression, timeZone } = scheduleWords(locale, schedule);
  return (
    <div className="min-w-0">
      <div className="truncate" title={words}>{words}</div>
      {(expression ?? timeZone) && (
        <div className="flex gap-2 text-xs text-ink-3">
          {expression && <code className="truncate font-mono" title={expression}>{expression}</code>}
          {timeZone && <span className="shrink-0">{timeZone}</span>}
        </div>
      )}
    </div>
  );
}
