import {
  believedStatusLists,
  examine,
  listedIssuers,
  openChains,
  type EvidenceBundle,
} from '../../../src/proof/index.js';
import type { ListedIssuer } from '../../../src/proof/index.js';

/** What a page in Chromium is handed; bytes as base64. */
export type BrowserTask = {
  readonly fileName: string;
  readonly bytes: string;
  readonly bundle: EvidenceBundle | null;
  readonly statusLists: readonly string[];
  readonly rpcUrls: readonly string[];
  readonly issuers: readonly ListedIssuer[];
  readonly authorities: readonly string[];
};

/** Runs in the page: the pure core with what browsers have, and nothing of Node. */
async function examineHere(task: BrowserTask): Promise<string> {
  const authorities = task.authorities.map(bytesOf);
  const { chains } = await openChains(
    task.rpcUrls.map((url) => ({ url })),
    { fetch: globalThis.fetch.bind(globalThis) },
  );
  const { verdict, facts } = await examine(
    { name: task.fileName, bytes: bytesOf(task.bytes), ...(task.bundle !== null && { bundle: task.bundle }) },
    {
      chains,
      sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))),
      inflate: (bytes, limit) => decompressed('deflate', bytes, limit),
      issuers: listedIssuers(task.issuers),
      trust: { authorities },
      statusLists: believedStatusLists({
        ...{ authorities, now: new Date(), subtle: crypto.subtle },
        gunzip: (bytes, limit) => decompressed('gzip', bytes, limit),
        tokenOf: (id) => task.statusLists.find((token) => idIn(token) === id),
      }),
    },
  );
  return JSON.stringify({ verdict, facts });
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function idIn(token: string): string | undefined {
  const payload = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
  return (JSON.parse(payload) as { id?: string }).id?.split('/').at(-1);
}

/** Rejects as soon as the result would be longer than `limit`. */
async function decompressed(format: 'deflate' | 'gzip', bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    length += chunk.value.length;
    if (length > limit) {
      throw new RangeError('Too long when decompressed');
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

Object.assign(globalThis, { examineHere });
