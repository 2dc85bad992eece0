import { Search as SearchIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSearchAs, useUpdateSearch, type Search } from '@/lib/search';
import { useSettled } from '@/lib/useSettled';

const typingPauseMs = 250;
const longest = 200;
const readText = (search: Search): string => (search['text'] ?? '').slice(0, longest);

/** The text that the address holds, and that which is being typed; it becomes the address's when it rests. */
export function useTypedText(): { text: string; typed: string; setTyped: (text: string) => void } {
  const update = useUpdateSearch();
  const text = useSearchAs(readText);
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed, typingPauseMs);
  useEffect(() => {
    if (settled !== text) update({ text: settled === '' ? undefined : settled }, true);
    // What is typed decides; the address follows it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return { text, typed, setTyped };
}

export interface SearchBoxProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (text: string) => void;
}

/** The field above a part of a run that looks for a text in it. */
export function SearchBox({ label, hint, value, onChange }: SearchBoxProps) {
  return (
    <div className="relative min-w-48 flex-1 sm:max-w-sm">
      <SearchIcon size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" aria-hidden="true" />
      <input type="search" data-search className="field pl-8" aria-label={label} placeholder={hint ?? label} value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}
