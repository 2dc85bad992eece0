import { useQuery } from '@tanstack/react-query';
import { Button } from '@/ui/Button';
import { useJobsMessages } from '../messages';
import { jobsNamedQuery } from '../queries';

/** The jobs that a typed text may mean, to choose one of. */
export function JobMatches({ text, onChoose }: { text: string; onChoose: (id: string) => void }) {
  const t = useJobsMessages();
  const jobs = useQuery(jobsNamedQuery(text)).data;
  if (!jobs) return null;
  if (jobs.length === 0) return <p className="mt-2 text-xs text-ink-3">{t('matchingNone', { text })}</p>;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-1.5">
      <span className="text-xs text-ink-3">{t('matching', { text })}</span>
      {jobs.map((job) => (
        <Button key={job.id} small className="max-w-64" onClick={() => onChoose(job.id)}>
          <span className="truncate">{job.name}</span>
        </Button>
      ))}
    </div>
  );
}
