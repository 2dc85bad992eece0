import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

/** All of a page's URL state as flat texts; features turn it into their own validated shape. */
export type Search = Readonly<Record<string, string>>;

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Writes search parameters so that PromQL in them stays readable: only what would break a link is escaped. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parts = Object.entries(search)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([name, value]) => `${escapePart(name)}=${escapePart(value)}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function escapePart(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|2C|2F|5B|5D|28|29|40|24)/gi, (code) => decodeURIComponent(code)).replace(/%20/g, '+');
}

export type SearchPatch = Readonly<Record<string, string | undefined>>;

/** Merges a patch into a search: undefined removes a parameter, and what the patch sets comes last, in its order. */
export function applyPatch(search: Search, patch: SearchPatch): Record<string, string> {
  const kept = Object.entries(search).filter(([name]) => !(name in patch));
  const set = Object.entries(patch).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries([...kept, ...set]);
}

export function useRawSearch(): Search {
  return useSearch({ strict: false });
}

/** Changes search parameters of the page that is shown; `replace` leaves no step for the back button. */
export function useUpdateSearch(): (patch: SearchPatch | ((search: Search) => SearchPatch), replace?: boolean) => void {
  const navigate = useNavigate();
  return useCallback(
    (patch, replace = false) => {
      void navigate({
        to: '.',
        replace,
        resetScroll: false,
        search: ((search: Search) => applyPatch(search, typeof patch === 'function' ? patch(search) : patch)),
      });
    },
    [navigate],
  );
}

/** The page's URL state in the shape `read` gives it. `read` must be a function defined outside the component. */
export function useSearchAs<T>(read: (search: Search) => T): T {
  const search = useRawSearch();
  return useMemo(() => read(search), [read, search]);
}

/** A part of the page's path such as `id`; empty when the path has none of that name. */
export function usePathParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return params[name] ?? '';
}
