import { CalendarClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBox } from '@/ui/CopyButton';
import { EmptyState } from '@/ui/States';
import { useJobsMessages } from '../messages';

/** A job as a file; the server reads it from its folder of jobs. */
const example = `name: nightly-backup
schedule: { cron: "0 3 * * *", timeZone: Europe/Berlin }
command: { file: /usr/local/bin/backup }`;

/** Says what jobs are and gives the two ways to the first one. */
export function EmptyJobs({ action }: { action: ReactNode }) {
  const t = useJobsMessages();
  return (
    <EmptyState icon={<CalendarClock size={24} strokeWidth={1.5} />} title={t('empty.title')} detail={t('empty.detail')}>
      {action}
      <p className="mt-5 mb-1.5 text-xs text-ink-3">{t('empty.file')}</p>
      <CodeBox text={example} />
    </EmptyState>
  );
}
