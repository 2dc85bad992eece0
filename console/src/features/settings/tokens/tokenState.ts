import type { Token } from '@/api/contracts';
import type { Tone } from '@/ui/Badge';

const soonMs = 7 * 86_400_000;

export type TokenState = 'active' | 'expiring' | 'expired' | 'revoked';

export function tokenState(token: Pick<Token, 'revokedAt' | 'expiresAt'>, nowMs: number): TokenState {
  if (token.revokedAt !== null) return 'revoked';
  if (token.expiresAt === null) return 'active';
  const left = Date.parse(token.expiresAt) - nowMs;
  return left <= 0 ? 'expired' : left < soonMs ? 'expiring' : 'active';
}

export const stateTone: Record<TokenState, Tone> = { active: 'ok', expiring: 'warn', expired: 'off', revoked: 'off' };
