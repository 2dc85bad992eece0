import { useMemo } from 'react';
import { outcomeReasons, riskLevels, type RunItem } from '@/api/runsContracts';
import { useStableList } from '@/lib/useStableList';
import type { FilterOption } from '@/ui/FilterBar';
import { useRunsMessages } from '../messages';

const mostChoices = 12;
const free = ['repository', 'actor', 'agent', 'branch'] as const;

/** The values that the runs on screen have, as suggestions. */
const seen = (runs: readonly RunItem[] | undefined, member: (typeof free)[number]): string[] =>
  [...new Set((runs ?? []).map((run) => run[member]).filter((value): value is string => typeof value === 'string' && value !== ''))].slice(0, mostChoices);

/** What the list of runs can be filtered by. */
export function useRunFields(runs: readonly RunItem[] | undefined): FilterOption[] {
  const t = useRunsMessages();
  const suggestions = useStableList(free.map((member) => seen(runs, member).join('\n')));
  return useMemo(
    () => [
      ...free.map((id, index) => ({ id, label: t(`filter.${id}`), free: true, choices: (suggestions[index] ?? '').split('\n').filter((value) => value !== '').map((value) => ({ value, label: value })) })),
      { id: 'outcome', label: t('filter.outcome'), choices: outcomeReasons.map((value) => ({ value, label: t(`outcome.${value}`) })) },
      { id: 'risk', label: t('filter.risk'), choices: riskLevels.filter((level) => level !== 'low').map((value) => ({ value, label: t('risk.atLeast', { level: t(`risk.${value}`) }) })) },
    ],
    [t, suggestions],
  );
}
