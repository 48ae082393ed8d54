import { to0x } from '../kernel/index.js';
import { isStampOf, type OpenedCopy, type StampedAnchor } from './anchored-copy/index.js';
import { isAhead, whyNoAnswer, type AnchorPlace, type ChainReaders } from './chain-reader.js';
import type { DocumentUnderTest } from './document-under-test.js';
import { fails, holds, unknown } from './verdict.js';
import type { Fact } from './verdict.js';

/**
 * Is what the stamp says on the page, block and time and transaction, what the chain says? The stamp proves itself but for
 * these: whoever has a real copy could write another time on it, and everything else would hold. A copy that was stamped
 * before its block was undone says something else than the chain, too; it is stamped anew by whoever asks for it again.
 *
 * No fact for a file without a stamp, or whose stamp is not to be believed anyway.
 */
export async function checkStamp(
  document: DocumentUnderTest,
  copy: OpenedCopy | undefined,
  chains: ChainReaders,
): Promise<Fact[]> {
  const isBelieved = copy?.kind === 'anchored' && copy.faults.length === 0 && isStampOf(document, copy.stamp);
  const [printed] = isBelieved ? copy.stamp.anchors : [];
  return printed === undefined ? [] : [await factOf(document, printed, chains)];
}

async function factOf(document: DocumentUnderTest, printed: StampedAnchor, chains: ChainReaders): Promise<Fact> {
  const { chainId, store, root, transactionHash } = printed;
  if (!isOfDocument(document, printed)) {
    return fails('anchor', 'stamp-mismatch', { chainId });
  }
  const reader = chains(chainId);
  if (reader?.placeOf === undefined) {
    return unknown('anchor', 'stamp-not-checked', { chainId });
  }
  try {
    const place = await reader.placeOf(store, root, transactionHash);
    const isRight = place !== null && isAt(printed, place);
    if (place === null && (await isAhead(printed, reader))) {
      return unknown('anchor', 'stamp-node-behind', { chainId });
    }
    return isRight ? holds('anchor', 'stamp-holds', { chainId }) : fails('anchor', 'stamp-mismatch', { chainId });
  } catch (error) {
    return unknown('anchor', `stamp-${whyNoAnswer(error)}`, { chainId });
  }
}

function isOfDocument({ store, root }: DocumentUnderTest, printed: StampedAnchor): boolean {
  return printed.root === to0x(root) && printed.store.toLowerCase() === store.toLowerCase();
}

/**
 * What the stamp leaves open need not be so; what it says does. The size of the batch is not asked for: the store's count is what
 * whoever anchored claimed, so a stolen relayer key could spoil every sound stamp of a batch (`IDocumentStore.anchor`).
 */
function isAt({ blockNumber, blockHash, blockTime }: StampedAnchor, place: AnchorPlace): boolean {
  return (
    (blockNumber === null || blockNumber === place.blockNumber) &&
    (blockHash === null || blockHash === place.blockHash) &&
    (blockTime === null || Date.parse(blockTime) === Date.parse(place.blockTime))
  );
}
