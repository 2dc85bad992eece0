// @vitest-environment node
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditEventDetail, AuditKeys, InclusionProof } from '@/api/auditContracts';
import { concat, fromBase64, sha256, toBase64, toHex, utf8, type Bytes } from '@/lib/bytes';
import { climb, leafHash } from '@/lib/merkle';
import { eventDetail } from '../testEvents';
import { checkProof, verdictOf, type ProofInput, type ProofStep } from './check';

const origin = 'box.example/default';
const stored = {
  action: 'job.update', actor: { id: 'u1', kind: 'user', name: 'admin' }, address: '10.0.0.1', before: { on: true, note: null }, class: 'standard',
  cut: [{ length: 9000, path: '/before/note', sha256: 'ab' }],
  diff: [{ old: true, op: 'replace', path: '/on', value: false }], id: 'e5', message: 'Audit: admin changed job nightly', outcome: 'succeeded',
  requestId: 'r1', resource: { id: 'j1', name: 'nightly', type: 'job' }, salt: 'AAAA', source: 'console', tenant: 'default', time: '2026-01-02T03:04:05.678Z', v: 1,
};
const shown = (more: Partial<AuditEventDetail> = {}): AuditEventDetail =>
  eventDetail({
    id: 'e5', sequence: 2, action: 'job.update', resource: { type: 'job', id: 'j1', name: 'nightly', path: null }, message: stored.message, time: '2026-01-02T03:04:05.678+00:00',
    diff: stored.diff, cut: stored.cut.map((cut) => ({ ...cut, ofName: false })), before: stored.before, after: { on: false, note: null }, leafHash: right.leafHash, ...more,
  });

let right: InclusionProof;
let keys: AuditKeys;
let input: ProofInput;
const entry = utf8(JSON.stringify(stored));

beforeAll(async () => {
  const neighbours = await Promise.all(['a', 'b', 'c'].map((text) => leafHash(utf8(text))));
  const leaf = await leafHash(entry);
  const { root } = await climb(2n, 5n, leaf, neighbours);
  const rootHash = toBase64(root ?? new Uint8Array());
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']));
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const keyId = (await sha256(concat(utf8(`${origin}\n`), new Uint8Array([1]), publicKey))).slice(0, 4);
  const text = `${origin}\n5\n${rootHash}\n`;
  const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, utf8(text)));
  right = {
    sequence: 2, leafHash: toBase64(leaf), treeSize: 5, rootHash, hashes: neighbours.map(toBase64),
    checkpoint: `${text}\n\u2014 ${origin} ${toBase64(concat(keyId, signature))}\n`,
  };
  const verifierKey = `${origin}+${toHex(keyId)}+${toBase64(concat(new Uint8Array([1]), publicKey))}`;
  keys = { origin, items: [{ keyId: toHex(keyId), verifierKey, publicKey: toBase64(publicKey), createdAt: '2026-01-01T00:00:00Z', retiredAt: null }] };
  input = { shown: shown(), entry, proof: right, keys };
});

const failing = async (more: Partial<ProofInput>): Promise<ProofStep[]> => {
  const { states } = await checkProof({ ...input, ...more });
  return (Object.keys(states) as ProofStep[]).filter((step) => states[step] === 'fails');
};
const flip = (bytes: Bytes, at: number): Bytes => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const flipText = (text: string): string => toBase64(flip(fromBase64(text) ?? new Uint8Array(), 3));

describe('the proof of an event', () => {
  it('holds from what is shown up to the signature', async () => {
    const report = await checkProof(input);
    expect(report.states).toEqual({ shown: 'holds', leaf: 'holds', path: 'holds', checkpoint: 'holds', signature: 'holds' });
    expect([verdictOf(report), report.path.length, report.key?.keyId]).toEqual(['proven', 3, keys.items[0]?.keyId]);
  });

  it('fails at the leaf and after it when one byte of the entry differs', async () => {
    const at = JSON.stringify(stored).indexOf('10.0.0.1');
    expect(await failing({ entry: flip(entry, at) })).toEqual(['shown', 'leaf', 'path', 'checkpoint']);
  });

  it('fails for every byte of the entry', async () => {
    for (let at = 0; at < entry.length; at += 7) expect(await failing({ entry: flip(entry, at) })).toContain('leaf');
  });

  it.each<[string, Partial<AuditEventDetail>, string]>([
    ['another actor', { actor: { kind: 'user', id: 'u2', name: 'eve', tokenId: null } }, 'actor'],
    ['another time', { time: '2026-01-02T03:04:06Z' }, 'time'],
    ['another outcome', { outcome: 'denied' }, 'outcome'],
    ['another new object', { after: { on: true } }, 'after'],
    ['another old object', { before: { on: true } }, 'before'],
    ['another length of what was cut', { cut: [{ path: '/before/note', length: 9, sha256: 'ab', ofName: false }] }, 'cut'],
    ['a request that is not stored', { requestId: null }, 'requestId'],
  ])('fails at what is shown when the page shows %s', async (_, more, member) => {
    const report = await checkProof({ ...input, shown: shown(more) });
    expect([report.states.shown, report.differing?.includes(member)]).toEqual(['fails', true]);
    expect(report.states.signature).toBe('holds');
  });

  it('fails on the way when a neighbour differs', async () => {
    expect(await failing({ proof: { ...right, hashes: right.hashes.with(1, flipText(right.hashes[1] ?? '')) } })).toEqual(['path', 'checkpoint']);
    expect(await failing({ proof: { ...right, hashes: right.hashes.slice(1) } })).toEqual(['path', 'checkpoint']);
  });

  it('fails on the way when the proof is of another place', async () => {
    expect(await failing({ shown: shown({ sequence: 3 }) })).toEqual(['path']);
  });

  it('fails at the checkpoint when that is of another tree', async () => {
    expect(await failing({ proof: { ...right, checkpoint: (right.checkpoint ?? '').replace('\n5\n', '\n6\n') } })).toEqual(['checkpoint', 'signature']);
    expect(await failing({ proof: { ...right, checkpoint: 'nonsense' } })).toEqual(['checkpoint', 'signature']);
  });

  it('fails at the signature when no key of the server made it', async () => {
    const other = toBase64(new Uint8Array(32).fill(9));
    expect(await failing({ keys: { origin, items: [] } })).toEqual(['signature']);
    expect(await failing({ keys: { origin, items: keys.items.map((key) => ({ ...key, publicKey: other })) } })).toEqual(['signature']);
  });

  it('says so when there is no checkpoint to check', async () => {
    const report = await checkProof({ ...input, proof: { ...right, checkpoint: null } });
    expect([report.states.checkpoint, report.states.signature, verdictOf(report)]).toEqual(['missing', 'missing', 'unsigned']);
  });
});
