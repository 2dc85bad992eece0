import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from './fakeApi.ts';

const day = 86_400_000;
const origin = 'fake.signalbox.example/default';
const ok = (body: unknown): FakeAnswer => ({ status: 200, body });
const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafOf = (entry: Buffer) => hash(Buffer.from([0]), entry);
const nodeOf = (left: Buffer, right: Buffer) => hash(Buffer.from([1]), left, right);

type Members = Record<string, unknown>;
const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)])) : value;

const long = Array.from({ length: 40 }, (_, i) => `echo "step ${i}: ${'copy the files of the day '.repeat(4)}"`).join('\n');
const job = (more: Members): Members => ({
  name: 'nightly backup', enabled: true, schedule: { cron: '0 3 * * *', timeZone: 'Europe/Berlin', jitterSeconds: 30 }, command: { file: '/bin/sh', arguments: ['-c', long.slice(0, 900)] },
  environment: { BACKUP_TARGET: 's3://backups/nightly', AWS_SECRET_ACCESS_KEY: '[erased]', LANG: 'C.UTF-8' }, retries: { attempts: 3, backoff: 'exponential', firstSeconds: 10 }, tags: ['backup', 'night', 'eu-west'],
  notify: { onFailure: ['ops@example.org', 'lena@example.org'] }, overlap: 'forbid', misfire: 'once', graceSeconds: 30, timeoutSeconds: 7200, ...more,
});

const people = [
  { kind: 'user', id: 'u2', name: 'lena.hofmann' }, { kind: 'user', id: 'u1', name: 'admin' }, { kind: 'token', id: 'a81c', name: 'prometheus eu-west', tokenId: 'a81c' },
  { kind: 'system', id: 'system', name: 'Signalbox' }, { kind: 'agent', id: 'agent-7', name: 'release agent' }, { kind: 'user', id: 'u3', name: '王小明' },
];
const kinds: ((index: number) => Members)[] = [
  () => ({
    action: 'job.update', resource: { type: 'job', id: '0197c2f4-5c1e-7d4a-9f0e-0f6f1f7a1b11', name: 'nightly backup' }, message: 'Audit: lena.hofmann changed job nightly backup', actor: people[0], class: 'standard', traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    before: job({}), diff: [
      { op: 'replace', path: '/schedule/cron', value: '30 4 * * *', old: '0 3 * * *' }, { op: 'replace', path: '/enabled', value: false, old: true }, { op: 'add', path: '/tags/1', value: 'weekly' },
      { op: 'remove', path: '/notify/onFailure/1', old: 'lena@example.org' },
    ],
    cut: [{ path: '/before/command/arguments/1', length: 5123, sha256: createHash('sha256').update(long).digest('hex') }], redacted: [{ path: '/before/environment/AWS_SECRET_ACCESS_KEY', rule: 'aws-secret-access-key' }],
  }),
  () => ({ action: 'token.create', class: 'mandatory', resource: { type: 'token', id: 'q0zz', name: 'grafana' }, message: 'Audit: admin created token grafana', actor: people[1], diff: [{ op: 'add', path: '', value: { name: 'grafana', role: 'viewer', scopes: ['metrics:read'], expiresAt: null } }] }),
  () => ({ action: 'session.create', class: 'mandatory', outcome: 'failed', reasons: ['The password is wrong.'], resource: { type: 'session', id: 's9', name: 'admin' }, message: 'Audit: admin did not sign in', actor: people[1] }),
  () => ({ action: 'release.approve', outcome: 'denied', policyId: 'two-person-rule', decisionId: 'd-1188', reasons: ['The author cannot approve.', 'A second person is needed on weekdays.'], resource: { type: 'release', id: 'r-2026-11-3', name: 'shop 2026.11.3', path: 'shop/prod' }, message: 'Audit: release agent was not allowed to approve release shop 2026.11.3', actor: people[4], onBehalfOf: people[5], reporter: people[2], source: 'runner' }),
  (index) => ({ action: 'job.trigger', resource: { type: 'job', id: `j${index % 7}`, name: ['report', 'cleanup', 'import prices', '每日对账', 'index', 'mail', 'sync'][index % 7] }, message: 'Audit: prometheus eu-west started a job', actor: people[2], source: 'api', data: { arguments: { day: '2026-11-21' } } }),
  () => ({ action: 'user.update', class: 'mandatory', resource: { type: 'user', id: 'u3', name: '王小明' }, message: 'Audit: admin changed user 王小明', actor: people[1], before: { name: '王小明', role: 'viewer', disabled: false }, diff: [{ op: 'replace', path: '/role', value: 'operator', old: 'viewer' }] }),
  () => ({ action: 'audit.gap', class: 'gap', source: 'system', resource: { type: 'log', id: 'default', name: 'default' }, message: 'Audit: 12 events could not be kept', actor: people[3], data: { count: 12, from: new Date().toISOString(), to: new Date().toISOString(), reason: 'overflow' } }),
];

