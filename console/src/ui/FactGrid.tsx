import type { ReactNode } from 'react';

/** A name and what stands behind it; null, false and empty texts are left out. */
export type Fact = readonly [name: string, value: ReactNode];

export function FactGrid({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-2.5 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-xs text-ink-3">{name}</dt>
            <dd className="min-h-6 min-w-0 break-words">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
