import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { runsApi } from '@/api/runs';
import type { RunFile, RunReport } from '@/api/runsContracts';
import { filesQuery } from '@/features/runs/queries';
import { formatBytes, formatPercent } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Badge } from '@/ui/Badge';
import { DataTable, type Column } from '@/ui/DataTable';
import { Card } from '@/ui/Page';
import { ShortId } from '@/ui/ShortId';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { fileKinds, useFilesMessages } from './messages';

/** The files that the runner left and uploaded, to be taken along. */
export function FilesTab({ run }: { run: RunReport }) {
  const t = useFilesMessages();
  const locale = useLocale();
  const { data: files, error, refetch } = useQuery(filesQuery(run));
  const columns: Column<RunFile>[] = [
    {
      id: 'name',
      header: t('name'),
      sortBy: ({ name }) => name,
      cell: ({ name, complete }) =>
        complete ? (
          <a href={runsApi.fileUrl(run.id, name)} download={`${run.id}-${name}`} className="inline-flex items-center gap-1.5 rounded font-mono text-xs font-medium text-accent hover:underline">
            <Download size={14} aria-hidden="true" />
            {name}
          </a>
        ) : (
          <span className="font-mono text-xs">{name}</span>
        ),
    },
    {
      id: 'what',
      header: t('what'),
      from: 'md',
      cell: ({ name }) => {
        const kind = fileKinds.find((known) => known === name);
        return kind ? <span className="text-ink-2">{t(`file.${kind}`)}</span> : null;
      },
    },
    { id: 'size', header: t('size'), numeric: true, sortBy: ({ size }) => size, cell: ({ size }) => <span className="tabular whitespace-nowrap">{formatBytes(locale, size)}</span> },
    {
      id: 'state',
      header: t('state'),
      cell: ({ complete, received, size }) => (complete ? <Badge tone="ok">{t('complete')}</Badge> : <Badge tone="off">{received === 0 ? t('missing') : t('partly', { percent: formatPercent(locale, received / Math.max(1, size)) })}</Badge>),
    },
    { id: 'hash', header: t('hash'), from: 'sm', cell: ({ sha256 }) => <ShortId id={sha256} keep={12} /> },
  ];
  if (!files) return error ? <Card><ErrorState error={error} onRetry={() => void refetch()} /></Card> : <Skeleton className="h-60" />;
  if (files.length === 0) return <Card><EmptyState title={t('empty')} detail={t('emptyDetail')} /></Card>;
  return (
    <Card className="overflow-hidden">
      <DataTable label={t('title')} columns={columns} rows={files} rowKey={({ name }) => name} />
    </Card>
  );
}
