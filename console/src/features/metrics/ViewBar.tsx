import { ChartSpline, Table2 } from 'lucide-react';
import { formatPromDuration } from '@/lib/duration';
import type { SearchPatch } from '@/lib/search';
import { units } from '@/lib/units';
import { Segmented } from '@/ui/Segmented';
import { useMetricsMessages } from './messages';
import { chartKinds, type MetricsState } from './urlState';

const steps = [5, 15, 30, 60, 300, 900, 3600, 21_600, 86_400];

const selectClass = 'min-h-8 rounded-md border border-line bg-surface py-0 pr-1 pl-2 text-xs font-medium text-ink';

export interface ViewBarProps {
  state: MetricsState;
  /** The step that the automatic choice came to. */
  currentStep: number | null;
  onChange: (patch: SearchPatch) => void;
}

/** How the answers are shown. */
export function ViewBar({ state, currentStep, onChange }: ViewBarProps) {
  const t = useMetricsMessages();
  const asGraph = state.view === 'graph';
  const isRange = asGraph || state.tableTime === 'range';
  const offered = state.stepSeconds === null || steps.includes(state.stepSeconds) ? steps : [state.stepSeconds, ...steps];
  const auto = currentStep === null || state.stepSeconds !== null ? t('step.auto') : t('step.autoIs', { step: formatPromDuration(currentStep * 1000) });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label={t('view.label')}
        value={state.view}
        onChange={(view) => onChange({ view: view === 'graph' ? undefined : view })}
        choices={[
          { value: 'graph', label: <><ChartSpline size={14} aria-hidden="true" />{t('view.graph')}</> },
          { value: 'table', label: <><Table2 size={14} aria-hidden="true" />{t('view.table')}</> },
        ]}
      />
      {asGraph ? (
        <Segmented
          label={t('kind.label')}
          value={state.kind}
          onChange={(kind) => onChange({ chart: kind === 'line' ? undefined : kind })}
          choices={chartKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      ) : (
        <Segmented
          label={t('table.time')}
          value={state.tableTime}
          onChange={(table) => onChange({ table: table === 'instant' ? undefined : table })}
          choices={(['instant', 'range'] as const).map((value) => ({ value, label: t(`table.${value}`) }))}
        />
      )}
      {isRange && (
        <label className="flex items-center gap-1.5 text-xs text-ink-2">
          {t('step.label')}
          <select
            className={selectClass}
            value={state.stepSeconds ?? ''}
            onChange={(event) => onChange({ step: event.target.value === '' ? undefined : formatPromDuration(Number(event.target.value) * 1000) })}
          >
            <option value="">{auto}</option>
            {offered.map((seconds) => (
              <option key={seconds} value={seconds}>
                {formatPromDuration(seconds * 1000)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="flex items-center gap-1.5 text-xs text-ink-2">
        {t('unit.label')}
        <select className={selectClass} value={state.unit ?? ''} onChange={(event) => onChange({ unit: event.target.value || undefined })}>
          <option value="">{t('unit.auto')}</option>
          {units.map((unit) => (
            <option key={unit} value={unit}>
              {t(`unit.${unit}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
