import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';

/** Leads out of the console; plain text where there is no address. */
export function OutLink({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return children;
  return (
    <a href={href} target="_blank" rel="noreferrer" className="inline-flex max-w-full items-center gap-1 rounded text-accent hover:underline">
      <span className="truncate">{children}</span>
      <ExternalLink size={12} className="shrink-0" aria-hidden="true" />
    </a>
  );
}
