import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Fire } from '@/api/jobsContracts';
import { dateFormat } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useRawSearch, useUpdateSearch } from '@/lib/search';
import { Button } from '@/ui/Button';
import { Card, Section } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { InlineError, Skeleton } from '@/ui/States';
import { useJobsMessages } from '../messages';
import { useReason } from '../parts/reasons';
import { OutcomeBadge } from '../parts/StateBadge';
import { firesQuery } from '../queries';
import { useDetailMessages } from './messages';

const shown = ['missed', 'skipped', 'coalesced'] as const;
type Choice = (typeof shown)[number] | 'all';
const readChoice = (text: string | undefined): Choice => shown.find((outcome) => outcome === text) ?? 'all';

function FireRow({ fire }: { fire: Fire }) {
  const t = useDetailMessages();
  const reason = useReason();
  const format = dateFormat(useLocale(), { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <tr className="border-b border-line last:border-0">
      <td className="tabular px-3 py-1.5 whitespace-nowrap">{format.format(Date.parse(fire.nominalAt))}</td>
      <td className="px-3 py-1.5"><OutcomeBadge outcome={fire.outcome} /></td>
      <td className="px-3 py-1.5 text-ink-2">
        {reason(fire.reason)}
        {fire.count > 1 && <span className="ml-2 whitespace-nowrap text-ink-3">{t('fires.count', { count: fire.count })}</span>}
        {fire.executionId && (
          <Link to="/jobs/executions/$id" params={{ id: fire.executionId }} className="ml-2 rounded text-accent hover:underline">
            {t('fires.run')}
          </Link>
        )}
      </td>
    </tr>
  );
}

/** The times at which the job was to run and did not. */
export function Fires({ taskId }: { taskId: string }) {
  const t = useDetailMessages();
  const jobs = useJobsMessages();
  const update = useUpdateSearch();
  const choice = readChoice(useRawSearch()['fires']);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(firesQuery(taskId, choice === 'all' ? shown.join(',') : choice));
  const fires = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return (
    <Section title={t('fires')} note={t('fires.note')}>
      <div className="mb-2">
        <Segmented
          label={t('fires.show')}
          value={choice}
          choices={[{ value: 'all', label: t('fires.all') }, ...shown.map((value) => ({ value, label: jobs(`outcome.${value}`) }))]}
          onChange={(next) => update({ fires: next === 'all' ? undefined : next }, true)}
        />
      </div>
      <Card className="overflow-x-auto" scrollLabel={t('fires')}>
        {error && <InlineError error={error} />}
        {!fires && !error && <Skeleton className="m-3 h-16" />}
        {fires?.length === 0 && <p className="p-3 text-ink-3">{t('fires.none')}</p>}
        {fires && fires.length > 0 && (
          <table className="w-full text-left" aria-label={t('fires')}>
            <thead className="text-xs text-ink-3">
              <tr className="border-b border-line">
                <th scope="col" className="px-3 py-2 font-medium">{t('fires.time')}</th>
                <th scope="col" className="px-3 py-2 font-medium">{t('fires.outcome')}</th>
                <th scope="col" className="w-full px-3 py-2 font-medium">{t('fires.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {fires.map((fire) => (
                <FireRow key={fire.nominalAt} fire={fire} />
              ))}
            </tbody>
          </table>
        )}
        {hasNextPage && (
          <div className="border-t border-line p-2 text-center">
            <Button small busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </Card>
    </Section>
  );
}
