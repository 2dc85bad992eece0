import { useQuery } from '@tanstack/react-query';
import { RadioTower } from 'lucide-react';
import { useMemo } from 'react';
import { sourceKinds, type IngestSource } from '@/api/contracts';
import { sourcesQuery } from '@/api/system';
import { formatCount, formatValue } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useNow } from '@/lib/useNow';
import { Badge, type Tone } from '@/ui/Badge';
import { CodeBox } from '@/ui/CopyButton';
import { DataTable, type Column } from '@/ui/DataTable';
import { Card } from '@/ui/Page';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { Time } from '@/ui/Time';
import { Tooltip } from '@/ui/Tooltip';
import { useOverviewMessages, type OverviewKey } from './messages';

const silentAfterMs = 120_000;

export function sourceState(source: IngestSource, nowMs: number): { tone: Tone; key: OverviewKey } {
  if (source.up === false) return { tone: 'bad', key: 'sources.failing' };
  if (nowMs - Date.parse(source.lastSeenAt) > silentAfterMs) return { tone: 'off', key: 'sources.silent' };
  return source.lastError !== null ? { tone: 'warn', key: 'sources.rejecting' } : { tone: 'ok', key: 'sources.receiving' };
}

function State({ source }: { source: IngestSource }) {
  const t = useOverviewMessages();
  const { tone, key } = sourceState(source, useNow());
  const badge = <Badge tone={tone}>{t(key)}</Badge>;
  if (source.lastError === null) return badge;
  return (
    <Tooltip text={source.lastError}>
      <span tabIndex={0} className="inline-block rounded">{badge}</span>
    </Tooltip>
  );
}

const example = () => `OTEL_EXPORTER_OTLP_ENDPOINT=${window.location.origin}/otlp OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer TOKEN" your-app`;

/** Who sends what, with how much of it, and who has trouble. */
export function Sources({ everyMs }: { everyMs: number | false }) {
  const t = useOverviewMessages();
  const locale = useLocale();
  const sources = useQuery({ ...sourcesQuery, refetchInterval: everyMs });
  const columns = useMemo<Column<IngestSource>[]>(() => {
    const kindName = (kind: string) => {
      const known = sourceKinds.find((candidate) => candidate === kind);
      return known ? t(`kind.${known}`) : kind;
    };
    return [
      {
        id: 'name',
        header: t('sources.name'),
        sortBy: (source) => source.name,
        cell: (source) => (
          <div className="min-w-36">
            <div className="font-medium">{source.name}</div>
            {source.address && <div className="font-mono text-xs break-all text-ink-3">{source.address}</div>}
          </div>
        ),
      },
      { id: 'state', header: t('sources.state'), sortBy: (source) => String(source.up), cell: (source) => <State source={source} /> },
      { id: 'kind', header: t('sources.kind'), from: 'md', sortBy: (source) => source.kind, cell: (source) => <span className="whitespace-nowrap">{kindName(source.kind)}</span> },
      { id: 'principal', header: t('sources.principal'), from: 'lg', sortBy: (source) => source.principal, cell: (source) => source.principal || '–' },
      { id: 'rate', header: t('sources.rate'), numeric: true, sortBy: (source) => source.samplesPerSecond, cell: (source) => formatValue(locale, source.samplesPerSecond, 'number') },
      { id: 'accepted', header: t('sources.accepted'), numeric: true, from: 'md', sortBy: (source) => source.acceptedTotal, cell: (source) => formatCount(locale, source.acceptedTotal) },
      {
        id: 'rejected',
        header: t('sources.rejected'),
        numeric: true,
        sortBy: (source) => source.rejectedTotal,
        cell: (source) => <span className={source.rejectedTotal > 0 ? 'font-medium text-warn' : 'text-ink-3'}>{formatCount(locale, source.rejectedTotal)}</span>,
      },
      { id: 'seen', header: t('sources.lastSeen'), from: 'sm', numeric: true, sortBy: (source) => source.lastSeenAt, cell: (source) => <Time value={source.lastSeenAt} /> },
    ];
  }, [t, locale]);
  const { data } = sources;
  return (
    <Card>
      {!data && (sources.error ? <ErrorState compact error={sources.error} onRetry={() => void sources.refetch()} /> : <Skeleton className="m-4 h-24" />)}
      {data?.length === 0 && (
        <EmptyState icon={<RadioTower size={24} strokeWidth={1.5} />} title={t('sources.emptyTitle')} detail={t('sources.emptyDetail')}>
          <CodeBox text={example()} />
        </EmptyState>
      )}
      {data && data.length > 0 && <DataTable label={t('sources')} columns={columns} rows={data} rowKey={(source) => `${source.kind} ${source.name} ${source.address} ${source.principal}`} />}
    </Card>
  );
}
