import { ArrowUpRight, Search } from 'lucide-react';
import { Card } from '@/ui/Page';
import { examples, type Example } from './examples';
import { useMetricsMessages } from './messages';

/** What stands where the graph will be: questions to start from. */
export function EmptyMetrics({ onPick }: { onPick: (example: Example) => void }) {
  const t = useMetricsMessages();
  return (
    <Card className="p-5 sm:p-6">
      <div className="mb-4 flex items-start gap-3">
        <Search size={20} strokeWidth={1.5} className="mt-0.5 text-ink-3" aria-hidden="true" />
        <div>
          <h2 className="text-base font-semibold">{t('empty.title')}</h2>
          <p className="text-ink-2">{t('empty.detail')}</p>
        </div>
      </div>
      <ul className="grid gap-2 md:grid-cols-2">
        {examples.map((example) => (
          <li key={example.question}>
            <button type="button" onClick={() => onPick(example)} className="group flex h-full w-full items-start gap-3 rounded-lg border border-line p-3 text-left hover:border-accent hover:bg-bg">
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(example.question)}</span>
                <code className="mt-0.5 block font-mono text-xs break-words text-ink-3">{example.expression}</code>
              </span>
              <ArrowUpRight size={15} className="shrink-0 text-ink-3 group-hover:text-accent" aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
