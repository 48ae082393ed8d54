import type { ChainBlock } from '../platform/chain/index.js';
import type { AuditedAnchor } from './anchors-under-audit.repository.js';
import type { Finding, FindingCode } from './finding.js';
import type { RootRecord } from './store-archive.js';

/** Workers follow the chain within seconds: what has not moved for so long is left behind. */
const BEHIND_AFTER_MS = 60_000;

/** What the chain says of an anchor: the store's record, and the block that it was recorded in; null when none is found. */
export type AnchorOnChain = { readonly record: RootRecord; readonly block: ChainBlock | null };

/** Compares what is stored of an anchor with what the chain says; `onChain` is null when the store does not hold the root. */
export function checkAnchor(
  anchor: AuditedAnchor,
  onChain: AnchorOnChain | null,
  { chainId, now }: { chainId: number; now: Date },
): Finding[] {
  const { issuerId, batchId, size: documents } = anchor;
  const found = (code: FindingCode, detail?: string): Finding => {
    const place = { code, issuerId, batchId, chainId, documents };
    return detail === undefined ? place : { ...place, detail };
  };
  const isSaidAnchored = anchor.state !== 'pending' && anchor.state !== 'submitted';
  if (onChain === null) {
    return isSaidAnchored ? [found('anchor.not-on-chain', `it counts as ${anchor.state}`)] : [];
  }
  const { record } = onChain;
  const count =
    record.count === BigInt(anchor.size) ? [] : [found('anchor.count-wrong', `the store says ${record.count}`)];
  if (isSaidAnchored) {
    return [...count, ...(isThere(anchor, onChain) ? [] : [found('anchor.place-wrong', placesText(anchor, onChain))])];
  }
  const isBehind = now.getTime() - anchor.updatedAt.getTime() >= BEHIND_AFTER_MS;
  return [...count, ...(isBehind ? [found('anchor.behind', `block ${record.blockNumber}`)] : [])];
}

function isThere(anchor: AuditedAnchor, { record, block }: AnchorOnChain): boolean {
  return (
    block !== null &&
    anchor.blockNumber === block.number &&
    anchor.blockHash === block.hash &&
    (anchor.blockTime === null || anchor.blockTime.getTime() === record.time * 1_000)
  );
}

/** Both sides, so that whoever reads it sees what differs. */
function placesText(anchor: AuditedAnchor, { record, block }: AnchorOnChain): string {
  const { blockNumber, blockHash, blockTime } = anchor;
  const stored = `stored: block ${blockNumber ?? '-'} ${blockHash ?? '-'} at ${blockTime?.toISOString() ?? '-'}`;
  const time = new Date(record.time * 1_000).toISOString();
  const place = block === null ? 'in no block that can be found' : `block ${block.number} ${block.hash}`;
  return `${stored}; the chain: ${place} at ${time}, which the store calls block ${record.blockNumber}`;
}
