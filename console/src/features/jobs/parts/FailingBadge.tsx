import { useQuery } from '@tanstack/react-query';
import { useJobsMessages } from '../messages';
import { failingQuery } from '../queries';

const most = 99;

/** How many jobs failed at their last run; nothing while all is well. */
export default function FailingBadge({ small }: { small: boolean }) {
  const t = useJobsMessages();
  const count = useQuery(failingQuery).data ?? 0;
  if (count === 0) return null;
  const label = t('badge', { count });
  if (small) return <span role="img" aria-label={label} className="absolute top-1 right-1 size-2 rounded-full bg-bad" />;
  return (
    <span className="tabular ml-auto rounded bg-bad-soft px-1.5 text-2xs font-semibold text-bad" title={label}>
      <span aria-hidden="true">{count > most ? `${most}+` : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
