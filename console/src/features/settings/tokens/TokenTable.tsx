import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Token } from '@/api/contracts';
import { useIsAdmin } from '@/api/session';
import { auditResourcePath } from '@/lib/auditLink';
import { useNow } from '@/lib/useNow';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type Column } from '@/ui/DataTable';
import { InlineError } from '@/ui/States';
import { Time } from '@/ui/Time';
import { Tooltip } from '@/ui/Tooltip';
import { useSettingsMessages } from '../messages';
import { revokeToken, tokensQuery } from '../queries';
import { stateTone, tokenState } from './tokenState';

export function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  const t = useSettingsMessages();
  const isAdmin = useIsAdmin();
  const now = useNow();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Token | null>(null);
  const revoke = useMutation({
    mutationFn: (token: Token) => revokeToken(token.id),
    onSuccess: () => setChosen(null),
    onSettled: () => client.invalidateQueries(tokensQuery),
  });
  const columns = useMemo<Column<Token>[]>(
    () => [
      {
        id: 'name',
        header: t('name'),
        sortBy: (token) => token.name,
        cell: (token) => (
          <div className="min-w-32">
            <div className="font-medium">{token.name}</div>
            <code className="font-mono text-xs text-ink-3">{`${token.prefix}…`}</code>
          </div>
        ),
      },
      { id: 'state', header: t('state'), sortBy: (token) => tokenState(token, now), cell: (token) => <Badge tone={stateTone[tokenState(token, now)]}>{t(`tokens.${tokenState(token, now)}`)}</Badge> },
      { id: 'role', header: t('role'), from: 'sm', sortBy: (token) => token.role, cell: (token) => t(`role.${token.role}`) },
      {
        id: 'scopes',
        header: t('tokens.access'),
        from: 'md',
        cell: (token) =>
          token.scopes === null ? (
            <span className="text-ink-2">{t('tokens.everything')}</span>
          ) : (
            <span className="flex max-w-64 flex-wrap gap-1">
              {token.scopes.map((scope) => (
                <code key={scope} className="rounded bg-raised px-1.5 font-mono text-xs">{scope}</code>
              ))}
            </span>
          ),
      },
      { id: 'used', header: t('tokens.lastUsed'), from: 'sm', sortBy: (token) => token.lastUsedAt, cell: (token) => <Time value={token.lastUsedAt} /> },
      { id: 'expires', header: t('tokens.expiry'), from: 'md', sortBy: (token) => token.expiresAt, cell: (token) => <Time value={token.expiresAt} /> },
      {
        id: 'created',
        header: t('created'),
        from: 'lg',
        sortBy: (token) => token.createdAt,
        cell: (token) => (
          <div>
            <Time value={token.createdAt} />
            {token.createdBy && <div className="text-xs text-ink-3">{t('tokens.createdBy', { name: token.createdBy })}</div>}
          </div>
        ),
      },
      {
        id: 'actions',
        header: '',
        numeric: true,
        cell: (token) => {
          const off = ['revoked', 'expired'].includes(tokenState(token, now));
          const reason = !isAdmin ? t('adminOnly') : off ? t('tokens.alreadyOff') : null;
          return (
            <span className="inline-flex items-center gap-1">
              <Tooltip text={t('tokens.happened', { name: token.name })}>
                <Link to={auditResourcePath} params={{ type: 'token', id: token.id }} aria-label={t('tokens.happened', { name: token.name })} className="grid size-8 place-items-center rounded-md text-ink-2 hover:bg-raised hover:text-ink">
                  <ScrollText size={15} />
                </Link>
              </Tooltip>
              <Button small look="danger" aria-label={t('tokens.revokeFor', { name: token.name })} disabledReason={reason} onClick={() => setChosen(token)}>
                {t('tokens.revoke')}
              </Button>
            </span>
          );
        },
      },
    ],
    [t, now, isAdmin],
  );
  return (
    <>
      <DataTable label={t('tokens')} columns={columns} rows={tokens} rowKey={(token) => token.id} />
      {chosen && (
        <ConfirmDialog
          title={t('tokens.revokeTitle', { name: chosen.name })}
          action={t('tokens.revoke')}
          typeName={chosen.name}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(chosen)}
          onClose={() => setChosen(null)}
        >
          <p>{t('tokens.revokeDetail', { prefix: chosen.prefix })}</p>
          {revoke.error && <InlineError error={revoke.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
