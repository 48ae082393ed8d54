import { fromHex, joinBytes, to0x } from '../kernel/index.js';
import { keccak256 } from './keccak.js';

/** A block as `eth_getBlockByHash` answers it: quantities and bytes as hex with `0x`. */
export type BlockHeader = Readonly<Record<string, string>>;

/** In the order of the header; those from `baseFeePerGas` on came with later forks, one after the other. */
const FIELDS = [
  ...['parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom'],
  ...['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'extraData', 'mixHash', 'nonce'],
  ...['baseFeePerGas', 'withdrawalsRoot', 'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash'],
] as const;
const QUANTITIES: ReadonlySet<string> = new Set([
  ...['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'baseFeePerGas', 'blobGasUsed', 'excessBlobGas'],
]);

/** The fields of an answer that are part of the header, in their order, and its hash. */
export function headerOf(block: Readonly<Record<string, unknown>>): BlockHeader {
  const entries = ['hash', ...FIELDS].map((field) => [field, block[field]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/**
 * The hash of a block, from its fields alone: keccak-256 of their RLP (Ethereum Yellow Paper, 4.4 and appendix B; later fields
 * by EIP-1559, 4895, 4844, 4788 and 7685). Who has it from somewhere else needs nobody's word for any field, the time included.
 */
export function blockHashOf(header: BlockHeader): string {
  const items = FIELDS.flatMap((field) => {
    const value = header[field];
    return value === undefined ? [] : [rlpBytes(bytesOf(field, value))];
  });
  return to0x(keccak256(rlp(0xc0, joinBytes(items))));
}

/** A quantity has no zeros in front: nought is no byte at all. */
function bytesOf(field: string, value: string): Uint8Array {
  const digits = value.replace(/^0x/, '');
  const bare = QUANTITIES.has(field) ? digits.replace(/^0+/, '') : digits;
  return fromHex(bare.length % 2 === 0 ? bare : `0${bare}`);
}

function rlpBytes(bytes: Uint8Array): Uint8Array {
  const [first = 0xff] = bytes;
  return bytes.length === 1 && first < 0x80 ? bytes : rlp(0x80, bytes);
}

const LONGEST_SHORT = 55;

function rlp(offset: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length <= LONGEST_SHORT) {
    return joinBytes([Uint8Array.of(offset + bytes.length), bytes]);
  }
  const length = bytesOf('number', bytes.length.toString(16));
  return joinBytes([Uint8Array.of(offset + LONGEST_SHORT + length.length), length, bytes]);
}
