import { cx } from './cx';

/** A bar of how much is used, from 0 to 1. Amber from 80 %, red from 95 %; the caller writes the figure beside it. */
export function Meter({ ratio, label, neutral }: { ratio: number; label: string; neutral?: boolean }) {
  const filled = Math.min(1, Math.max(0, Number.isFinite(ratio) ? ratio : 0));
  const tone = neutral ? 'bg-accent' : filled >= 0.95 ? 'bg-bad' : filled >= 0.8 ? 'bg-warn' : 'bg-accent';
  return (
    <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(filled * 100)} className="h-1.5 w-full overflow-hidden rounded-full bg-raised">
      <div className={cx('h-full rounded-full', tone)} style={{ width: `${Math.max(filled * 100, filled > 0 ? 1 : 0)}%` }} />
    </div>
  );
}
