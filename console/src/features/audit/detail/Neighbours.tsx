import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect } from 'react';
import type { AuditEventDetail } from '@/api/auditContracts';
import { listenForKeys } from '@/lib/hotkeys';
import { IconButton } from '@/ui/Button';
import { eventQuery, sizeQuery } from '../queries';
import { useDetailMessages } from './messages';

/** The events before and after one, by their places in the log; also by the keys k and j. */
export function Neighbours({ event }: { event: AuditEventDetail }) {
  const t = useDetailMessages();
  const navigate = useNavigate();
  const at = (sequence: number) => ({ ...eventQuery(String(sequence)), retry: false, staleTime: 5000 });
  const older = useQuery({ ...at(event.sequence - 1), enabled: event.sequence > 0 });
  const size = useQuery(sizeQuery).data;
  const newer = useQuery({ ...at(event.sequence + 1), enabled: size !== undefined && event.sequence + 1 < size });
  const [previous, next] = [event.sequence > 0 ? older.data?.id : undefined, newer.data?.id];
  useEffect(() => {
    const go = (id: string | undefined) => () => id !== undefined && void navigate({ to: '/audit/$id', params: { id }, search: (search: Record<string, string>) => search });
    return listenForKeys(new Map([['k', go(next)], ['j', go(previous)]]));
  }, [navigate, previous, next]);
  const open = (id: string | undefined) => id !== undefined && void navigate({ to: '/audit/$id', params: { id }, search: (search: Record<string, string>) => search });
  return (
    <span className="inline-flex">
      <IconButton label={t('previous')} icon={<ChevronLeft size={17} />} disabledReason={previous === undefined && !older.isFetching ? t('noPrevious') : null} onClick={() => open(previous)} />
      <IconButton label={t('next')} icon={<ChevronRight size={17} />} disabledReason={next === undefined && !newer.isFetching && size !== undefined ? t('noNext') : null} onClick={() => open(next)} />
    </span>
  );
}
