import { useQuery } from '@tanstack/react-query';
import type { Job } from '@/api/jobsContracts';
import { Card, Section } from '@/ui/Page';
import { InlineError, Skeleton } from '@/ui/States';
import { useJobsMessages } from '../messages';
import { FireList } from '../parts/FireList';
import { previewQuery } from '../queries';
import { useDetailMessages } from './messages';

/** The next fifty times at which the job is to run. */
export function NextFires({ job }: { job: Job }) {
  const t = useDetailMessages();
  const jobs = useJobsMessages();
  const hasTimes = Boolean(job.schedule) && !job.schedule?.after;
  const { data, error } = useQuery({ ...previewQuery(job.id, job.version), enabled: hasTimes });
  const content = () => {
    if (!hasTimes) return <p className="p-3 text-ink-3">{t('preview.none')}</p>;
    if (!data) return error ? <InlineError error={error} /> : <Skeleton className="m-3 h-40" />;
    return data.items.length === 0 ? <p className="p-3 text-ink-3">{t('preview.over')}</p> : <FireList fires={data.items} timeZone={data.timeZone} />;
  };
  return (
    <Section title={jobs('preview')} note={hasTimes && data?.timeZone && t('preview.zone', { zone: data.timeZone })}>
      {hasTimes && !job.enabled && <p className="mb-2 rounded-md bg-warn-soft px-3 py-1.5 text-xs text-warn">{t('preview.off')}</p>}
      <Card className="max-h-[520px] overflow-y-auto" scrollLabel={jobs('preview')}>{content()}</Card>
    </Section>
  );
}
