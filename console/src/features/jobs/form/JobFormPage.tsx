import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ShieldAlert } from 'lucide-react';
import { usePathParam } from '@/lib/search';
import { Page } from '@/ui/Page';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { useJobRights } from '../actions';
import { useJobsMessages } from '../messages';
import { jobKeys, jobQuery } from '../queries';
import { JobFormView } from './JobFormView';
import { useFormMessages } from './messages';

/** A new job, or with an id in the path a change of one. */
export default function JobFormPage() {
  const t = useFormMessages();
  const jobs = useJobsMessages();
  const client = useQueryClient();
  const navigate = useNavigate();
  const rights = useJobRights();
  const id = usePathParam('id');
  const isNew = id === '';
  // What is being edited does not change under the hands of whoever edits it.
  const { data: job, error, refetch } = useQuery({ ...jobQuery(id), enabled: !isNew, staleTime: Infinity, refetchOnWindowFocus: false });
  const leave = () => void navigate(isNew ? { to: '/jobs' } : { to: '/jobs/$id', params: { id } });
  const reload = async () => {
    await client.invalidateQueries({ queryKey: jobKeys.job(id) });
  };
  const content = () => {
    if (rights.change) return <EmptyState icon={<ShieldAlert size={24} strokeWidth={1.5} />} title={rights.change} />;
    if (isNew) return <JobFormView job={null} onCancel={leave} onReload={leave} />;
    if (!job) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-96" />;
    if (job.source === 'file') return <EmptyState title={t('cannotEdit')} detail={jobs('fromFile', { file: job.file ?? '' })} />;
    return <JobFormView key={job.version} job={job} onCancel={leave} onReload={() => void reload()} />;
  };
  return (
    <Page title={isNew ? jobs('newJob') : (job?.name ?? jobs('editJob'))} lead={t(isNew ? 'lead.new' : 'lead.edit')}>
      {content()}
    </Page>
  );
}
