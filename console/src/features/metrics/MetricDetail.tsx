import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import type { MetricMetadata } from '@/api/prometheus';
import { quote } from '@/lib/labels';
import { Button } from '@/ui/Button';
import { cx } from '@/ui/cx';
import { ErrorState, Skeleton } from '@/ui/States';
import { useMetricsMessages } from './messages';
import { labelNamesQuery, labelValuesQuery } from './queries';
import { suggestExpression, withMatcher } from './suggest';

const mostValues = 60;
const matcherOf = (name: string) => `{__name__=${quote(name)}}`;

interface LabelProps {
  metric: string;
  label: string;
  onPick: (value: string) => void;
}

function Label({ metric, label, onPick }: LabelProps) {
  const t = useMetricsMessages();
  const [open, setOpen] = useState(false);
  const values = useQuery({ ...labelValuesQuery(label, matcherOf(metric)), enabled: open });
  return (
    <li>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="flex w-full items-center gap-1 rounded px-1 py-1 text-left hover:bg-raised">
        <ChevronRight size={14} className={cx('text-ink-3 transition-transform', open && 'rotate-90')} aria-hidden="true" />
        <span className="font-mono text-xs">{label}</span>
        {values.data && <span className="ml-auto text-xs text-ink-3">{t('explore.values', { count: values.data.length })}</span>}
      </button>
      {open && (
        <div className="flex flex-wrap gap-1 py-1 pl-6">
          {values.isPending && <Skeleton className="h-6 w-full" />}
          {values.error && <span className="text-xs text-bad">{values.error.message}</span>}
          {values.data?.slice(0, mostValues).map((value) => (
            <button
              key={value}
              type="button"
              aria-label={t('explore.filter', { label, value })}
              onClick={() => onPick(value)}
              className="max-w-full truncate rounded border border-line bg-surface px-1.5 py-0.5 font-mono text-xs hover:border-accent hover:text-accent"
            >
              {value}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}

export interface MetricDetailProps {
  name: string;
  metadata: MetricMetadata | undefined;
  onUse: (expression: string) => void;
}

/** One metric: what it measures, its labels and their values, and the query that suits it. */
export function MetricDetail({ name, metadata, onUse }: MetricDetailProps) {
  const t = useMetricsMessages();
  const labels = useQuery(labelNamesQuery(matcherOf(name)));
  const suggestion = suggestExpression(name, metadata?.type);
  const pick = (label: string, value: string) => onUse(withMatcher(suggestion, name, `${label}=${quote(value)}`));
  return (
    <div className="min-h-40 flex-1 space-y-4 overflow-y-auto p-3">
      <p className={metadata?.help ? 'text-ink-2' : 'text-ink-3'}>
        {metadata?.help || t('explore.noHelp')}
        {metadata?.type && <span className="ml-2 rounded bg-raised px-1.5 py-0.5 text-xs text-ink-2">{metadata.type}</span>}
      </p>
      <div>
        <code className="mb-2 block rounded-md bg-raised px-2.5 py-2 font-mono text-xs break-all">{suggestion}</code>
        <Button look="primary" icon={<Plus size={15} />} aria-label={t('explore.use', { name })} onClick={() => onUse(suggestion)}>
          {t('explore.useShort')}
        </Button>
      </div>
      <div>
        <h3 className="mb-1 text-xs font-medium text-ink-3">{t('explore.labels')}</h3>
        {labels.isPending && <Skeleton className="h-20" />}
        {labels.error && <ErrorState compact error={labels.error} onRetry={() => void labels.refetch()} />}
        <ul>
          {labels.data?.filter((label) => label !== '__name__').map((label) => (
            <Label key={label} metric={name} label={label} onPick={(value) => pick(label, value)} />
          ))}
        </ul>
      </div>
    </div>
  );
}
