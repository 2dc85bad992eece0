/** The mark: a signal with its lower lamp lit. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="8" y="2" width="16" height="28" rx="8" className="fill-ink" />
      <circle cx="16" cy="10" r="4" className="fill-surface" opacity="0.25" />
      <circle cx="16" cy="21.5" r="4.4" fill="#4ade80" />
    </svg>
  );
}
