import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ShieldAlert, ShieldCheck, ShieldX } from 'lucide-react';
import { auditApi } from '@/api/audit';
import type { AuditEventDetail } from '@/api/auditContracts';
import { hasCrypto } from '@/lib/bytes';
import { keepFirst } from '@/lib/seenCheckpoint';
import { cx } from '@/ui/cx';
import { CodeBox } from '@/ui/CopyButton';
import { Card, Section } from '@/ui/Page';
import { ErrorState, Skeleton } from '@/ui/States';
import { checkProof, proofSteps, verdictOf, type ProofReport } from './check';
import { useProofMessages } from './messages';
import { ProofSteps } from './ProofSteps';

const looks = { proven: ['bg-ok-soft text-ok', ShieldCheck], broken: ['bg-bad-soft text-bad', ShieldX], unsigned: ['bg-warn-soft text-warn', ShieldAlert] } as const;

const verifyCommand = 'signalbox audit verify';

async function readProof(shown: AuditEventDetail, signal: AbortSignal) {
  const [entry, proof, keys] = await Promise.all([auditApi.entry(shown.id, signal), auditApi.inclusion(shown.sequence, signal), auditApi.keys(signal)]);
  const report = await checkProof({ shown, entry, proof, keys });
  // What was seen here first is what the settings page compares with later.
  if (verdictOf(report) === 'proven' && proof.checkpoint !== null) keepFirst(keys.origin, proof.checkpoint, Date.now());
  return { size: entry.length, proof, report };
}

function Verdict({ report }: { report: ProofReport }) {
  const t = useProofMessages();
  const verdict = verdictOf(report);
  const [className, Icon] = looks[verdict];
  const failed = proofSteps.find((step) => report.states[step] === 'fails');
  return (
    <div role="status" className={cx('flex items-center gap-3 border-b border-line px-4 py-3 text-base font-semibold', className)}>
      <Icon size={20} aria-hidden="true" className="shrink-0" />
      {verdict === 'broken' && failed ? t('broken', { step: t(failed) }) : t(verdict)}
    </div>
  );
}

/** Proves in the browser that an event is in the log as it is shown. */
export function ProofSection({ event }: { event: AuditEventDetail }) {
  const t = useProofMessages();
  const able = hasCrypto();
  const { data, error, refetch } = useQuery({ queryKey: ['audit', 'proof', event.id], queryFn: ({ signal }) => readProof(event, signal), enabled: able, staleTime: Infinity });
  const content = () => {
    if (!able) return <p className="p-4 text-ink-2">{t('noCrypto')}</p>;
    if (data) {
      return (
        <>
          <Verdict report={data.report} />
          <ProofSteps report={data.report} size={data.size} sequence={data.proof.sequence} treeSize={data.proof.treeSize} noteText={data.proof.checkpoint} />
        </>
      );
    }
    return error ? <ErrorState compact error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-52" />;
  };
  return (
    <Section title={t('title')} note={t('note')}>
      <Card className="overflow-hidden">
        {content()}
        <div className="border-t border-line px-4 py-3">
          <h3 className="font-medium">{t('meansTitle')}</h3>
          <p className="max-w-4xl text-ink-2">{t('means')}</p>
          <p className="mt-1 max-w-4xl text-ink-2">{t('meansNot')}</p>
          <Link to="/settings/audit" className="mt-1 inline-block rounded text-accent hover:underline">
            {t('toSettings')}
          </Link>
          <p className="mt-3 mb-1 text-xs text-ink-3">{t('command')}</p>
          <div className="max-w-xl">
            <CodeBox text={verifyCommand} />
          </div>
        </div>
      </Card>
    </Section>
  );
}
