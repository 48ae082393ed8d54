import { keccak256Hex, parseCaip10, type Examination } from '../../../src/proof/index.js';

/** The call that gives a document a contract of its own at the address that is printed on it. Hashes are `0x` and 64 hex digits. */
export type Materialisation = {
  /** EIP-155. */
  readonly chainId: number;
  readonly store: string;
  /** Where the contract will lie. */
  readonly address: string;
  readonly docId: string;
  readonly leaf: string;
  readonly root: string;
  /** From the document's entry in its batch to the root. */
  readonly proof: readonly string[];
};

const SIGNATURE = 'materialise(bytes32,bytes32,bytes32,bytes32[])';
const SELECTOR = keccak256Hex(SIGNATURE).slice(0, 8);
/** Where the list begins: behind the four words of the head. */
const LIST_AT = 4 * 32;

/** What a file that was found valid holds all of; null for one that was not, which the store would refuse. */
export function materialisationOf(examination: Examination): Materialisation | null {
  const { verdict, document, documentAddress, issuer } = examination;
  if (verdict !== 'valid' || document === null || documentAddress === null || issuer === null) {
    return null;
  }
  const { targetHash, proof, merkleRoot } = document.signature;
  const [docId = '', ...siblings] = proof.map((hash) => `0x${hash}`);
  const account = parseCaip10(documentAddress);
  return { ...account, store: issuer.store, docId, leaf: `0x${targetHash}`, root: `0x${merkleRoot}`, proof: siblings };
}

/** The data of the transaction. Source: Solidity ABI. */
export function callData({ docId, leaf, root, proof }: Materialisation): string {
  const words = [docId, leaf, root, wordOf(LIST_AT), wordOf(proof.length), ...proof];
  return `0x${SELECTOR}${words.map((word) => word.replace(/^0x/, '')).join('')}`;
}

function wordOf(value: number): string {
  return value.toString(16).padStart(64, '0');
}

/**
 * The same for Foundry's `cast`, which asks for the key itself. One line that `sh`, PowerShell and `cmd` read alike: all is in
 * double quotes, and nothing is left in them that any of the three replaces.
 */
export function castCommand({ chainId, store, docId, leaf, root, proof }: Materialisation, rpcUrl: string): string {
  const call = [`"${SIGNATURE}"`, docId, leaf, root, `"[${proof.join(',')}]"`].join(' ');
  return `cast send ${store} ${call} --chain ${chainId} --rpc-url "${inQuotes(rpcUrl)}" --interactive`;
}

function inQuotes(url: string): string {
  return url.replaceAll(/["$`\\!]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
