import { Plus } from 'lucide-react';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Page';
import { useMetricsMessages } from './messages';
import { QueryRow } from './QueryRow';
import { freeName, type MetricsQuery } from './urlState';
import type { QueryOutcome } from './useAnswers';

export interface QueryListProps {
  queries: readonly MetricsQuery[];
  outcomes: readonly QueryOutcome[];
  onChange: (change: (queries: MetricsQuery[]) => MetricsQuery[]) => void;
}

export function QueryList({ queries, outcomes, onChange }: QueryListProps) {
  const t = useMetricsMessages();
  const names = queries.map((query) => query.name);
  const add = (expression: string, after = queries.length - 1) =>
    onChange((now) => now.toSpliced(after + 1, 0, { name: freeName(now), expression, enabled: true }));
  return (
    <Card className="space-y-1 p-3 pb-2">
      {queries.map((query, index) => (
        <QueryRow
          key={query.name}
          query={query}
          outcome={outcomes.find((outcome) => outcome.name === query.name)}
          first={index === 0}
          alone={queries.length === 1}
          takenNames={names}
          onChange={(next) => onChange((now) => now.map((other) => (other.name === query.name ? next : other)))}
          onDuplicate={() => add(query.expression, index)}
          onRemove={() => onChange((now) => now.filter((other) => other.name !== query.name))}
        />
      ))}
      <Button small look="ghost" icon={<Plus size={14} />} onClick={() => add('')}>
        {t('query.add')}
      </Button>
    </Card>
  );
}
