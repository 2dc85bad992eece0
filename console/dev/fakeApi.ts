import { auditAnswer } from './fakeAudit.ts';
import { evaluate, FakeQueryError } from './fakePromql.ts';
import { runsAnswer } from './fakeRuns.ts';
import { families, seriesOf } from './fakeSeries.ts';

export interface FakeRequest {
  method: string;
  path: string;
  params: URLSearchParams;
  body: Record<string, unknown>;
  /** What the cookie `fake` asks for: `empty`, `error`, `viewer`, `signed-out`, `must-set`, `fresh` … */
  scene: Set<string>;
}
export interface FakeAnswer {
  status: number;
  body?: unknown;
  /** An answer that is not JSON. */
  raw?: Uint8Array;
  headers?: Record<string, string>;
}

const ok = (body: unknown): FakeAnswer => ({ status: 200, body });
const problem = (status: number, code: string, title: string, detail?: string): FakeAnswer => ({
  status,
  body: { type: `https://signalbox.dev/problems/${code}`, status, code, title, detail, requestId: '0HN8V2K3J5Q7C:00000012' },
});
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const day = 86_400;
const startedAt = ago(3 * day + 4000);
const state = { signedIn: true, mustSet: false, revoked: new Set<string>(), tokens: [] as unknown[] };

const token = (id: string, name: string, role: string, scopes: string[], used: number | null, expires: number | null) => ({
  id, name, prefix: `sbx_${id}`, role, scopes, createdAt: ago(20 * day), createdBy: 'admin', expiresAt: expires === null ? null : ago(-expires),
  lastUsedAt: used === null ? null : ago(used), revokedAt: state.revoked.has(id) ? ago(1) : null,
});
const tokens = () => [
  token('k3f9', 'first start', 'admin', ['metrics:read', 'metrics:write', 'admin'], 4, null),
  token('a81c', 'prometheus eu-west', 'operator', ['metrics:write'], 12, 70 * day),
  token('q0zz', 'grafana', 'viewer', ['metrics:read'], 3600, 3 * day),
  token('old1', 'shop load test', 'operator', ['metrics:write'], null, -2 * day),
  ...state.tokens,
];
const users = [
  { id: 'u1', name: 'admin', role: 'admin', disabled: false, createdAt: ago(40 * day), lastSeenAt: ago(3), mustSetPassword: false, hasPassword: true },
  { id: 'u2', name: 'lena.hofmann', role: 'release-manager', disabled: false, createdAt: ago(30 * day), lastSeenAt: ago(7200), mustSetPassword: false, hasPassword: true },
  { id: 'u3', name: '王小明', role: 'operator', disabled: false, createdAt: ago(9 * day), lastSeenAt: ago(2 * day), mustSetPassword: true, hasPassword: false },
  { id: 'u4', name: 'intern', role: 'viewer', disabled: true, createdAt: ago(200 * day), lastSeenAt: ago(90 * day), mustSetPassword: false, hasPassword: true },
];
const link = { path: '/sign-in#link=Zk9vYlQ3c0FqUHJ5V2tUeE5mSGdBd1NpRXVPbQ', expiresAt: ago(-3600) };
const limits = [
  { name: 'metrics.body_bytes', description: 'Size of one request after decompression.', unit: 'bytes', value: 33554432, used: null, refusedTotal: 0 },
  { name: 'metrics.series_per_tenant', description: 'Active series of one tenant.', unit: 'series', value: 1000000, used: 4163, refusedTotal: 0 },
  { name: 'metrics.labels_per_series', description: 'Labels of one series.', unit: 'labels', value: 64, used: 19, refusedTotal: 212 },
  { name: 'metrics.samples_per_request', description: 'Samples in one request.', unit: 'samples', value: 100000, used: 84310, refusedTotal: 3 },
  { name: 'storage.disk_bytes', description: 'Bytes in the data folder before the oldest day goes.', unit: 'bytes', value: 53687091200, used: 52287091200, refusedTotal: 0 },
  { name: 'query.seconds', description: 'Time one query may take.', unit: 'seconds', value: 120, used: null, refusedTotal: 1 },
];
const source = (kind: string, name: string, address: string | null, principal: string | null, rate: number, rejected = 0, lastError: string | null = null, up: boolean | null = true, seen = 3) => ({
  kind, name, address, principal, lastSeenAt: ago(seen), samplesPerSecond: rate, acceptedTotal: Math.round(rate * 260000), rejectedTotal: rejected, lastError, up,
});
const sources = [
  source('host', 'host-07', null, null, 84.2),
  source('self', 'signalbox', '127.0.0.1:7070', null, 61),
  source('otlp-grpc', 'checkout-service', '10.0.0.17', 'shop otel', 412.5, 212, 'labels_per_series: 71 labels, 64 are allowed'),
  source('remote-write', 'prometheus eu-west', '10.0.0.4', 'prometheus eu-west', 1240),
  source('scrape', 'shop', 'http://10.0.0.4:9100/metrics', null, 96, 0, 'connection refused', false, 620),
];

