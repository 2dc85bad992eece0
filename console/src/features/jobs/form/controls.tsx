import type { ReactNode } from 'react';
import { cx } from '@/ui/cx';
import { Field } from '@/ui/Field';
import { useForm } from './formContext';
import type { JobForm } from './formState';

type TextMember = { [K in keyof JobForm]: JobForm[K] extends string ? (string extends JobForm[K] ? K : never) : never }[keyof JobForm];
type ListMember = { [K in keyof JobForm]: JobForm[K] extends readonly string[] ? K : never }[keyof JobForm];

export interface TextProps {
  field: TextMember;
  /** As the server names it in a refusal; the field's own name where it is the same. */
  member?: string;
  label: string;
  hint?: ReactNode;
  mono?: boolean;
  type?: 'text' | 'datetime-local' | 'url' | 'number';
  /** Makes it a box of so many lines. */
  rows?: number;
  /** Id of a list of suggestions. */
  list?: string;
  placeholder?: string;
  /** Said of the error instead of the error itself, such as with its place marked. */
  describeError?: (message: string) => string;
}

export function Text({ field, member, label, hint, mono, type = 'text', rows, list, placeholder, describeError }: TextProps) {
  const { form, set, errorOf } = useForm();
  const error = errorOf(member ?? field);
  const className = cx('field', mono && 'font-mono text-xs');
  const value = form[field];
  return (
    <Field label={label} hint={hint} error={error !== null && describeError ? describeError(error) : error}>
      {(control) =>
        rows ? (
          <textarea {...control} className={className} rows={rows} spellCheck={false} placeholder={placeholder} value={value} onChange={(event) => set({ [field]: event.target.value })} />
        ) : (
          <input {...control} className={className} type={type} step={type === 'datetime-local' ? 1 : undefined} list={list} autoComplete="off" spellCheck={false} placeholder={placeholder} value={value} onChange={(event) => set({ [field]: event.target.value })} />
        )
      }
    </Field>
  );
}

export interface ChoiceProps {
  field: TextMember;
  member?: string;
  label: string;
  hint?: ReactNode;
  choices: readonly { value: string; label: string }[];
}

export function Choice({ field, member, label, hint, choices }: ChoiceProps) {
  const { form, set, errorOf } = useForm();
  return (
    <Field label={label} hint={hint} error={errorOf(member ?? field)}>
      {(control) => (
        <select {...control} className="field" value={form[field]} onChange={(event) => set({ [field]: event.target.value })}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Several({ field, member, label, choices }: { field: ListMember; member: string; label: string; choices: readonly { value: string; label: string }[] }) {
  const { form, set, errorOf } = useForm();
  const chosen = form[field];
  const error = errorOf(member);
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {choices.map(({ value, label: text }) => (
          <label key={value} className="flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen.includes(value)}
              onChange={(event) => set({ [field]: event.target.checked ? [...chosen, value] : chosen.filter((other) => other !== value) })}
            />
            {text}
          </label>
        ))}
      </div>
      {error && (
        <div role="alert" className="mt-1 text-xs text-bad">
          {error}
        </div>
      )}
    </fieldset>
  );
}

export function Check({ field, label }: { field: 'enabled' | 'sign'; label: string }) {
  const { form, set } = useForm();
  return (
    <label className="flex items-center gap-2">
      <input type="checkbox" className="size-4 accent-accent" checked={form[field]} onChange={(event) => set({ [field]: event.target.checked })} />
      {label}
    </label>
  );
}
