import { Link, useMatches, useRouterState } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useLocale } from '@/lib/locale';
import { useRegistry } from '../registryContext';

/** Where this page is: its place in the rail, and its own name when that is another. */
export function Breadcrumb() {
  const locale = useLocale();
  const { nav } = useRegistry();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const title = useMatches({ select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title });
  const section = nav.find((entry) => pathname === entry.path || pathname.startsWith(`${entry.path}/`));
  const sectionLabel = section?.label(locale);
  const pageLabel = title?.(locale);
  return (
    <ol className="flex min-w-0 items-center gap-1.5 text-sm">
      {section && sectionLabel !== pageLabel && (
        <li className="flex items-center gap-1.5 max-sm:hidden">
          <Link to={section.path} className="rounded text-ink-2 hover:text-ink">
            {sectionLabel}
          </Link>
          <ChevronRight size={13} className="text-ink-3" aria-hidden="true" />
        </li>
      )}
      <li aria-current="page" className="truncate font-medium">
        {pageLabel}
      </li>
    </ol>
  );
}
