// @vitest-environment node
import { beforeAll, describe, expect, it } from 'vitest';
import { concat, sha256, toBase64, utf8, type Bytes } from './bytes';
import { isSignedBy, readCheckpoint, readNote, readNoteKey, signatureKind, witnessedBy, type NoteKey } from './signedNote';

const root = toBase64(new Uint8Array(32).fill(7));
const text = `box.example/default\n12\n${root}\n`;

async function makeKey(name: string, algorithm: number): Promise<{ key: NoteKey; sign: (message: Bytes) => Promise<Bytes>; id: Bytes }> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const key = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const id = (await sha256(concat(utf8(`${name}\n`), new Uint8Array([algorithm]), key))).slice(0, 4);
  return { key: { name, key }, id, sign: async (message) => new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, message)) };
}

let log: Awaited<ReturnType<typeof makeKey>>;
let witness: Awaited<ReturnType<typeof makeKey>>;
let note: string;
const witnessedAt = 1_790_000_000;

beforeAll(async () => {
  log = await makeKey('box.example/default', 1);
  witness = await makeKey('witness.example', 4);
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(witnessedAt));
  const lines = [
    `\u2014 ${log.key.name} ${toBase64(concat(log.id, await log.sign(utf8(text))))}`,
    `\u2014 ${witness.key.name} ${toBase64(concat(witness.id, time, await witness.sign(utf8(`cosignature/v1\ntime ${witnessedAt}\n${text}`))))}`,
  ];
  note = `${text}\n${lines.join('\n')}\n`;
});

const read = (noteText: string) => readNote(noteText) ?? { text: '', signatures: [] };

describe('a signed note', () => {
  it('is read into its text and signatures', () => {
    expect(read(note).text).toBe(text);
    expect(read(note).signatures.map(({ name }) => name)).toEqual(['box.example/default', 'witness.example']);
    expect(read(note).signatures.map((signature) => signatureKind(signature))).toEqual([{ kind: 'log' }, { kind: 'witness', atMs: witnessedAt * 1000 }]);
  });

  it.each(['', 'no signature\n', `${text}\n`, `${text}\n\u2014 name not*base64\n`, `${text}\n- name AAAAAAAA\n`])('is refused when it is none: %j', (wrong) => {
    expect(readNote(wrong)).toBeNull();
  });

  it('is found signed by its key, and by no other', async () => {
    expect(await isSignedBy(read(note), log.key)).toBe(true);
    expect(await isSignedBy(read(note), { ...log.key, key: witness.key.key })).toBe(false);
    expect(await isSignedBy(read(note), { ...log.key, name: 'other' })).toBe(false);
  });

  it('is not found signed when one character differs', async () => {
    expect(await isSignedBy(read(note.replace('\n12\n', '\n13\n')), log.key)).toBe(false);
  });

  it('tells when a witness saw it', async () => {
    expect(await witnessedBy(read(note), witness.key)).toBe(witnessedAt);
    expect(await witnessedBy(read(note.replace('\n12\n', '\n13\n')), witness.key)).toBeNull();
    expect(await witnessedBy(read(note), log.key)).toBeNull();
  });
});

describe('a checkpoint', () => {
  it('is read into origin, size and root', () => {
    expect(readCheckpoint(text)).toEqual({ origin: 'box.example/default', size: 12n, root: new Uint8Array(32).fill(7), extension: [] });
    expect(readCheckpoint(`${text}time 1\n`)?.extension).toEqual(['time 1']);
  });

  it.each(['', 'origin\n', `origin\n012\n${root}\n`, `origin\n1\nAAAA\n`, `origin\n1\n${root}`, `\n1\n${root}\n`])('is refused when it is none: %j', (wrong) => {
    expect(readCheckpoint(wrong)).toBeNull();
  });
});

it('reads a key in the form of notes', () => {
  const encoded = toBase64(concat(new Uint8Array([1]), log.key.key));
  expect(readNoteKey(`box.example/default+0a1b2c3d+${encoded}`)).toEqual({ name: 'box.example/default', key: log.key.key });
  expect(readNoteKey(`box+xyz+${encoded}`)).toBeNull();
  expect(readNoteKey(`box+0a1b2c3d+AAAA`)).toBeNull();
});
