import { concat, fromBase64, sameBytes, sha256, utf8, type Bytes } from './bytes';

/*
 * Checkpoints as signed notes. Source: https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint
 */

export interface NoteSignature {
  name: string;
  /** First four bytes: which key it claims to be made with. */
  keyId: Bytes;
  signature: Bytes;
}

export interface SignedNote {
  /** What is signed: everything before the empty line, with its last line end. */
  text: string;
  signatures: NoteSignature[];
}

export interface Checkpoint {
  origin: string;
  size: bigint;
  root: Bytes;
  /** Lines after the root, which belong to whoever wrote them. */
  extension: string[];
}

/** A public key as notes name it. */
export interface NoteKey {
  name: string;
  /** 32 bytes. */
  key: Bytes;
}

const ed25519 = 1;
const cosignature = 4;
const keyIdBytes = 4;
const timeBytes = 8;

/** Reads a note; null when the text is none. */
export function readNote(text: string): SignedNote | null {
  const end = text.lastIndexOf('\n\n');
  if (end < 0 || !text.endsWith('\n')) return null;
  const lines = text.slice(end + 2, -1).split('\n');
  const signatures = lines.map((line): NoteSignature | null => {
    const [, name = '', encoded = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = fromBase64(encoded);
    return name === '' || bytes === null || bytes.length <= keyIdBytes ? null : { name, keyId: bytes.slice(0, keyIdBytes), signature: bytes.slice(keyIdBytes) };
  });
  const read = signatures.filter((signature) => signature !== null);
  return read.length === 0 || read.length < signatures.length ? null : { text: text.slice(0, end + 1), signatures: read };
}

/** Reads the signed text of a checkpoint; null when it is none. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin = '', size = '', rootText = '', ...rest] = text.split('\n');
  const root = fromBase64(rootText);
  if (origin === '' || !/^(0|[1-9]\d{0,18})$/.test(size) || root?.length !== 32 || rest.at(-1) !== '') return null;
  return { origin, size: BigInt(size), root, extension: rest.slice(0, -1) };
}

/** Reads a key in the form `name+id+key` of notes; null when it is none. */
export function readNoteKey(text: string): NoteKey | null {
  const [, name = '', , encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  return name !== '' && bytes?.length === 33 && (bytes[0] === ed25519 || bytes[0] === cosignature) ? { name, key: bytes.slice(1) } : null;
}

async function keyId({ name, key }: NoteKey, algorithm: number): Promise<Bytes> {
  return (await sha256(concat(utf8(`${name}\n`), new Uint8Array([algorithm]), key))).slice(0, keyIdBytes);
}

async function verify(key: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, message);
}

/** Whether one of the note's signatures is a log's own, by this key. Throws where the browser has no Ed25519. */
export async function isSignedBy(note: SignedNote, key: NoteKey): Promise<boolean> {
  const id = await keyId(key, ed25519);
  for (const { name, keyId: claimed, signature } of note.signatures) {
    if (name === key.name && sameBytes(claimed, id) && signature.length === 64 && (await verify(key.key, signature, utf8(note.text)))) return true;
  }
  return false;
}

/** When a witness saw the note, in seconds since 1970, by its signature; null when it did not sign. Source: https://c2sp.org/tlog-cosignature */
export async function witnessedBy(note: SignedNote, key: NoteKey): Promise<number | null> {
  const id = await keyId(key, cosignature);
  for (const { name, keyId: claimed, signature } of note.signatures) {
    if (name !== key.name || !sameBytes(claimed, id) || signature.length !== timeBytes + 64) continue;
    const seconds = new DataView(signature.buffer).getBigUint64(0);
    if (await verify(key.key, signature.slice(timeBytes), utf8(`cosignature/v1\ntime ${seconds}\n${note.text}`))) return Number(seconds);
  }
  return null;
}

/** What a signature says of itself without any key: a witness's holds a time before the signature. */
export function signatureKind({ signature }: NoteSignature): { kind: 'log' } | { kind: 'witness'; atMs: number } | { kind: 'unknown' } {
  if (signature.length === 64) return { kind: 'log' };
  if (signature.length !== timeBytes + 64) return { kind: 'unknown' };
  return { kind: 'witness', atMs: Number(new DataView(signature.buffer).getBigUint64(0)) * 1000 };
}
