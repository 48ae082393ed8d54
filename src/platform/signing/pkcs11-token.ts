import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { sequence, unsigned } from './der.js';
import { CKA, CKK, CKM, CKO, Pkcs11Library, WrongPin } from './pkcs11-library.js';
import { SigningDeviceFailed } from './signing.errors.js';
import type { BareKey } from './signing-key.js';
import { algorithmOf } from './software-key.js';

export type TokenPlace = { readonly module: string; readonly token: string; readonly pin: string };

/** As many as Node has threads to wait with. */
const MOST_SESSIONS = 4;
/** DigestInfo of SHA-256 (RFC 8017, 9.2, note 1): what CKM_RSA_PKCS pads. */
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

type Opened = {
  readonly library: Pkcs11Library;
  readonly slot: number;
  readonly free: number[];
  sessions: number;
  busy: number;
  failure?: Error;
};

/**
 * One token of a hardware module. Only digests leave this process. After a failure everything is opened anew the next time,
 * so a module that was restarted is found again; after a wrong PIN nothing is.
 */
export class Pkcs11Token {
  private opening: Promise<Opened> | undefined;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly place: TokenPlace) {}

  /** The key pairs whose label is `label`. Throws `SigningDeviceFailed`. */
  keysOf(label: string): Promise<BareKey[]> {
    return this.inSession(({ library }, session) => {
      const privateKeys = library.findObjects(session, CKO.privateKey, [CKA.label, Buffer.from(label, 'utf8')]);
      const keys = privateKeys.flatMap((key) => {
        const id = library.attributeOf(session, key, CKA.id);
        return library
          .findObjects(session, CKO.publicKey, [CKA.id, id])
          .slice(0, 1)
          .map((publicKey) => {
            return this.keyOf(id, publicKeyOf(library, session, publicKey));
          });
      });
      return Promise.resolve(keys);
    });
  }

  private keyOf(id: Buffer, publicKey: KeyObject): BareKey {
    const algorithm = algorithmOf(publicKey);
    return {
      algorithm,
      publicKey,
      sign: (data) =>
        this.inSession(async ({ library }, session) => {
          // Handles are no longer than sessions: the key is looked up by what is its own.
          const [key = 0] = library.findObjects(session, CKO.privateKey, [CKA.id, id]);
          const digest = createHash('sha256').update(data).digest();
          return algorithm === 'RS256'
            ? library.sign(session, key, CKM.rsaPkcs, Buffer.concat([SHA256_DIGEST_INFO, digest]))
            : asDer(await library.sign(session, key, CKM.ecdsa, digest));
        }),
    };
  }

  private async inSession<T>(work: (opened: Opened, session: number) => Promise<T>): Promise<T> {
    const opened = await (this.opening ??= this.open());
    opened.busy += 1;
    try {
      const session = await this.takeSession(opened);
      const result = await work(opened, session);
      opened.free.push(session);
      return result;
    } catch (error) {
      opened.failure ??= error as Error;
      throw error;
    } finally {
      opened.busy -= 1;
      this.waiting.shift()?.();
      this.closeWhenBroken(opened);
    }
  }

  private async takeSession(opened: Opened): Promise<number> {
    for (;;) {
      if (opened.failure !== undefined) {
        throw new SigningDeviceFailed('The hardware module failed and is being opened anew');
      }
      const free = opened.free.pop();
      if (free !== undefined) {
        return free;
      }
      if (opened.sessions < MOST_SESSIONS) {
        opened.sessions += 1;
        return opened.library.openSession(opened.slot, this.place.pin);
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private async open(): Promise<Opened> {
    try {
      const library = await Pkcs11Library.load(this.place.module);
      return { library, slot: library.findSlot(this.place.token), free: [], sessions: 0, busy: 0 };
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  /** After the last one has let go: a module must not be closed under somebody's hands. */
  private closeWhenBroken(opened: Opened): void {
    if (opened.failure === undefined || opened.busy > 0) {
      return;
    }
    this.opening = opened.failure instanceof WrongPin ? Promise.reject(opened.failure) : undefined;
    this.opening?.catch(() => undefined);
    try {
      opened.library.finalize();
    } catch {
      // It failed already; the next opening tells whether it can be used again.
    }
  }
}

function publicKeyOf(library: Pkcs11Library, session: number, object: number): KeyObject {
  const text = (type: number): string => library.attributeOf(session, object, type).toString('base64url');
  if (library.numberOf(session, object, CKA.keyType) === CKK.rsa) {
    const key = { kty: 'RSA', n: text(CKA.modulus), e: text(CKA.publicExponent) };
    return createPublicKey({ format: 'jwk', key });
  }
  // An OCTET STRING holding 04 ‖ x ‖ y.
  const point = library.attributeOf(session, object, CKA.ecPoint).subarray(-64);
  const [x, y] = [point.subarray(0, 32), point.subarray(32)].map((part) => part.toString('base64url'));
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
}

/** PKCS#11 gives r ‖ s. */
function asDer(signature: Buffer): Uint8Array {
  const half = signature.length / 2;
  return sequence(unsigned(signature.subarray(0, half)), unsigned(signature.subarray(half)));
}
