import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { toBase64 } from '@/lib/bytes';
import { formatCount, formatDateTime } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Badge } from '@/ui/Badge';
import { CodeBox, CopyButton } from '@/ui/CopyButton';
import { Card, Section } from '@/ui/Page';
import { ErrorState, Skeleton } from '@/ui/States';
import { Time } from '@/ui/Time';
import { ComparePanel } from './ComparePanel';
import { useAuditSettings } from './messages';
import { checkpointQuery, keysQuery, type ShownSignature } from './queries';

const tones = { good: 'ok', bad: 'bad', unchecked: 'off' } as const;

function Signature({ signature }: { signature: ShownSignature }) {
  const t = useAuditSettings();
  const locale = useLocale();
  const { name, kind, atMs, state } = signature;
  const what = kind === 'log' ? t('byLog') : kind === 'witness' ? t('byWitness', { time: formatDateTime(locale, atMs ?? 0) }) : t('byUnknown');
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <code className="font-mono text-xs break-all">{name}</code>
      <span className="text-ink-2">{what}</span>
      <Badge tone={tones[state]}>{t(state)}</Badge>
    </li>
  );
}

function CheckpointFacts() {
  const t = useAuditSettings();
  const locale = useLocale();
  const { data, error, refetch } = useQuery(checkpointQuery);
  if (!data) return error ? <ErrorState compact error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-40" />;
  const { checkpoint, signatures, newest, text } = data;
  if (!checkpoint) return <div className="p-4"><p className="mb-2 text-bad">{t('result.unreadable')}</p><CodeBox text={text} /></div>;
  const fact = (name: string, value: ReactNode) => (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{value}</dd>
    </div>
  );
  const root = toBase64(checkpoint.root);
  return (
    <>
      <dl className="grid gap-x-8 gap-y-3 p-4 md:grid-cols-2">
        {fact(t('origin'), <code className="font-mono text-xs">{checkpoint.origin}</code>)}
        {fact(t('size'), <span className="tabular">{t('sizeEvents', { count: Number(checkpoint.size) })}</span>)}
        {fact(
          t('root'),
          <span className="flex min-w-0 items-center gap-1">
            <code className="min-w-0 font-mono text-xs break-all">{root}</code>
            <CopyButton text={root} what={t('copyRoot')} />
          </span>,
        )}
        {newest &&
          fact(
            t('covers'),
            <span className="flex flex-wrap items-center gap-x-2">
              <Link to="/audit/$id" params={{ id: newest.id }} className="rounded text-accent hover:underline">
                {`${newest.action} · ${formatCount(locale, newest.sequence)}`}
              </Link>
              <Time value={newest.time} />
            </span>,
          )}
        {fact(
          t('signatures'),
          <>
            <ul>
              {signatures.map((signature, index) => (
                <Signature key={index} signature={signature} />
              ))}
            </ul>
            {!signatures.some(({ kind }) => kind === 'witness') && <p className="text-ink-3">{t('noWitness')}</p>}
          </>,
        )}
      </dl>
      <ComparePanel origin={checkpoint.origin} note={text} />
    </>
  );
}

function KeyList() {
  const t = useAuditSettings();
  const { data, error, refetch } = useQuery(keysQuery);
  if (!data) return error ? <ErrorState compact error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-16" />;
  return (
    <ul>
      {data.keys.items.map((key, index) => (
        <li key={key.keyId} className="space-y-1.5 border-b border-line px-4 py-3 last:border-0">
          <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
            <span>
              <span className="mr-2 text-xs text-ink-3">{t('keyId')}</span>
              <code className="font-mono text-xs">{key.keyId}</code>
            </span>
            <span>
              <span className="mr-2 text-xs text-ink-3">{t('created')}</span>
              <Time value={key.createdAt} />
            </span>
            {key.retiredAt ? (
              <span>
                <span className="mr-2 text-xs text-ink-3">{t('retired')}</span>
                <Time value={key.retiredAt} />
              </span>
            ) : (
              <Badge tone="ok">{t('active')}</Badge>
            )}
          </div>
          {data.fingerprints[index] && (
            <div>
              <span className="mr-2 text-xs text-ink-3">{t('fingerprint')}</span>
              <code className="font-mono text-xs break-all">{data.fingerprints[index]}</code>
            </div>
          )}
          <CodeBox text={key.verifierKey} what={t('copyKey')} />
        </li>
      ))}
    </ul>
  );
}

/** The state of the log that is signed now, and the keys that sign it. */
export function VerificationCard() {
  const t = useAuditSettings();
  return (
    <>
      <Section title={t('verification')} note={t('checkpoint')}>
        <Card className="overflow-hidden">
          <CheckpointFacts />
        </Card>
      </Section>
      <Section title={t('keys')} note={t('keysLead')}>
        <Card>
          <KeyList />
        </Card>
      </Section>
    </>
  );
}
