import { useRouter } from '@tanstack/react-router';
import { Building2, ChevronsUpDown } from 'lucide-react';
import { chooseTenant, useSession, useSessionChanged } from '@/api/session';
import { Menu, MenuChoice, MenuLabel } from '@/ui/Menu';
import { notify } from '@/ui/notice';
import { useAppMessages } from '../messages';

/** The tenant whose data is shown; a choice only for those who belong to several. */
export function TenantSwitcher() {
  const t = useAppMessages();
  const session = useSession();
  const router = useRouter();
  const sessionChanged = useSessionChanged();
  if (!session) return null;
  const { tenant, tenants } = session;
  const label = tenants.find((candidate) => candidate.name === tenant)?.displayName ?? tenant;
  const choose = async (next: string) => {
    try {
      await chooseTenant(next);
      await sessionChanged();
      await router.invalidate();
    } catch (error) {
      notify(t('tenant.failed', { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  const content = (
    <>
      <Building2 size={15} className="shrink-0 text-ink-3" aria-hidden="true" />
      <span className="max-w-36 truncate max-sm:sr-only">{label}</span>
    </>
  );
  const shape = 'flex min-h-8 items-center gap-1.5 rounded-md px-2 text-ink-2';
  if (tenants.length < 2) {
    return (
      <div className={`${shape} max-sm:hidden`} title={t('tenant.label')}>
        {content}
      </div>
    );
  }
  const trigger = (
    <button type="button" className={`${shape} hover:bg-raised hover:text-ink`} aria-label={`${t('tenant.switch')}: ${label}`}>
      {content}
      <ChevronsUpDown size={13} className="text-ink-3" aria-hidden="true" />
    </button>
  );
  return (
    <Menu trigger={trigger} align="start">
      <MenuLabel>{t('tenant.switch')}</MenuLabel>
      <MenuChoice
        value={tenant}
        choices={tenants.map((candidate) => ({ value: candidate.name, label: candidate.displayName || candidate.name }))}
        onChange={(next) => void choose(next)}
      />
    </Menu>
  );
}
