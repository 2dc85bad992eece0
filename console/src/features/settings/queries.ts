import { queryOptions } from '@tanstack/react-query';
import { request, requestAll } from '@/api/client';
import type { CreatedToken, CreatedUser, Scope, SignInLink, Tenant, TenantRequest, Token, TokenRequest, User, UserPatch, UserRequest } from '@/api/contracts';

export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => requestAll<Token>('/api/v1/tokens', signal) });
export const scopesQuery = queryOptions({ queryKey: ['scopes'], queryFn: ({ signal }) => requestAll<Scope>('/api/v1/scopes', signal), staleTime: Infinity });
export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => requestAll<User>('/api/v1/users', signal) });
export const tenantsQuery = queryOptions({ queryKey: ['tenants'], queryFn: ({ signal }) => requestAll<Tenant>('/api/v1/tenants', signal) });

const withId = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`;

export const createToken = (body: TokenRequest): Promise<CreatedToken> => request('POST', '/api/v1/tokens', { body });
export const revokeToken = (id: string): Promise<void> => request('DELETE', withId('/api/v1/tokens', id));
export const createUser = (body: UserRequest): Promise<CreatedUser> => request('POST', '/api/v1/users', { body });
export const changeUser = (id: string, body: UserPatch): Promise<User> => request('PATCH', withId('/api/v1/users', id), { body });
/** Takes the password away and gives a link by which a new one can be set. */
export const createSignInLink = (id: string): Promise<SignInLink> => request('POST', `${withId('/api/v1/users', id)}/sign-in-link`);
export const deleteUser = (id: string): Promise<void> => request('DELETE', withId('/api/v1/users', id));
export const createTenant = (body: TenantRequest): Promise<Tenant> => request('POST', '/api/v1/tenants', { body });
