import { ListFilter, PencilLine, Search, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, IconButton } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { useAuditMessages } from '../messages';
import { filterIds, isFiltered, noFilters, withoutValue, withValue, wordOf, type AuditFilters, type FilterId } from './filters';
import { readFilterText, writeFilterText } from './filterText';
import { useFields } from './useFields';

export interface FilterPanelProps {
  filters: AuditFilters;
  /** Filters of the page itself, which are not shown and cannot be taken away. */
  fixed: readonly FilterId[];
  onChange: (filters: AuditFilters) => void;
  children?: ReactNode;
}

const merge = (filters: AuditFilters, more: AuditFilters): AuditFilters =>
  filterIds.reduce((all, id) => (more.values[id] ?? []).reduce((now, value) => withValue(now, id, value), all), { ...filters, text: more.text });

/** Filters as removable chips beside a text that understands the same: `actor:admin outcome:denied`. */
export function FilterPanel({ filters, fixed, onChange, children }: FilterPanelProps) {
  const t = useAuditMessages();
  const fields = useFields().filter(({ id }) => !fixed.includes(id));
  const input = useRef<HTMLInputElement>(null);
  /** What is typed and not yet applied; null while the text is that of the filters. */
  const [typed, setTyped] = useState<string | null>(null);
  /** Whether the text stands for all filters rather than for more of them. */
  const [editing, setEditing] = useState(false);
  const own: AuditFilters = { text: filters.text, values: Object.fromEntries(fields.map(({ id }) => [id, filters.values[id]])) };
  const apply = () => {
    if (typed === null) return;
    const read = readFilterText(typed);
    const allowed = { ...read, values: Object.fromEntries(fields.map(({ id }) => [id, read.values[id]])) };
    onChange(editing ? allowed : merge(own, allowed));
    setTyped(null);
    setEditing(false);
  };
  const type = (text: string) => {
    setTyped(text);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(text.length, text.length);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || typed === null) return;
    event.preventDefault();
    setTyped(null);
    setEditing(false);
  };
  const chips = editing ? [] : fields.flatMap((field) => (own.values[field.id] ?? []).map((value) => ({ field, value, text: t('filterOf', { name: field.label, value: field.choices.find((choice) => choice.value === value)?.label ?? value }) })));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <form
        role="search"
        aria-label={t('search')}
        className={editing ? 'relative min-w-64 flex-1 basis-full' : 'relative min-w-56 flex-1 basis-64 sm:max-w-md'}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" aria-hidden="true" />
        <input
          ref={input}
          type="search"
          data-search
          className={editing ? 'field pl-8 font-mono text-xs' : 'field pl-8'}
          aria-label={t('search')}
          title={editing ? t('editHint') : undefined}
          placeholder={t('searchHint')}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? own.text}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => !editing && apply()}
        />
      </form>
      <Menu align="start" trigger={<Button icon={<ListFilter size={14} />}>{t('filter')}</Button>}>
        {fields.map((field) =>
          field.choices.length === 0 ? (
            <MenuItem key={field.id} onSelect={() => type(`${wordOf[field.id]}:`)}>
              {field.label}
            </MenuItem>
          ) : (
            <DropdownMenu.Sub key={field.id}>
              <DropdownMenu.SubTrigger className="flex min-h-8 cursor-pointer items-center rounded px-2 py-1 outline-none select-none data-highlighted:bg-raised">{field.label}</DropdownMenu.SubTrigger>
              <DropdownMenu.Portal>
                <DropdownMenu.SubContent className="pop z-50 max-h-[70vh] min-w-40 overflow-y-auto p-1" collisionPadding={8}>
                  <MenuItem onSelect={() => type(`${wordOf[field.id]}:`)}>
                    <span className="text-ink-3">{t('type')}</span>
                  </MenuItem>
                  {field.choices.map(({ value, label, hint }) => (
                    <MenuItem key={value} onSelect={() => onChange(withValue(own, field.id, value))}>
                      <span className="min-w-0">
                        <span className={hint ? 'block font-mono text-xs' : 'block'}>{label}</span>
                        {hint && <span className="block text-xs text-ink-3">{hint}</span>}
                      </span>
                    </MenuItem>
                  ))}
                </DropdownMenu.SubContent>
              </DropdownMenu.Portal>
            </DropdownMenu.Sub>
          ),
        )}
      </Menu>
      {chips.map(({ field, value, text }) => (
        <span key={`${field.id} ${value}`} className="inline-flex min-h-7 max-w-80 items-center rounded-md border border-line bg-accent-soft text-xs font-medium text-accent">
          <span className="truncate pl-2" title={text}>{text}</span>
          <button type="button" aria-label={t('removeFilter', { filter: text })} className="grid size-6 shrink-0 place-items-center rounded hover:text-accent-strong" onClick={() => onChange(withoutValue(own, field.id, value))}>
            <X size={13} />
          </button>
        </span>
      ))}
      {isFiltered(own) && !editing && (
        <IconButton
          label={t('editText')}
          icon={<PencilLine size={14} />}
          onClick={() => {
            setEditing(true);
            type(writeFilterText(own));
          }}
        />
      )}
      {chips.length > 1 && (
        <Button look="ghost" small onClick={() => onChange(noFilters)}>
          {t('clear')}
        </Button>
      )}
      {children}
    </div>
  );
}