function session(scene: Set<string>): FakeAnswer {
  if (scene.has('signed-out') || !state.signedIn) return problem(401, 'signed_out', 'Nobody is signed in.');
  return ok({
    user: { id: 'u1', name: 'admin', role: scene.has('viewer') ? 'viewer' : 'admin', mustSetPassword: scene.has('must-set') || state.mustSet },
    tenant: 'default',
    tenants: [{ name: 'default', displayName: 'Default' }, { name: 'shop', displayName: 'Shop' }],
    csrfToken: 'fake', version: '0.1.0',
  });
}

function prometheus({ path, params, scene }: FakeRequest): FakeAnswer {
  const wrap = (data: unknown) => ok({ status: 'success', data });
  const match = params.get('match[]') ?? '';
  if (path === '/labels') return wrap([...new Set(families.flatMap((family) => ['__name__', ...family.sets.flatMap((set) => Object.keys(set))]))].sort());
  if (path.startsWith('/label/')) {
    const label = path.split('/')[2] ?? '';
    if (label === '__name__') return wrap(scene.has('empty') ? [] : families.map((family) => family.name).sort());
    return wrap([...new Set(families.flatMap((family) => family.sets.flatMap((set) => set[label] ?? [])))].sort());
  }
  if (path === '/metadata') return wrap(Object.fromEntries(families.map(({ name, type, help }) => [name, [{ type, help, unit: '' }]])));
  if (path === '/series') return wrap(seriesOf(/[a-zA-Z_:][\w:]*/.exec(match)?.[0] ?? '').map((one) => one.labels));
  try {
    const query = params.get('query') ?? '';
    const series = scene.has('empty') ? [] : evaluate(query);
    if (path === '/query') {
      const time = Number(params.get('time') ?? Date.now() / 1000);
      return wrap({ resultType: 'vector', result: series.map((one) => ({ metric: one.labels, value: [time, String(one.at(time))] })) });
    }
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(params.get(name))) as [number, number, number];
    const first = scene.has('fresh') ? Date.now() / 1000 - 40 : 0;
    const result = series.map((one, index) => {
      const values: [number, string][] = [];
      for (let t = start; t <= end; t += step) {
        const hole = index === 0 && Math.floor(t / 600) % 9 === 4 && t % 600 < 100;
        if (t >= first && t <= Date.now() / 1000 && !hole) values.push([t, String(one.at(t))]);
      }
      return { metric: one.labels, values };
    });
    return wrap({ resultType: 'matrix', result });
  } catch (error) {
    if (!(error instanceof FakeQueryError)) throw error;
    return { status: 400, body: { status: 'error', errorType: 'bad_data', error: `invalid parameter "query": ${error.message}` } };
  }
}

