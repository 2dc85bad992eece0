import { Columns2, FoldVertical, Rows2, UnfoldVertical } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AuditCut, AuditEventDetail } from '@/api/auditContracts';
import { useSearchAs, useUpdateSearch } from '@/lib/search';
import { Button } from '@/ui/Button';
import { Card, Section } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { CompareDialog } from './CompareDialog';
import { DiffRows, type DiffLayout } from './DiffRows';
import { foldRows } from './fold';
import type { Json } from './json';
import { marksOf } from './marks';
import { useDiffMessages } from './messages';
import { PlaceList } from './PlaceList';
import { countChanges, diffRows } from './rows';

/** Side by side where there is room for it, unless the address says otherwise. */
const readLayout = (search: Readonly<Record<string, string>>): DiffLayout =>
  search['diff'] === 'inline' || search['diff'] === 'split' ? search['diff'] : window.innerWidth < 768 ? 'inline' : 'split';
const orNone = (value: unknown): Json | undefined => (value === null || value === undefined ? undefined : (value as Json));

/** What an event changed: the old and the new object, line by line. */
export function DiffSection({ event }: { event: AuditEventDetail }) {
  const t = useDiffMessages();
  const update = useUpdateSearch();
  const chosen = useSearchAs(readLayout);
  const [comparing, setComparing] = useState<AuditCut | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<number> | 'all'>(new Set());
  const rows = useMemo(() => diffRows(orNone(event.before), orNone(event.after)), [event]);
  const marks = useMemo(() => marksOf(event), [event]);
  const folded = useMemo(() => foldRows(rows, opened === 'all' ? new Set(rows.keys()) : opened), [rows, opened]);
  const hasFolds = useMemo(() => foldRows(rows, new Set()).length < rows.length, [rows]);
  const before = orNone(event.before);
  const after = orNone(event.after);
  const oneSided = before === undefined || after === undefined;
  const changes = countChanges(rows);
  const note = rows.length === 0 ? null : before === undefined ? t('created') : after === undefined ? t('deleted') : changes === 0 ? t('none') : t('changes', { count: changes });
  const layout = oneSided ? 'inline' : chosen;
  return (
    <>
      {rows.length > 0 && (
        <Section title={t('title')} note={note}>
          <Card className="overflow-hidden">
            <div className="flex flex-wrap items-center justify-end gap-2 border-b border-line px-2 py-1">
              {hasFolds && (
                <Button small look="ghost" icon={opened === 'all' ? <FoldVertical size={13} /> : <UnfoldVertical size={13} />} onClick={() => setOpened(opened === 'all' ? new Set() : 'all')}>
                  {t(opened === 'all' ? 'fold' : 'unfold')}
                </Button>
              )}
              {!oneSided && (
                <Segmented
                  label={t('view')}
                  value={chosen}
                  onChange={(next) => update({ diff: next }, true)}
                  choices={[
                    { value: 'split', label: <><Columns2 size={13} aria-hidden="true" />{t('split')}</> },
                    { value: 'inline', label: <><Rows2 size={13} aria-hidden="true" />{t('inline')}</> },
                  ]}
                />
              )}
            </div>
            <DiffRows label={t('title')} rows={folded} marks={marks} layout={layout} onUnfold={(from) => setOpened((now) => (now === 'all' ? now : new Set([...now, from])))} onCompare={setComparing} />
          </Card>
        </Section>
      )}
      <PlaceList event={event} onCompare={setComparing} />
      {comparing && <CompareDialog cut={comparing} onClose={() => setComparing(null)} />}
    </>
  );
}
