import { ChartSpline, Link2 } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { memo } from 'react';
import { copyText } from '@/lib/clipboard';
import { formatValue } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { metricsPath, metricsSearch } from '@/lib/metricsLink';
import { useUpdateSearch } from '@/lib/search';
import { stepFor, type Interval, type TimeRange } from '@/lib/timeRange';
import { ChartCard } from '@/ui/chart/ChartCard';
import { MenuItem } from '@/ui/Menu';
import { notify } from '@/ui/notice';
import { useOverviewMessages } from './messages';
import { headlineValue } from './panelData';
import { expressionFor, type Panel } from './panels';
import type { PanelState } from './usePanels';

export interface PanelCardProps {
  panel: Panel;
  state: PanelState;
  range: TimeRange;
  large?: boolean;
  onZoom: (interval: Interval) => void;
  onZoomOut: () => void;
}

function PanelCardView({ panel, state, range, large, onZoom, onZoomOut }: PanelCardProps) {
  const t = useOverviewMessages();
  const locale = useLocale();
  const navigate = useNavigate();
  const update = useUpdateSearch();
  const value = formatValue(locale, headlineValue(panel, state.data), panel.unit);
  const openInMetrics = () => {
    const step = state.interval ? stepFor(state.interval, 240, 5) : 15;
    const search = metricsSearch(panel.queries.map((query) => expressionFor(query, step)), range);
    void navigate({ to: metricsPath, search: { ...search, unit: panel.unit } });
  };
  const copyLink = async () => {
    const url = new URL(window.location.href);
    url.searchParams.set('panel', panel.id);
    notify((await copyText(url.href)) ? t('linkCopied') : t('linkRefused'));
  };
  return (
    <ChartCard
      title={t(panel.title)}
      headline={panel.headlineText ? t(panel.headlineText, { value }) : value}
      state={state}
      unit={panel.unit}
      kind={panel.kind}
      max={panel.max}
      bare={large}
      height={large ? 420 : 178}
      syncKey="overview"
      emptyText={t('empty')}
      onExpand={large ? undefined : () => update({ panel: panel.id })}
      onRetry={state.retry}
      onZoom={onZoom}
      onZoomOut={onZoomOut}
      menu={
        <>
          <MenuItem icon={<ChartSpline size={15} />} onSelect={openInMetrics}>{t('openInMetrics')}</MenuItem>
          <MenuItem icon={<Link2 size={15} />} onSelect={() => void copyLink()}>{t('copyLink')}</MenuItem>
        </>
      }
    />
  );
}

/** One chart of the overview; drawn again only when its own answer changes. */
export const PanelCard = memo(PanelCardView);