export function answer(request: FakeRequest): FakeAnswer {
  const { method, path, body, scene } = request;
  const route = `${method} ${path}`;
  const list = (items: unknown[]) => ok({ items: scene.has('empty') ? [] : items, next: null });
  if (path === '/api/v1/session' && method === 'POST') {
    if (scene.has('slowed')) return { ...problem(429, 'sign_in_slowed', 'Too many attempts.'), headers: { 'Retry-After': '25' } };
    if (body['password'] === 'wrong') return problem(401, 'sign_in_failed', 'Name and password do not match.');
    state.signedIn = true;
    return { status: 204 };
  }
  if (route === 'POST /api/v1/session/link') {
    if (body['token'] === 'bad') return problem(401, 'link_invalid', 'This link does not work.');
    state.signedIn = state.mustSet = true;
    return { status: 204 };
  }
  if (route === 'GET /api/v1/session') return session(scene);
  if (route === 'PUT /api/v1/session/password') state.mustSet = false;
  if (route === 'DELETE /api/v1/session') state.signedIn = false;
  if (path.startsWith('/api/v1/session')) return { status: 204 };
  if (scene.has('error')) return problem(503, 'store_unavailable', 'The metric store is replaying its log.', 'Try again in some seconds.');
  if (path.startsWith('/prometheus/api/v1')) return prometheus({ ...request, path: path.slice('/prometheus/api/v1'.length) });
  if (route === 'POST /api/v1/tokens') {
    const made = { ...token('n3w0', String(body['name']), String(body['role']), (body['scopes'] as string[] | undefined) ?? [], null, 30 * day), createdAt: ago(0) };
    state.tokens.push(made);
    return { status: 201, body: { token: made, secret: 'sbx_n3w0_Zk9vYlQ3c0FqUHJ5V2tUeE5mSGdBd1NpRXVPbQ' } };
  }
  if (method === 'DELETE' && path.startsWith('/api/v1/tokens/')) {
    state.revoked.add(path.split('/')[4] ?? '');
    return { status: 204 };
  }
  if (path === '/api/v1/tokens') return list(tokens());
  if (path === '/api/v1/scopes') {
    return list([
      { name: 'metrics:read', description: 'Query metrics.' },
      { name: 'metrics:write', description: 'Send metrics.' },
      { name: 'admin', description: 'Manage tokens, users and tenants.' },
    ]);
  }
  if (path === '/api/v1/users' && method === 'POST' && body['name'] === 'admin') {
    return { status: 409, body: { code: 'name_taken', title: 'This name is taken.', requestId: '0HN8', errors: { name: ['This name is taken.'] } } };
  }
  if (path === '/api/v1/users') return method === 'GET' ? list(users) : { status: 201, body: { user: users[1], signInLink: body['password'] === undefined ? link : null } };
  if (path.endsWith('/sign-in-link')) return ok(link);
  if (path.startsWith('/api/v1/users/')) return ok(users[1]);
  if (path === '/api/v1/tenants') return method === 'GET' ? ok({ items: [{ name: 'default', displayName: 'Default' }, { name: 'shop', displayName: 'Shop' }], next: null }) : { status: 201, body };
  if (path === '/api/v1/limits') return list(limits);
  if (path === '/api/v1/ingest/sources') return list(sources);
  if (path === '/api/v1/system') {
    return ok({
      version: '0.1.0', startedAt: scene.has('fresh') ? ago(45) : startedAt, now: ago(0), dataFolder: '/srv/signalbox/data', diskBytes: 3.4e9,
      diskQuotaBytes: 5e10, diskFreeBytes: 1.83e11, retentionDays: 15, activeSeries: 4163, residentBytes: 118e6, tenants: 2,
    });
  }
  const audit = path.startsWith('/api/v1/audit/') ? auditAnswer(request) : null;
  if (audit) return audit;
  const runs = path === '/api/v1/runs' || path.startsWith('/api/v1/runs/') ? runsAnswer(request) : null;
  if (runs) return runs;
  return problem(404, 'not_found', 'There is nothing here.');
}
