import { useCallback } from 'react';
import { useQuery } from '@tanstack/react-query';
import { systemQuery } from '@/api/system';
import { formatAge } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useRawSearch, useUpdateSearch } from '@/lib/search';
import { shortVersion } from '@/lib/version';
import { refreshMs } from '@/lib/timeRange';
import { useTimeRange } from '@/lib/useTimeRange';
import { Dialog } from '@/ui/Dialog';
import { Page, Section } from '@/ui/Page';
import { Filesystems } from './Filesystems';
import { useOverviewMessages } from './messages';
import { PanelCard } from './PanelCard';
import { hostPanels, panels, selfPanels, type Panel } from './panels';
import { Sources } from './Sources';
import { Storage } from './Storage';
import { usePanels } from './usePanels';

export default function OverviewPage() {
  const t = useOverviewMessages();
  const locale = useLocale();
  const { range, refresh, setInterval } = useTimeRange();
  const update = useUpdateSearch();
  const wanted = useRawSearch()['panel'];
  const expanded = panels.find((panel) => panel.id === wanted);
  const states = usePanels(range, refresh);
  const system = useQuery(systemQuery).data;
  const everyMs = refreshMs(refresh);
  const zoomOut = useCallback(() => update({ from: undefined, to: undefined }), [update]);
  const card = (panel: Panel, large = false) => {
    const state = states.get(panel.id);
    return state && <PanelCard panel={panel} state={state} range={range} large={large} onZoom={setInterval} onZoomOut={zoomOut} />;
  };
  const uptime = system && t('uptime', { duration: formatAge(locale, (Date.parse(system.now) - Date.parse(system.startedAt)) / 1000), version: shortVersion(system.version) });
  return (
    <Page title={t('nav')} lead={t('lead')} wide>
      <Section title={t('host')}>
        <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {hostPanels.map((panel) => (
            <div key={panel.id} className={panel.wide ? 'min-w-0 md:col-span-2' : 'min-w-0'}>
              {card(panel)}
            </div>
          ))}
          <div className="min-w-0 md:col-span-full">
            <Filesystems everyMs={everyMs} />
          </div>
        </div>
      </Section>
      <Section title={t('self')} note={uptime}>
        <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {selfPanels.map((panel) => (
            <div key={panel.id} className={panel.wide ? 'min-w-0 md:col-span-2' : 'min-w-0'}>
              {card(panel)}
            </div>
          ))}
          <Storage everyMs={everyMs} />
        </div>
      </Section>
      <Section title={t('sources')} note={t('sources.lead')}>
        <Sources everyMs={everyMs} />
      </Section>
      {expanded && (
        <Dialog open wide onOpenChange={(open) => !open && update({ panel: undefined })} title={t(expanded.title)}>
          {card(expanded, true)}
        </Dialog>
      )}
    </Page>
  );
}
