import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { auditOutcomes, auditSources } from '@/api/auditContracts';
import { useAuditMessages } from '../messages';
import { vocabularyQuery } from '../queries';
import { filterIds, type FilterId } from './filters';

export interface FilterField {
  id: FilterId;
  label: string;
  /** Values to choose from; none where only a person knows them. */
  choices: readonly { value: string; label: string; hint?: string }[];
}

/** The filters with what can be chosen for each. */
export function useFields(): readonly FilterField[] {
  const t = useAuditMessages();
  const vocabulary = useQuery(vocabularyQuery).data;
  return useMemo(() => {
    const choices: Partial<Record<FilterId, FilterField['choices']>> = {
      action: vocabulary?.actions.map(({ name, description }) => ({ value: name, label: name, hint: description })),
      resourceType: vocabulary?.resourceTypes.map(({ name, description }) => ({ value: name, label: name, hint: description })),
      outcome: auditOutcomes.map((value) => ({ value, label: t(`outcome.${value}`) })),
      source: auditSources.map((value) => ({ value, label: t(`source.${value}`) })),
    };
    return filterIds.map((id) => ({ id, label: t(`filter.${id}`), choices: choices[id] ?? [] }));
  }, [t, vocabulary]);
}
