import { sha256 } from '@noble/hashes/sha2';
import {
  examine,
  listedIssuers,
  openAnchoredCopy,
  openChains,
  readBundle,
  readCertificate,
  signerNameOf,
  type ExaminationTools,
  type EvidenceBundle,
} from '../../src/proof/index.js';
import { inflate } from './decompress.js';
import type { Found } from './found.js';
import type { HeldFile } from './held-file.js';
import { chosenNodes, mayAskForLists, type Page, type Settings } from './settings.js';
import { secondLook, withLists } from './second-look.js';
import { listTools } from './status-lists.js';

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Pages that did not come over a safe connection have no WebCrypto: then it is computed slowly. */
async function digest(bytes: Uint8Array): Promise<Uint8Array> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  return subtle === undefined ? sha256(bytes) : new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource));
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Which nodes are asked: those that the visitor chose, or else those that the page came with. */
export function nodesToAsk(settings: Settings): readonly string[] {
  const chosen = chosenNodes();
  return chosen.length > 0 ? chosen : settings.rpcUrls;
}

/** Examines one file; `bundles` are those that lie beside it. */
export type Examiner = (file: HeldFile, bundles?: readonly EvidenceBundle[]) => Promise<Found>;

/**
 * Examines files one after the other with the same nodes, and with the signed status lists that lay among them. Nothing of a
 * file leaves the browser.
 */
export async function openExaminer(page: Page, tokens: readonly string[]): Promise<Examiner> {
  const { settings } = page;
  const certificates = settings.authorities.map(bytesOf);
  const authorities = certificates.map((der) => signerNameOf(readCertificate(der)));
  const { fetch } = globalThis;
  const endpoints = nodesToAsk(settings).map((url) => ({ url }));
  const { chains, nodes } = await openChains(endpoints, { fetch: (...request) => fetch(...request) });
  const tools: ExaminationTools = {
    chains,
    sha256: digest,
    inflate,
    trust: { authorities: certificates },
    ...(settings.issuers.length > 0 && { issuers: listedIssuers(settings.issuers) }),
    ...(tokens.length > 0 && listTools({ tokensOf: () => tokens, authorities: certificates })),
  };
  const asked = nodes.filter(({ state }) => state === 'answers').map(({ url }) => url);
  const lookAgain = mayAskForLists(page) ? secondLook(tools, { held: tokens, authorities: certificates }) : null;
  return async ({ name, bytes }, bundles = []) => {
    const own = hexOf(await digest(bytes));
    const bundle = bundles.find(({ pdf }) => pdf.sha256 === own);
    const exhibit = { name, bytes, ...(bundle !== undefined && { bundle }) };
    const evidence = async (): Promise<EvidenceBundle | null> => bundle ?? (await evidenceIn(bytes));
    const first = await examine(exhibit, tools);
    const looked = await withLists(exhibit, { first, lookAgain, isAlone: page.isAlone });
    return { ...looked, sha256: own, checkedAt: new Date(), asked, authorities, chains, evidence };
  };
}

async function evidenceIn(bytes: Uint8Array): Promise<EvidenceBundle | null> {
  const own = readBundle(bytes);
  if (own !== undefined) {
    return own;
  }
  const copy = await openAnchoredCopy(bytes, { sha256: digest, inflate });
  return copy.kind === 'anchored' ? copy.bundle : null;
}

/** The evidence among the files: it goes with the PDF that it names. */
export function bundlesIn(files: readonly HeldFile[]): readonly EvidenceBundle[] {
  return files.flatMap(({ bytes }) => readBundle(bytes) ?? []);
}
