import { fromHex, to0x } from '../kernel/index.js';
import type { DocumentSecret } from '../platform/vault/index.js';
import { flatten, saltedDigest, type CoreData, type SaltedData } from '../proof/index.js';

/** An event after the first, opened, with what binds it to its document and to the event before. */
export type OpenedEvent = {
  readonly docId: Uint8Array;
  /** CAIP-10. */
  readonly documentAddress: string;
  readonly type: string;
  readonly seq: number;
  readonly at: Date;
  readonly previousLeaf: Uint8Array;
  readonly payload: CoreData;
};

export type SealedEvent = {
  /** Every field with its salt: what a verifier needs to derive the leaf. */
  readonly data: SaltedData;
  /** What is anchored of the event. */
  readonly leaf: Uint8Array;
};

/**
 * The same salted digest as that of an envelope, over the event and the leaf before it: who knows the newest leaf of a
 * document holds its whole history. A function of its arguments.
 */
export function sealEvent(event: OpenedEvent, secret: DocumentSecret): SealedEvent {
  const content = eventContent(event);
  const sealed = saltedDigest(content, secret.salts(`event:${event.seq}`, flatten(content).length));
  return {
    get data() {
      return sealed.salted;
    },
    leaf: fromHex(sealed.digest),
  };
}

function eventContent({ docId, documentAddress, type, seq, at, previousLeaf, payload }: OpenedEvent): CoreData {
  return {
    docId: to0x(docId),
    documentAddress,
    event: type,
    seq: String(seq),
    at: at.toISOString(),
    previousLeaf: to0x(previousLeaf),
    ...(Object.keys(payload).length === 0 ? {} : { payload }),
  };
}