const started = Date.now();
const make = (sequence: number): Buffer => {
  const kind = sequence % 23 === 6 ? 6 : [4, 4, 1, 4, 0, 5, 3, 4, 2][sequence % 9] ?? 4;
  const ageMs = (640 - sequence) ** 2 * 1400;
  return Buffer.from(JSON.stringify(sorted({
    v: 1, id: `0197c2f4-0000-7000-8000-${String(sequence).padStart(12, '0')}`, salt: createHash('md5').update(String(sequence)).digest('base64url'), time: new Date(started - ageMs).toISOString(), tenant: 'default', class: 'standard',
    outcome: 'succeeded', source: 'console', requestId: `0HN8V2K3J5Q7C:${String(sequence).padStart(8, '0')}`, address: ['10.20.4.17', '2001:db8:4:17::9', '192.0.2.44'][sequence % 3], peer: '10.20.0.2', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    ...kinds[kind]?.(sequence),
  })));
};
const entries = Array.from({ length: 640 }, (_, sequence) => make(sequence));
const leaves = entries.map(leafOf);

const splitOf = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));
function rootOf(from: number, to: number): Buffer {
  if (to - from === 1) return leaves[from] as Buffer;
  const split = from + splitOf(to - from);
  return nodeOf(rootOf(from, split), rootOf(split, to));
}
function inclusion(index: number, from: number, to: number): Buffer[] {
  if (to - from <= 1) return [];
  const split = from + splitOf(to - from);
  return index < split ? [...inclusion(index, from, split), rootOf(split, to)] : [...inclusion(index, split, to), rootOf(from, split)];
}
function consistency(size: number, from: number, to: number, whole: boolean): Buffer[] {
  if (size === to - from) return whole ? [] : [rootOf(from, to)];
  const split = from + splitOf(to - from);
  return size <= split - from ? [...consistency(size, from, split, whole), rootOf(split, to)] : [...consistency(size - (split - from), split, to, false), rootOf(from, split)];
}

const pair = generateKeyPairSync('ed25519');
const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
const keyId = hash(Buffer.from(`${origin}\n`), Buffer.from([1]), publicKey).subarray(0, 4);
function checkpoint(): string {
  const text = `${origin}\n${entries.length}\n${rootOf(0, entries.length).toString('base64')}\n`;
  return `${text}\n\u2014 ${origin} ${Buffer.concat([keyId, sign(null, Buffer.from(text), pair.privateKey)]).toString('base64')}\n`;
}

function read(sequence: number): Members | null {
  const bytes = entries[sequence];
  if (!bytes) return null;
  const stored = JSON.parse(bytes.toString()) as Members;
  const nothing = { occurredAt: null, onBehalfOf: null, reporter: null, policyId: null, decisionId: null, reasons: [], traceId: null, addressChain: null, diff: [], cut: [], redacted: [], data: null };
  const actor = (who: unknown) => who && { tokenId: null, ...(who as Members) };
  return { ...nothing, ...stored, sequence, actor: actor(stored['actor']), onBehalfOf: actor(stored['onBehalfOf']) ?? null, reporter: actor(stored['reporter']) ?? null, resource: { path: null, ...(stored['resource'] as Members) } };
}

