import { Text } from './controls';
import { placeIn } from './errorPlace';
import { useForm } from './formContext';
import { useFormMessages } from './messages';

export interface ExpressionFieldProps {
  field: 'cron' | 'rrule';
  label: string;
  hint: string;
}

/** An expression with, when it is wrong, an arrow under the character where the trouble starts. */
export function ExpressionField({ field, label, hint }: ExpressionFieldProps) {
  const t = useFormMessages();
  const { form, errorOf } = useForm();
  const error = errorOf(`schedule.${field}`);
  const place = error === null ? null : placeIn(error);
  const leading = form[field].length - form[field].trimStart().length;
  const at = place && Math.min(place.at + leading, form[field].length);
  return (
    <div>
      <Text
        field={field}
        member={`schedule.${field}`}
        label={label}
        hint={hint}
        mono
        describeError={(message) => {
          const found = placeIn(message);
          return found ? `${found.message} (${t('errorAt', { at: found.at + 1 })})` : message;
        }}
      />
      {at !== null && (
        <pre aria-hidden="true" className="mt-1 overflow-x-auto rounded-md bg-bad-soft px-2.5 py-1 font-mono text-xs text-bad">
          {`${form[field]}\n${' '.repeat(at)}^`}
        </pre>
      )}
    </div>
  );
}
