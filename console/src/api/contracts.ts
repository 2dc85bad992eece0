/** Shapes of Signalbox's own API, as the server writes them. */

export type Role = 'viewer' | 'operator' | 'release-manager' | 'admin';
export const roles: readonly Role[] = ['viewer', 'operator', 'release-manager', 'admin'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface SessionUser {
  id: string;
  name: string;
  role: Role;
  mustSetPassword: boolean;
}

export interface Tenant {
  name: string;
  displayName: string;
}

export interface Session {
  user: SessionUser;
  tenant: string;
  tenants: Tenant[];
  csrfToken: string;
  version: string;
}

export interface Token {
  id: string;
  name: string;
  /** The first characters of the secret, enough to recognise it. */
  prefix: string;
  role: Role;
  /** What the token is narrowed to; null means everything its role allows. */
  scopes: string[] | null;
  createdAt: string;
  createdBy: string | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface TokenRequest {
  name: string;
  role: Role;
  scopes?: string[];
  /** A duration such as `30d`; without it the token does not expire. */
  expiresIn?: string;
}

export interface CreatedToken {
  token: Token;
  /** Shown once; the server keeps only its hash. */
  secret: string;
}

export interface Scope {
  name: string;
  description: string;
}

export interface User {
  id: string;
  name: string;
  role: Role;
  disabled: boolean;
  createdAt: string | null;
  lastSeenAt: string | null;
  mustSetPassword: boolean;
}

export interface UserRequest {
  name: string;
  role: Role;
  password?: string;
}

export interface UserPatch {
  role?: Role;
  password?: string;
  disabled?: boolean;
}

export interface Limit {
  name: string;
  description: string;
  unit: string;
  value: number;
  used: number | null;
  refusedTotal: number;
}

export type SourceKind = 'scrape' | 'otlp-http' | 'otlp-grpc' | 'remote-write' | 'host' | 'self';

export interface IngestSource {
  kind: SourceKind;
  name: string;
  address: string | null;
  principal: string | null;
  lastSeenAt: string | null;
  samplesPerSecond: number;
  acceptedTotal: number;
  rejectedTotal: number;
  lastError: string | null;
  up: boolean | null;
}

export interface SystemInfo {
  version: string;
  startedAt: string;
  now: string;
  dataFolder: string;
  diskBytes: number;
  diskQuotaBytes: number | null;
  diskFreeBytes: number;
  retentionDays: number;
  activeSeries: number;
  residentBytes: number;
  tenants: number;
}
