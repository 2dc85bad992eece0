import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { riskLevels, type RunReport } from '@/api/runsContracts';
import { useRunsMessages } from '@/features/runs/messages';
import { formatTokens, formatUsd } from '@/features/runs/parts/money';
import { formatBytes, formatCount, formatPercent } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { cx } from '@/ui/cx';
import { Meter } from '@/ui/Meter';
import { useDetailMessages } from '../messages';
import type { RunTab } from '../tabs';

interface TileProps {
  id: string;
  tab: RunTab;
  name: string;
  value: ReactNode;
  tone?: 'bad' | 'warn' | 'ok';
  children?: ReactNode;
}

const tones = { bad: 'text-bad', warn: 'text-warn', ok: 'text-ok' };

/** One figure that a reviewer wants first; leads to the part that tells more. */
function Tile({ id, tab, name, value, tone, children }: TileProps) {
  return (
    <Link to="/runs/$id" params={{ id }} search={tab === 'summary' ? {} : { tab }} activeOptions={{ exact: true }} resetScroll={false} className="block min-w-0 rounded-lg border border-line bg-surface p-3.5 shadow-card hover:border-line-strong">
      <span className="block text-xs text-ink-3">{name}</span>
      <span className={cx('tabular block truncate text-xl leading-8 font-semibold', tone && tones[tone])}>{value}</span>
      <span className="block text-xs text-ink-2">{children}</span>
    </Link>
  );
}

function Changed({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const changes = run.changes ?? [];
  const unattributed = changes.filter((change) => !change.attributed).length;
  const sum = (member: 'linesAdded' | 'linesRemoved') => formatCount(locale, changes.reduce((all, change) => all + (change[member] ?? 0), 0));
  return (
    <Tile id={run.id} tab="changes" name={t('tile.changed')} value={changes.length === 0 ? t('noChanges') : t('files', { count: changes.length })}>
      {changes.length > 0 && <span className="tabular block">{t('lines', { added: sum('linesAdded'), removed: sum('linesRemoved') })}</span>}
      {changes.length > 0 && <span className={unattributed > 0 ? 'block font-medium text-warn' : 'block'}>{unattributed > 0 ? t('unattributedCount', { count: unattributed }) : t('allAttributed')}</span>}
    </Tile>
  );
}

function Denied({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const denied = run.denials?.length ?? 0;
  const calls = (run.tools ?? []).reduce((all, tool) => all + tool.calls, 0);
  return (
    <Tile id={run.id} tab="denials" name={t('tile.denied')} value={denied === 0 ? t('noChanges') : t('calls', { count: denied })} tone={denied > 0 ? 'warn' : undefined}>
      {calls > 0 && t('ofCalls', { count: calls })}
    </Tile>
  );
}

function Spent({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const { usage, result } = run;
  if (!usage) return <Tile id={run.id} tab="usage" name={t('tile.spent')} value="–">{t('noUsage')}</Tile>;
  const turns = result?.turns ?? null;
  return (
    <Tile id={run.id} tab="usage" name={t('tile.spent')} value={usage.costUsd === null || usage.costUsd === undefined ? t('costUnknown') : formatUsd(locale, usage.costUsd)}>
      <span className="block">{t('tokensOf', { tokens: formatTokens(locale, usage.totalTokens) })}</span>
      {turns !== null && <span className="block">{t('turns', { count: turns })}</span>}
    </Tile>
  );
}

function Risk({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const runs = useRunsMessages();
  const locale = useLocale();
  const { risk } = run;
  if (!risk) return null;
  const level = riskLevels.find((known) => known === risk.level);
  return (
    <Tile id={run.id} tab="summary" name={t('tile.risk')} value={formatCount(locale, risk.score)} tone={risk.level === 'low' ? 'ok' : risk.level === 'medium' ? 'warn' : 'bad'}>
      <span className="block pb-1.5">{level ? runs(`risk.${level}`) : risk.level}</span>
      <span className="block h-1.5 overflow-hidden rounded-full bg-raised" aria-hidden="true">
        <span className={cx('block h-full rounded-full', risk.level === 'low' ? 'bg-ok' : risk.level === 'medium' ? 'bg-warn' : 'bg-bad')} style={{ width: `${Math.min(100, Math.max(0, risk.score))}%` }} />
      </span>
    </Tile>
  );
}

function Memory({ run }: { run: RunReport }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const peak = run.resources?.peakBytes ?? 0;
  const limit = run.resources?.limitBytes ?? 0;
  if (peak === 0) return null;
  const ratio = limit > 0 ? peak / limit : 0;
  return (
    <Tile id={run.id} tab="memory" name={t('tile.memory')} value={formatBytes(locale, peak)} tone={ratio >= 0.95 ? 'bad' : ratio >= 0.8 ? 'warn' : undefined}>
      <span className="block pb-1.5">{limit > 0 ? t('peakOf', { limit: formatBytes(locale, limit), percent: formatPercent(locale, ratio) }) : t('peakNoLimit')}</span>
      {limit > 0 && <Meter ratio={ratio} label={t('tile.memory')} />}
    </Tile>
  );
}

/** What was changed, denied and spent, and at which risk. */
export function Tiles({ run }: { run: RunReport }) {
  return (
    <div className="mb-6 grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5">
      <Changed run={run} />
      <Denied run={run} />
      <Spent run={run} />
      <Risk run={run} />
      <Memory run={run} />
    </div>
  );
}
