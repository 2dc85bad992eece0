import { useMemo, useRef, useState } from 'react';
import type { FileChange, RunReport } from '@/api/runsContracts';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { useRowKeys } from '@/lib/useRowKeys';
import { Card } from '@/ui/Page';
import { EmptyState } from '@/ui/States';
import { Switch } from '@/ui/Switch';
import { useDetailMessages } from '../messages';
import { SearchBox, useTypedText } from '../SearchBox';
import { FileCard } from './FileCard';

/** Beyond this many lines altogether, only the file that is asked for is open at first. */
const mostLinesOpen = 1500;

const readFile = (search: Readonly<Record<string, string>>): string | null => search['file'] ?? null;
const readUnattributed = (search: Readonly<Record<string, string>>): boolean => search['unattributed'] === 'only';

function openAtFirst(changes: readonly FileChange[], pointed: string | null): Set<string> {
  const lines = changes.reduce((all, change) => all + (change.diff?.split('\n').length ?? 0), 0);
  const open = lines <= mostLinesOpen ? changes.filter((change) => change.diff).map((change) => change.path) : changes.slice(0, 3).map((change) => change.path);
  return new Set([...open, ...(pointed === null ? [] : [pointed])]);
}

/** Which files a run changed, and how. */
export function ChangesTab({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const update = useUpdateSearch();
  const pointed = useSearchAs(readFile);
  const onlyUnattributed = useSearchAs(readUnattributed);
  const { text, typed, setTyped } = useTypedText();
  const changes = useMemo(() => run.changes ?? [], [run]);
  const [open, setOpen] = useState(() => openAtFirst(changes, pointed));
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  const shown = changes.filter((change) => (!onlyUnattributed || !change.attributed) && change.path.toLowerCase().includes(text.trim().toLowerCase()));
  if (changes.length === 0) return <Card><EmptyState title={t('noChangesTitle')} detail={t('noChangesDetail')} /></Card>;
  const toggle = (path: string) => setOpen((now) => new Set(now.has(path) ? [...now].filter((other) => other !== path) : [...now, path]));
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        <SearchBox label={t('findFile')} value={typed} onChange={setTyped} />
        {changes.some((change) => !change.attributed) && (
          <label className="inline-flex items-center gap-2">
            <Switch label={t('onlyUnattributed')} checked={onlyUnattributed} onChange={(on) => update({ unattributed: on ? 'only' : undefined }, true)} />
            <span aria-hidden="true">{t('onlyUnattributed')}</span>
          </label>
        )}
        <span className="ml-auto text-xs text-ink-3">{t('files', { count: shown.length })}</span>
      </div>
      <div ref={list}>
        {shown.length === 0 && <Card><EmptyState title={t('noFileMatches')} /></Card>}
        {shown.map((change, index) => (
          <FileCard key={change.path} index={index} change={change} open={open.has(change.path)} pointed={change.path === pointed} onToggle={() => toggle(change.path)} />
        ))}
      </div>
    </>
  );
}
