import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { auditApi } from '@/api/audit';
import type { AuditKeys } from '@/api/auditContracts';
import { fromBase64, hasCrypto, sameBytes, sha256, toHex } from '@/lib/bytes';
import { isSignedBy, readCheckpoint, readNote, readNoteKey, signatureKind, type Checkpoint, type SignedNote } from '@/lib/signedNote';

export const configurationQuery = queryOptions({ queryKey: ['audit', 'configuration'], queryFn: ({ signal }) => auditApi.configuration(signal) });

export const previewQuery = (days: number | null) =>
  queryOptions({ queryKey: ['audit', 'preview', days], queryFn: ({ signal }) => auditApi.preview(`${days}d`, signal), enabled: days !== null, placeholderData: keepPreviousData, staleTime: 5000 });

export type SignatureState = 'good' | 'bad' | 'unchecked';

export interface ShownSignature {
  name: string;
  kind: 'log' | 'witness' | 'unknown';
  atMs: number | null;
  state: SignatureState;
}

export interface ShownCheckpoint {
  text: string;
  note: SignedNote | null;
  checkpoint: Checkpoint | null;
  signatures: ShownSignature[];
}

/** Whether a signature of the log's own name is by one of its keys. Witnesses' keys are their own: this page does not know them. */
async function logState(note: SignedNote, index: number, keys: AuditKeys): Promise<SignatureState> {
  const signature = note.signatures[index];
  if (!hasCrypto() || !signature) return 'unchecked';
  try {
    for (const key of keys.items) {
      const read = readNoteKey(key.verifierKey);
      if (read && sameBytes(read.key, fromBase64(key.publicKey) ?? new Uint8Array()) && (await isSignedBy({ ...note, signatures: [signature] }, read))) return 'good';
    }
    return 'bad';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return 'unchecked';
    throw error;
  }
}

/** A checkpoint with what its signatures are worth. */
export async function inspect(text: string, keys: AuditKeys): Promise<ShownCheckpoint> {
  const note = readNote(text);
  const signatures = await Promise.all(
    (note?.signatures ?? []).map(async (signature, index): Promise<ShownSignature> => {
      const kind = signatureKind(signature);
      const own = kind.kind === 'log' && signature.name === keys.origin;
      return { name: signature.name, kind: kind.kind, atMs: kind.kind === 'witness' ? kind.atMs : null, state: own && note ? await logState(note, index, keys) : 'unchecked' };
    }),
  );
  return { text, note, checkpoint: note && readCheckpoint(note.text), signatures };
}

export const keysQuery = queryOptions({
  queryKey: ['audit', 'keys'],
  queryFn: async ({ signal }) => {
    const keys = await auditApi.keys(signal);
    const fingerprints = await Promise.all(keys.items.map(async ({ publicKey }) => (hasCrypto() ? toHex(await sha256(fromBase64(publicKey) ?? new Uint8Array())) : null)));
    return { keys, fingerprints };
  },
  staleTime: 30_000,
});

export const checkpointQuery = queryOptions({
  queryKey: ['audit', 'checkpoint'],
  queryFn: async ({ signal }) => {
    const [text, keys] = await Promise.all([auditApi.checkpoint(signal), auditApi.keys(signal)]);
    const shown = await inspect(text, keys);
    const size = Number(shown.checkpoint?.size ?? 0n);
    return { ...shown, newest: size > 0 ? await auditApi.event(String(size - 1), signal) : null };
  },
});
