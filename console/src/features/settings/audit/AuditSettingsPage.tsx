import { ShieldAlert } from 'lucide-react';
import { useIsAtLeast, useSession } from '@/api/session';
import { EmptyState } from '@/ui/States';
import { SettingsFrame } from '../SettingsFrame';
import { ExportCard } from './ExportCard';
import { useAuditSettings } from './messages';
import { RetentionCard } from './RetentionCard';
import { VerificationCard } from './VerificationCard';

export default function AuditSettingsPage() {
  const t = useAuditSettings();
  const may = useIsAtLeast('operator');
  const signedIn = useSession() !== undefined;
  return (
    <SettingsFrame tab="audit">
      {may || !signedIn ? (
        <>
          <RetentionCard />
          <VerificationCard />
          <ExportCard />
        </>
      ) : (
        <EmptyState icon={<ShieldAlert size={24} strokeWidth={1.5} />} title={t('forbidden')} detail={t('forbiddenDetail')} />
      )}
    </SettingsFrame>
  );
}
