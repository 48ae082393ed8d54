import { fileURLToPath } from 'node:url';
import { checkersPython } from '../../scripts/checkers.js';
import { AskingProcess } from './asking-process.js';

export type PyHankoSignature = {
  readonly field: string;
  /** Its last word: intact, trusted, and every later change permitted. */
  readonly valid: boolean;
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly coverage: 'ENTIRE_FILE' | 'ENTIRE_REVISION' | 'CONTIGUOUS_BLOCK_FROM_START' | 'UNCLEAR';
  readonly modifications: 'NONE' | 'LTA_UPDATES' | 'FORM_FILLING' | 'ANNOTATIONS' | 'OTHER';
  readonly permitted: boolean;
  /** Why a later change was refused. */
  readonly refusal: string | null;
  /** Null when the signature carries no time stamp. */
  readonly timeStamped: boolean | null;
  readonly summary: string;
};

const SCRIPT = fileURLToPath(new URL('python/check_signatures.py', import.meta.url));
const python = new AskingProcess(() => ({ program: checkersPython(), args: [SCRIPT] }));

/** What pyHanko says of the signatures in a file, `trusted` being files of certificates (PEM or DER). */
export async function checkSignatureWithPyHanko(file: string, trusted: readonly string[]): Promise<PyHankoSignature[]> {
  return (await python.ask({ file, trusted })) as PyHankoSignature[];
}

export function stopPython(): void {
  python.stop();
}
