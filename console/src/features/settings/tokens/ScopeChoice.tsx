import { useId } from 'react';
import type { Scope } from '@/api/contracts';
import { settingsMessages, useSettingsMessages, type SettingsKey } from '../messages';

export interface ScopeChoiceProps {
  offered: readonly Scope[];
  /** Null for everything the role allows. */
  value: string[] | null;
  error: string | null;
  onChange: (value: string[] | null) => void;
}

const isKnown = (key: string): key is SettingsKey => key in settingsMessages.en;

/** Everything the role allows, or a choice among the scopes. */
export function ScopeChoice({ offered, value, error, onChange }: ScopeChoiceProps) {
  const t = useSettingsMessages();
  const group = useId();
  const describe = (scope: Scope) => {
    const key = `scope.${scope.name}`;
    return isKnown(key) ? t(key) : scope.description;
  };
  const toggle = (name: string, on: boolean) => onChange(on ? [...(value ?? []), name] : (value ?? []).filter((other) => other !== name));
  return (
    <fieldset aria-describedby={error ? `${group}-error` : undefined}>
      <legend className="mb-1 font-medium">{t('tokens.access')}</legend>
      <div className="space-y-1.5">
        <label className="flex items-center gap-2">
          <input type="radio" name={group} className="size-4 accent-accent" checked={value === null} onChange={() => onChange(null)} />
          {t('tokens.everything')}
        </label>
        <label className="flex items-center gap-2">
          <input type="radio" name={group} className="size-4 accent-accent" checked={value !== null} onChange={() => onChange([])} />
          {t('tokens.narrow')}
        </label>
      </div>
      {value !== null && (
        <ul className="mt-2 space-y-1.5 rounded-md border border-line p-3">
          {offered.map((scope) => (
            <li key={scope.name}>
              <label className="flex items-start gap-2">
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                  checked={value.includes(scope.name)}
                  onChange={(event) => toggle(scope.name, event.target.checked)}
                />
                <span>
                  <code className="font-mono text-xs font-medium">{scope.name}</code>
                  <span className="block text-xs text-ink-3">{describe(scope)}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <div id={`${group}-error`} role="alert" className="mt-1 text-xs text-bad">
          {error}
        </div>
      )}
    </fieldset>
  );
}
