import type { AuditEventDetail, AuditKey, AuditKeys, InclusionProof } from '@/api/auditContracts';
import { fromBase64, sameBytes, type Bytes } from '@/lib/bytes';
import { climb, leafHash, type PathStep } from '@/lib/merkle';
import { isSignedBy, readCheckpoint, readNote, readNoteKey, type Checkpoint, type SignedNote } from '@/lib/signedNote';
import { differences } from './shown';

export const proofSteps = ['shown', 'leaf', 'path', 'checkpoint', 'signature'] as const;
export type ProofStep = (typeof proofSteps)[number];
/** `missing`: the server gave nothing to check here. `unable`: this browser cannot. */
export type StepState = 'holds' | 'fails' | 'missing' | 'unable';

export interface ProofReport {
  states: Record<ProofStep, StepState>;
  /** Members that are shown otherwise than they are stored; null when the stored bytes are no entry. */
  differing: string[] | null;
  leaf: Bytes;
  path: PathStep[];
  /** What the leaf and the path come to; null when they do not fit each other. */
  root: Bytes | null;
  note: SignedNote | null;
  checkpoint: Checkpoint | null;
  key: AuditKey | null;
}

export interface ProofInput {
  shown: AuditEventDetail;
  entry: Bytes;
  proof: InclusionProof;
  keys: AuditKeys;
}

/** `proven`: every step holds. `unsigned`: all but the signature, which could not be checked. */
export type Verdict = 'proven' | 'unsigned' | 'broken';

export function verdictOf({ states }: ProofReport): Verdict {
  const all = Object.values(states);
  return all.includes('fails') ? 'broken' : all.every((state) => state === 'holds') ? 'proven' : 'unsigned';
}

const verdict = (holds: boolean): StepState => (holds ? 'holds' : 'fails');
const decode = (text: string): Bytes => fromBase64(text) ?? new Uint8Array();

/** Which of the server's keys signed a note. */
export async function signerOf(note: SignedNote, keys: AuditKeys): Promise<{ state: StepState; key: AuditKey | null }> {
  try {
    for (const key of keys.items) {
      const read = readNoteKey(key.verifierKey);
      if (read?.name === keys.origin && sameBytes(read.key, decode(key.publicKey)) && (await isSignedBy(note, read))) return { state: 'holds', key };
    }
    return { state: 'fails', key: null };
  } catch (error) {
    // Older browsers have no Ed25519; whatever else goes wrong is a fault to be seen.
    if (error instanceof DOMException && error.name === 'NotSupportedError') return { state: 'unable', key: null };
    throw error;
  }
}

/** Checks an event from what is shown up to the signature, each step from what the one before it came to. */
export async function checkProof({ shown, entry, proof, keys }: ProofInput): Promise<ProofReport> {
  const differing = differences(shown, entry);
  const leaf = await leafHash(entry);
  const { steps: path, root } = await climb(BigInt(proof.sequence), BigInt(proof.treeSize), leaf, proof.hashes.map(decode));
  const note = proof.checkpoint === null ? null : readNote(proof.checkpoint);
  const checkpoint = note && readCheckpoint(note.text);
  const agrees =
    checkpoint !== null && root !== null && checkpoint.origin === keys.origin && checkpoint.size === BigInt(proof.treeSize) && sameBytes(checkpoint.root, root);
  const signed = note === null ? { state: 'fails' as const, key: null } : await signerOf(note, keys);
  return {
    states: {
      shown: verdict(differing?.length === 0),
      leaf: verdict(sameBytes(leaf, decode(proof.leafHash)) && sameBytes(leaf, decode(shown.leafHash))),
      path: verdict(proof.sequence === shown.sequence && root !== null && sameBytes(root, decode(proof.rootHash))),
      checkpoint: proof.checkpoint === null ? 'missing' : verdict(agrees),
      signature: proof.checkpoint === null ? 'missing' : signed.state,
    },
    differing,
    leaf,
    path,
    root,
    note,
    checkpoint,
    key: signed.key,
  };
}
