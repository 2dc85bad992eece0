import type { ReactNode } from 'react';
import { cx } from './cx';

export interface PageProps {
  title: string;
  /** One line that says what the page shows. */
  lead: string;
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** The content column of a page. */
export function Page({ title, lead, action, wide, children }: PageProps) {
  return (
    <div className={cx('mx-auto w-full px-4 py-5 sm:px-6', wide ? 'max-w-[1720px]' : 'max-w-6xl')}>
      <header className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="text-xl leading-7 font-semibold tracking-tight">{title}</h1>
          <p className="text-ink-2">{lead}</p>
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-6">
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-base font-semibold">{title}</h2>
        {note && <div className="text-xs text-ink-3">{note}</div>}
      </div>
      {children}
    </section>
  );
}

/** With `scrollLabel` it scrolls in itself, which the keyboard then can do too. */
export function Card({ className, scrollLabel, children }: { className?: string; scrollLabel?: string; children: ReactNode }) {
  const scrolls = scrollLabel === undefined ? {} : { tabIndex: 0, role: 'region', 'aria-label': scrollLabel };
  return (
    <div {...scrolls} className={cx('min-w-0 rounded-lg border-line bg-surface', !className?.includes('border-0') && 'border shadow-card', className)}>
      {children}
    </div>
  );
}
