import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { auditApi } from '@/api/audit';
import type { SavedFilter } from '@/api/auditContracts';
import { useUpdateSearch } from '@/lib/search';
import type { TimeRange } from '@/lib/timeRange';
import { Button, IconButton } from '@/ui/Button';
import { notify } from '@/ui/notice';
import { Popover } from '@/ui/Popover';
import { InlineError, Skeleton } from '@/ui/States';
import { useAuditMessages } from '../messages';
import { savedQuery } from '../queries';
import { isFiltered, readSaved, writeSaved, type AuditFilters } from './filters';

function SavedRow({ saved, onOpen }: { saved: SavedFilter; onOpen: () => void }) {
  const t = useAuditMessages();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({ mutationFn: () => auditApi.deleteFilter(saved.name), onSuccess: () => client.invalidateQueries(savedQuery) });
  if (asking) {
    return (
      <li className="flex items-center gap-2 rounded bg-bad-soft px-2 py-1">
        <span className="min-w-0 flex-1 truncate text-bad">{t('savedAsk', { name: saved.name })}</span>
        <Button small look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>{t('savedYes')}</Button>
        <Button small autoFocus onClick={() => setAsking(false)}>{t('savedNo')}</Button>
      </li>
    );
  }
  return (
    <li className="flex items-center gap-1 rounded hover:bg-raised">
      <button type="button" className="min-w-0 flex-1 rounded px-2 py-1.5 text-left" onClick={onOpen}>
        <span className="block truncate font-medium">{saved.name}</span>
        <code className="block truncate font-mono text-2xs text-ink-3">{decodeURIComponent(saved.query.replaceAll('+', ' ')).replaceAll('&', ' ')}</code>
      </button>
      <IconButton label={t('savedDelete', { name: saved.name })} icon={<Trash2 size={14} />} onClick={() => setAsking(true)} />
    </li>
  );
}

/** The user's named filters: open one, delete one, keep those that are set now under a name. */
export function SavedFilters({ filters, range }: { filters: AuditFilters; range: TimeRange }) {
  const t = useAuditMessages();
  const client = useQueryClient();
  const update = useUpdateSearch();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const { data: saved, error } = useQuery({ ...savedQuery, enabled: open });
  const trimmed = name.trim();
  const save = useMutation({
    mutationFn: () => auditApi.saveFilter(trimmed, writeSaved(filters, range)),
    onSuccess: async () => {
      notify(t('savedDone', { name: trimmed }));
      setName('');
      await client.invalidateQueries(savedQuery);
    },
  });
  const reason = !isFiltered(filters) ? t('savedNothing') : trimmed === '' ? t('savedUnnamed') : null;
  const replaces = saved?.some((one) => one.name === trimmed) ?? false;
  return (
    <Popover label={t('saved')} open={open} onOpenChange={setOpen} trigger={<Button icon={<Bookmark size={14} />}>{t('saved')}</Button>}>
      <div className="w-80 p-2">
        {error && !saved && <InlineError error={error} />}
        {!saved && !error && <Skeleton className="h-10" />}
        {saved?.length === 0 && <p className="px-2 py-1.5 text-ink-2">{t('savedNone')}</p>}
        {saved && saved.length > 0 && (
          <ul className="max-h-72 overflow-y-auto">
            {saved.map((one) => (
              <SavedRow
                key={one.name}
                saved={one}
                onOpen={() => {
                  update(readSaved(one.query));
                  setOpen(false);
                }}
              />
            ))}
          </ul>
        )}
        <form
          className="mt-2 flex gap-2 border-t border-line pt-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason === null && !save.isPending) save.mutate();
          }}
        >
          <input className="field" aria-label={t('savedName')} placeholder={t('savedName')} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          <Button type="submit" look="primary" busy={save.isPending} disabledReason={reason}>
            {replaces ? t('savedReplace') : t('savedSave')}
          </Button>
        </form>
        {save.error && <div className="mt-2"><InlineError error={save.error} /></div>}
      </div>
    </Popover>
  );
}
