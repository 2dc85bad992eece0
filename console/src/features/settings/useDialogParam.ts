import { useRawSearch, useUpdateSearch } from '@/lib/search';

/** Whether the dialog for a new entry is open, kept in the URL as `new=1`. */
export function useDialogParam(): [boolean, (open: boolean) => void] {
  const open = useRawSearch()['new'] === '1';
  const update = useUpdateSearch();
  return [open, (next) => update({ new: next ? '1' : undefined }, !next)];
}
