import { useQuery } from '@tanstack/react-query';
import { Building2, Plus } from 'lucide-react';
import { useMemo } from 'react';
import type { Tenant } from '@/api/contracts';
import { useIsAdmin, useSession } from '@/api/session';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { DataTable, type Column } from '@/ui/DataTable';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/States';
import { useSettingsMessages } from '../messages';
import { tenantsQuery } from '../queries';
import { ListCard, SettingsFrame } from '../SettingsFrame';
import { useDialogParam } from '../useDialogParam';
import { CreateTenantForm } from './CreateTenantForm';

export default function TenantsPage() {
  const t = useSettingsMessages();
  const isAdmin = useIsAdmin();
  const current = useSession()?.tenant;
  const tenants = useQuery(tenantsQuery);
  const [open, setOpen] = useDialogParam();
  const columns = useMemo<Column<Tenant>[]>(
    () => [
      { id: 'display', header: t('tenants.displayName'), sortBy: (tenant) => tenant.displayName, cell: (tenant) => <span className="font-medium">{tenant.displayName || tenant.name}</span> },
      { id: 'name', header: t('tenants.id'), sortBy: (tenant) => tenant.name, cell: (tenant) => <code className="font-mono text-xs">{tenant.name}</code> },
      { id: 'current', header: '', numeric: true, cell: (tenant) => tenant.name === current && <Badge tone="info">{t('tenants.current')}</Badge> },
    ],
    [t, current],
  );
  const button = (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setOpen(true)} disabledReason={!isAdmin && t('adminOnly')}>
      {t('tenants.new')}
    </Button>
  );
  return (
    <SettingsFrame tab="tenants" action={button}>
      <ListCard query={tenants} empty={<EmptyState icon={<Building2 size={24} strokeWidth={1.5} />} title={t('tenants.emptyTitle')} detail={t('tenants.emptyDetail')} />}>
        {(items) => <DataTable label={t('tenants')} columns={columns} rows={items} rowKey={(tenant) => tenant.name} sortedBy="display" />}
      </ListCard>
      {open && isAdmin && (
        <Dialog open onOpenChange={setOpen} title={t('tenants.newTitle')}>
          <CreateTenantForm onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </SettingsFrame>
  );
}
