import type { components } from './generated';

/** Shapes of Signalbox's own API, generated from openapi.json; here under the names the console uses. */
type Schemas = components['schemas'];

export type Role = Schemas['SessionUser']['role'];
export const roles: readonly Role[] = ['viewer', 'operator', 'release-manager', 'admin'];

export type Session = Schemas['SessionInfo'];
export type Tenant = Schemas['TenantName'];
export type TenantRequest = Schemas['CreateTenant'];
export type Token = Schemas['ApiToken'];
export type TokenRequest = Schemas['CreateApiToken'];
export type CreatedToken = Schemas['CreatedApiToken'];
export type Scope = Schemas['Scope'];
export type User = Schemas['User'];
export type UserRequest = Schemas['CreateUser'];
export type UserPatch = Schemas['ChangeUser'];
export type CreatedUser = Schemas['CreatedUser'];
export type SignInLink = Schemas['UserSignInLink'];
export type Limit = Schemas['LimitItem'];
export type SystemInfo = Schemas['SystemStatus'];

/** The ways samples come in that the console has a word for; others are shown as the server writes them. */
export const sourceKinds = ['scrape', 'otlp-http', 'otlp-grpc', 'remote-write', 'host', 'self'] as const;
export type IngestSource = Schemas['IngestSourceItem'];
