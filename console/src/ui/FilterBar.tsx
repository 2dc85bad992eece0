import { ListFilter, Search, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { namesFreeField, readFilterText, type FilterState } from '@/lib/filterText';
import { Button } from './Button';
import { Menu, MenuItem } from './Menu';
import { useUiMessages } from './messages';

export interface FilterOption {
  id: string;
  label: string;
  choices: readonly { value: string; label: string }[];
  /** Takes any value; the choices are suggestions. */
  free?: boolean;
}

export interface FilterBarProps {
  label: string;
  placeholder: string;
  fields: readonly FilterOption[];
  state: FilterState;
  onChange: (state: FilterState) => void;
  /** More at the right end, such as a count. */
  children?: ReactNode;
}

const typingPauseMs = 250;

/** Filters as removable chips beside a text that understands the same (`state:failed`). */
export function FilterBar({ label, placeholder, fields, state, onChange, children }: FilterBarProps) {
  const t = useUiMessages();
  const [typed, setTyped] = useState(state.text);
  const [seen, setSeen] = useState(state.text);
  const latest = useRef({ state, onChange });
  useEffect(() => {
    latest.current = { state, onChange };
  });
  // The address changed by other means, such as the back button.
  if (state.text !== seen) {
    setSeen(state.text);
    setTyped(state.text);
  }
  const input = useRef<HTMLInputElement>(null);
  const readable = fields.map(({ id, choices, free }) => ({ id, free, values: choices.map((choice) => choice.value) }));
  const isNaming = namesFreeField(typed, readable);
  const apply = (text: string) => {
    const read = readFilterText(text, readable);
    setSeen(read.text);
    if (Object.keys(read.values).length > 0) setTyped(read.text);
    latest.current.onChange({ text: read.text, values: { ...latest.current.state.values, ...read.values } });
  };
  const applyLatest = useRef(apply);
  useEffect(() => {
    applyLatest.current = apply;
  });
  useEffect(() => {
    if (typed.trim() === seen || isNaming) return;
    const timer = setTimeout(() => applyLatest.current(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, seen, isNaming]);
  const type = (text: string) => {
    setTyped(text);
    requestAnimationFrame(() => input.current?.focus());
  };
  const without = (id: string) => onChange({ text: state.text, values: Object.fromEntries(Object.entries(state.values).filter(([other]) => other !== id)) });
  const chips = fields.flatMap((field) => {
    const value = state.values[field.id];
    return value === undefined ? [] : [{ field, text: field.choices.find((choice) => choice.value === value)?.label ?? value }];
  });
  const offered = fields.filter((field) => field.free || field.choices.some((choice) => choice.value !== state.values[field.id]));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <form
        role="search"
        aria-label={label}
        className="relative min-w-48 flex-1 basis-56 sm:max-w-sm"
        onSubmit={(event) => {
          event.preventDefault();
          apply(typed);
        }}
      >
        <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" aria-hidden="true" />
        <input ref={input} type="search" data-search className="field pl-8" aria-label={label} placeholder={placeholder} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={() => isNaming && apply(typed)} />
      </form>
      {offered.length > 0 && (
      <Menu align="start" trigger={<Button icon={<ListFilter size={14} />}>{t('filter')}</Button>}>
        {offered.map((field) => (
          <DropdownMenu.Sub key={field.id}>
            <DropdownMenu.SubTrigger className="flex min-h-8 cursor-pointer items-center rounded px-2 py-1 outline-none select-none data-highlighted:bg-raised">{field.label}</DropdownMenu.SubTrigger>
            <DropdownMenu.Portal>
              <DropdownMenu.SubContent className="pop z-50 max-h-[70vh] min-w-40 overflow-y-auto p-1" collisionPadding={8}>
                {field.free && (
                  <MenuItem onSelect={() => type(`${field.id}:`)}>
                    <span className="text-ink-3">{t('typeValue')}</span>
                  </MenuItem>
                )}
                {field.choices.map((choice) => (
                  <MenuItem key={choice.value} onSelect={() => onChange({ text: state.text, values: { ...state.values, [field.id]: choice.value } })}>
                    {choice.label}
                  </MenuItem>
                ))}
              </DropdownMenu.SubContent>
            </DropdownMenu.Portal>
          </DropdownMenu.Sub>
        ))}
      </Menu>
      )}
      {chips.map(({ field, text }) => (
        <span key={field.id} className="inline-flex min-h-7 max-w-64 items-center rounded-md border border-line bg-accent-soft text-xs font-medium text-accent">
          <span className="truncate pl-2">{`${field.label}: ${text}`}</span>
          <button type="button" aria-label={t('removeFilter', { filter: `${field.label}: ${text}` })} className="grid size-6 shrink-0 place-items-center rounded hover:text-accent-strong" onClick={() => without(field.id)}>
            <X size={13} />
          </button>
        </span>
      ))}
      {chips.length > 1 && (
        <Button look="ghost" small onClick={() => onChange({ text: state.text, values: {} })}>
          {t('clearFilters')}
        </Button>
      )}
      {children}
    </div>
  );
}
