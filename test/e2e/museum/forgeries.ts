import { fundKeys } from '../../../scripts/launch/chain-keys.js';
import { SystemClock } from '../../../src/kernel/index.js';
import type { Settings } from '../../../src/platform/config/index.js';
import { RandomIdSource } from '../../../src/platform/vault/index.js';
import { openSigning, type SigningKey } from '../../../src/platform/signing/index.js';
import type { Forgeries, KnownParty, Originals } from '../../vectors/museum/originals.js';
import { forgedKeys, Workshop } from './workshop.js';

/** Who may anchor nowhere. */
const STRANGER = `0x${'5a'.repeat(32)}`;

/** Everything that needs keys and transactions to be forged: of the first party, with the help of the second one's store. */
export async function forgeAll(
  settings: Settings,
  issuerId: string,
  [ours, theirs]: readonly KnownParty[],
): Promise<Pick<Originals, 'forged' | 'revertedTransaction' | 'strangerKey'>> {
  if (ours === undefined || theirs === undefined) {
    throw new Error('There are no issuers to forge');
  }
  const clock = new SystemClock();
  await fundKeys(settings.chainRpcUrls[0] ?? '', [STRANGER]);
  const workshop = new Workshop(settings, clock.now());
  const keys = await forgedKeys();
  const stolen = await openSigning(settings, clock, new RandomIdSource(clock)).keys.forIssuer(issuerId);
  const inOurs = (number: string, key: SigningKey | null) => ({ number, key, store: ours.store, issuer: ours });
  const forged: Forgeries = {
    borrowedName: await workshop.anchored({ ...inOurs('1', keys.unknownAuthority), store: theirs.store }),
    inventedRoot: await workshop.invented(inOurs('2', keys.unknownAuthority)),
    stolenKey: await workshop.invented(inOurs('3', stolen)),
    selfSigned: await workshop.anchored(inOurs('4', keys.selfSigned)),
    unknownAuthority: await workshop.anchored(inOurs('5', keys.unknownAuthority)),
    expiredCertificate: await workshop.anchored(inOurs('6', keys.expired)),
    futureCertificate: await workshop.anchored(inOurs('7', keys.future)),
    genuine: await workshop.anchored(inOurs('8', stolen)),
    falseCount: await workshop.anchored({ ...inOurs('9', stolen), claimedCount: 999 }),
    notSigned: await workshop.anchored(inOurs('10', null)),
    disowned: await workshop.anchored(inOurs('11', null)),
  };
  await workshop.disown(inOurs('11', null), forged.disowned);
  const revertedTransaction = await workshop.revert(ours.store, STRANGER);
  workshop.close();
  return { forged, revertedTransaction, strangerKey: keys.unknownAuthority };
}
