import type { SigningKey } from '../../../src/platform/signing/index.js';
import type { EvidenceBundle } from '../../../src/proof/index.js';

/** A document as its holder has it. */
export type Original = {
  readonly documentAddress: string;
  readonly issued: Uint8Array;
  readonly bundle: EvidenceBundle;
};

/** One that bears its stamp. */
export type Stamped = Original & { readonly anchored: Uint8Array };

/** Whom verifiers are told to know: name and domain by store. */
export type KnownParty = { readonly store: string; readonly name: string; readonly domain: string };

/** The sound documents that the pieces are made from, all on the same chain, and what forgers have made of their own. */
export type Originals = {
  readonly chainId: number;
  /** Four of one issuer: the first two in one batch, the third in a later one; the fourth with two later events. */
  readonly sound: Stamped;
  readonly sibling: Stamped;
  readonly later: Stamped;
  readonly eventful: Stamped;
  /** Of another issuer, in a store of its own. */
  readonly foreign: Stamped;
  readonly revoked: Stamped;
  readonly redLettered: Stamped;
  readonly superseded: Stamped;
  readonly cancelled: Stamped;
  /** Drawn and signed; in no batch yet. */
  readonly pending: Original;
  /** Forgeries that need keys and transactions, by name. */
  readonly forged: Forgeries;
  /** Transaction that is in a block and changed nothing. */
  readonly revertedTransaction: string;
  /** A key with a certificate in the name of the issuer, from an authority that nobody knows. */
  readonly strangerKey: SigningKey;
  /** The issuer's lists of `revocation`, as the service hands them out. */
  readonly statusList: { readonly id: string; readonly token: string; readonly foreignToken: string };
};

export type Forgeries = {
  /** In the store of another issuer, under the name of the first. */
  readonly borrowedName: Stamped;
  /** Says to be in the issuer's store, where its root is not; signed by a stranger with a certificate in its name. */
  readonly inventedRoot: Stamped;
  /** The same signed with the issuer's own key, which was stolen. */
  readonly stolenKey: Stamped;
  /** In the issuer's store, really; signed with no certificate of the issuer's. */
  readonly selfSigned: Stamped;
  readonly unknownAuthority: Stamped;
  readonly expiredCertificate: Stamped;
  readonly futureCertificate: Stamped;
  /** The same, and wholly sound but for being unknown to the service: a control. */
  readonly genuine: Stamped;
  /** The same again; the store was told another number of entries than its batch has. */
  readonly falseCount: Stamped;
  /** In the issuer's store, really, and not signed at all. */
  readonly notSigned: Stamped;
  /** The same; its root has been revoked since. */
  readonly disowned: Stamped;
};