function after(event: Members): unknown {
  const diff = event['diff'] as { op: string; path: string; value?: unknown }[];
  if (diff[0]?.path === '') return diff[0].value;
  const copy = structuredClone(event['before']) as Members | undefined;
  if (!copy) return null;
  for (const { op, path, value } of diff) {
    const parts = path.split('/').slice(1);
    const last = parts.pop() ?? '';
    const parent = parts.reduce<Members>((at, part) => at[part] as Members, copy);
    if (Array.isArray(parent)) parent.splice(Number(last), op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
    else if (op === 'remove') delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

const filters = new Map<string, Members>();
const retention = { days: 90 };
const cutAt = (days: number) => Math.floor(entries.findIndex((_, index) => Date.parse(String(read(index)?.['time'])) > Date.now() - days * day) / 256) * 256;

export function auditAnswer({ method, path, params, body, scene }: FakeRequest): FakeAnswer | null {
  const route = path.slice('/api/v1/audit'.length);
  const byId = (id: string) => read(/^\d+$/.test(id) ? Number(id) : entries.findIndex((entry) => entry.includes(id)));
  const missing: FakeAnswer = { status: 404, body: { code: 'event_not_found', title: 'There is no such event.', requestId: '0HN8' } };
  if (route === '/events') {
    const has = (name: string, values: unknown[]) => params.getAll(name).length === 0 || params.getAll(name).some((wanted) => values.includes(wanted));
    const fits = (event: Members) => {
      const [actor, resource] = [event['actor'] as Members, event['resource'] as Members];
      const [time, from] = [Date.parse(String(event['time'])), params.get('from')];
      return (from === null || time >= Date.parse(from)) && has('actor', [actor['id'], actor['name']]) && has('action', [event['action']]) && has('resourceType', [resource['type']]) && has('resourceId', [resource['id']]) && has('outcome', [event['outcome']]) &&
        has('address', [event['address']]) && has('source', [event['source']]) && (params.get('text') === null || JSON.stringify(event).toLowerCase().includes((params.get('text') ?? '').toLowerCase()));
    };
    const all = scene.has('empty') ? [] : entries.map((_, index) => read(index) as Members).filter(fits);
    const ordered = params.get('order') === 'asc' ? all : all.reverse();
    const start = Number(params.get('after') ?? 0);
    const end = start + Number(params.get('limit') ?? 100);
    return ok({ items: ordered.slice(start, end), next: end < ordered.length ? String(end) : null });
  }
  if (route.startsWith('/events/')) {
    const [id = '', part] = route.slice('/events/'.length).split('/');
    const event = byId(decodeURIComponent(id));
    if (!event) return missing;
    const entry = entries[Number(event['sequence'])] as Buffer;
    if (part === 'entry') return { status: 200, raw: scene.has('tampered') ? Buffer.from(entry.toString().replace('10.20.0.2', '10.20.0.3')) : entry };
    const cut = (event['cut'] as Members[]).map((one) => ({ ...one, ofName: false }));
    return ok({ before: null, ...event, cut, after: after(event) ?? null, leafHash: leafOf(entry).toString('base64') });
  }
  if (route === '/proof/inclusion') {
    const sequence = Number(params.get('sequence'));
    const base64 = inclusion(sequence, 0, entries.length).map((one) => one.toString('base64'));
    return ok({ sequence, leafHash: leaves[sequence]?.toString('base64'), treeSize: entries.length, rootHash: rootOf(0, entries.length).toString('base64'), hashes: base64, checkpoint: checkpoint() });
  }
  if (route === '/proof/consistency') {
    const [from, to] = [Number(params.get('from')), Number(params.get('to'))];
    return ok({ from, to, fromRootHash: rootOf(0, from).toString('base64'), toRootHash: rootOf(0, to).toString('base64'), hashes: consistency(from, 0, to, true).map((one) => one.toString('base64')) });
  }
  if (route === '/checkpoint') return { status: 200, raw: Buffer.from(checkpoint()) };
  if (route === '/keys') return ok({ origin, items: [{ keyId: keyId.toString('hex'), verifierKey: `${origin}+${keyId.toString('hex')}+${Buffer.concat([Buffer.from([1]), publicKey]).toString('base64')}`, publicKey: publicKey.toString('base64'), createdAt: new Date(started - 40 * day).toISOString(), retiredAt: null }] });
  if (route === '/vocabulary') {
    const names = [...new Set(entries.map((_, index) => String(read(index)?.['action'])))].sort();
    return ok({ actions: names.map((name) => ({ name, class: 'standard', activity: 'update', description: `What ${name} does` })), resourceTypes: ['job', 'release', 'session', 'token', 'user'].map((name) => ({ name, description: `A ${name}` })), outcomes: [], actorKinds: [] });
  }
  const first = Math.max(0, cutAt(retention.days));
  if (route === '/config') {
    if (method === 'PUT') retention.days = Number(/\d+/.exec(String(body['retention']))?.[0]);
    return ok({ retention: `${retention.days}d`, retentionDays: retention.days, defaultRetention: '90d', changedAt: new Date(started - 9 * day).toISOString(), changedBy: 'admin', size: entries.length, firstSequence: first, firstTime: read(first)?.['time'] });
  }
  if (route === '/config/preview') {
    const cut = Math.max(0, cutAt(Number(/\d+/.exec(params.get('retention') ?? '')?.[0])));
    const some = cut > first;
    return ok({ retention: params.get('retention'), events: cut - first, tiles: (cut - first) / 256, firstSequence: some ? first : null, lastSequence: some ? cut - 1 : null, from: some ? read(first)?.['time'] : null, to: some ? read(cut - 1)?.['time'] : null, completeFromSequence: cut, completeFrom: read(cut)?.['time'] });
  }
  if (route === '/filters') return ok({ items: [...filters.values()], next: null });
  if (route.startsWith('/filters/')) {
    const name = decodeURIComponent(route.slice('/filters/'.length));
    if (method === 'DELETE') return filters.delete(name) ? { status: 204 } : missing;
    filters.set(name, { name, query: body['query'], changedAt: new Date().toISOString() });
    return ok(filters.get(name));
  }
  return null;
}
