import type { LibraryHandle } from 'koffi';
import { SigningDeviceFailed } from './signing.errors.js';

/** The part of PKCS#11 (OASIS, v2.40) that signing needs; return values other than CKR_OK are thrown. */
export const CKA = {
  class: 0x00,
  label: 0x03,
  keyType: 0x100,
  id: 0x102,
  modulus: 0x120,
  publicExponent: 0x122,
  ecPoint: 0x181,
} as const;
export const CKO = { publicKey: 2, privateKey: 3 } as const;
export const CKK = { rsa: 0, ec: 3 } as const;
export const CKM = { rsaPkcs: 0x0001, ecdsa: 0x1041 } as const;

const CKR_OK = 0;
const CKR_ALREADY = new Set([0x100, 0x191]);
/** CKR_PIN_INCORRECT, _INVALID, _LEN_RANGE, _EXPIRED, _LOCKED: trying again would lock the token for good. */
const CKR_PIN = new Set([0xa0, 0xa1, 0xa2, 0xa3, 0xa4]);
const CKF_SERIAL_SESSION = 4;
const CKU_USER = 1;
const CKF_OS_LOCKING_OK = 2n;
const LONG = 8;
const LABEL_BYTES = 32;
const TOKEN_INFO_BYTES = 256;
const MOST_OBJECTS = 64;

export class WrongPin extends SigningDeviceFailed {
  constructor(code: number) {
    super(
      `The hardware module refuses SIGNING_PKCS11_PIN (${hex(code)}). It is not tried again before a restart: some modules lock after three times`,
    );
  }
}

type Call = (...parameters: readonly unknown[]) => number;
type AsyncCall = Call & { async: (...parameters: unknown[]) => void };

/** One loaded PKCS#11 library. Handles are numbers of the module's. */
export class Pkcs11Library {
  private readonly calls = new Map<string, AsyncCall>();

  private constructor(
    private readonly library: LibraryHandle,
    private readonly attribute: object,
  ) {}

  /** Throws `SigningDeviceFailed` when the library, or koffi, which calls it, is not there. */
  static async load(path: string): Promise<Pkcs11Library> {
    const { default: koffi } = await import('koffi').catch(() => {
      throw new SigningDeviceFailed('PKCS#11 needs the package koffi, which is not installed: npm install koffi');
    });
    try {
      const attribute = koffi.struct({ type: 'ulong', value: 'void *', length: 'ulong' });
      const library = new Pkcs11Library(koffi.load(path), koffi.inout(koffi.pointer(attribute)));
      library.initialize();
      return library;
    } catch (error) {
      const reason = (error as Error).message;
      throw error instanceof SigningDeviceFailed
        ? error
        : new SigningDeviceFailed(`SIGNING_PKCS11_MODULE ${path} cannot be loaded: ${reason}`);
    }
  }

  /** The slot whose token has this label. Throws `SigningDeviceFailed` when there is none. */
  findSlot(label: string): number {
    const count = [0];
    const parameters = ['uchar', '_Out_ ulong *', '_Inout_ ulong *'];
    this.call('C_GetSlotList', parameters, 1, null, count);
    const slots = new Array<number>(count[0] ?? 0).fill(0);
    this.call('C_GetSlotList', parameters, 1, slots, count);
    const slot = slots.find((one) => this.labelOf(one) === label);
    if (slot === undefined) {
      throw new SigningDeviceFailed(
        `The hardware module has no token with the label "${label}" (SIGNING_PKCS11_TOKEN)`,
      );
    }
    return slot;
  }

  /** A session whose user is logged in. */
  openSession(slot: number, pin: string): number {
    const session = [0];
    this.call(
      'C_OpenSession',
      ['ulong', 'ulong', 'void *', 'void *', '_Out_ ulong *'],
      ...[slot, CKF_SERIAL_SESSION, null, null, session],
    );
    const secret = Buffer.from(pin, 'utf8');
    this.call('C_Login', ['ulong', 'ulong', 'void *', 'ulong'], session[0], CKU_USER, secret, secret.length);
    return session[0] ?? 0;
  }

  /** Handles of the objects of this class that have this attribute. */
  findObjects(session: number, objectClass: number, [type, value]: readonly [number, Uint8Array]): number[] {
    const template = [
      { type: CKA.class, value: long(objectClass), length: LONG },
      { type, value: Buffer.from(value), length: value.length },
    ];
    this.call('C_FindObjectsInit', ['ulong', this.attribute, 'ulong'], session, template, template.length);
    const found = new Array<number>(MOST_OBJECTS).fill(0);
    const count = [0];
    this.call(
      'C_FindObjects',
      ['ulong', '_Out_ ulong *', 'ulong', '_Out_ ulong *'],
      ...[session, found, MOST_OBJECTS, count],
    );
    this.call('C_FindObjectsFinal', ['ulong'], session);
    return found.slice(0, count[0]);
  }

  attributeOf(session: number, object: number, type: number): Buffer {
    const parameters = ['ulong', 'ulong', this.attribute, 'ulong'];
    const asked = [{ type, value: null as Buffer | null, length: 0 }];
    this.call('C_GetAttributeValue', parameters, session, object, asked, 1);
    const value = Buffer.alloc(asked[0]?.length ?? 0);
    this.call('C_GetAttributeValue', parameters, session, object, [{ type, value, length: value.length }], 1);
    return value;
  }

  numberOf(session: number, object: number, type: number): number {
    return Number(this.attributeOf(session, object, type).readBigUInt64LE());
  }

  /** Signs while the process goes on: a module behind a network takes milliseconds. One at a time in a session. */
  async sign(session: number, key: number, mechanism: number, data: Uint8Array): Promise<Buffer> {
    const chosen = Buffer.concat([long(mechanism), long(0), long(0)]);
    await this.callAside('C_SignInit', ['ulong', 'void *', 'ulong'], session, chosen, key);
    const signature = Buffer.alloc(1_024);
    const length = long(signature.length);
    await this.callAside(
      'C_Sign',
      ['ulong', 'void *', 'ulong', 'void *', 'void *'],
      ...[session, Buffer.from(data), data.length, signature, length],
    );
    return signature.subarray(0, Number(length.readBigUInt64LE()));
  }

  /** Forgets all sessions. */
  finalize(): void {
    this.call('C_Finalize', ['void *'], null);
  }

  private initialize(): void {
    // CK_C_INITIALIZE_ARGS: four functions of our own, which we have none of, then flags, then a reserved pointer.
    const options = Buffer.alloc(6 * LONG);
    options.writeBigUInt64LE(CKF_OS_LOCKING_OK, 4 * LONG);
    this.call('C_Initialize', ['void *'], options);
  }

  private labelOf(slot: number): string {
    const info = Buffer.alloc(TOKEN_INFO_BYTES);
    this.call('C_GetTokenInfo', ['ulong', 'void *'], slot, info);
    return info.toString('utf8', 0, LABEL_BYTES).trimEnd();
  }

  private call(name: string, parameters: readonly unknown[], ...values: readonly unknown[]): void {
    const failure = failureOf(name, this.function(name, parameters)(...values));
    if (failure !== null) {
      throw failure;
    }
  }

  private callAside(name: string, parameters: readonly unknown[], ...values: readonly unknown[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.function(name, parameters).async(...values, (error: Error | null, code: number) => {
        const failure = error ?? failureOf(name, code);
        if (failure === null) {
          resolve();
        } else {
          reject(failure);
        }
      });
    });
  }

  private function(name: string, parameters: readonly unknown[]): AsyncCall {
    const known = this.calls.get(name) ?? (this.library.func(name, 'ulong', [...parameters] as string[]) as AsyncCall);
    this.calls.set(name, known);
    return known;
  }
}

function failureOf(name: string, code: number): SigningDeviceFailed | null {
  if (CKR_PIN.has(code)) {
    return new WrongPin(code);
  }
  const isFine = code === CKR_OK || CKR_ALREADY.has(code);
  return isFine ? null : new SigningDeviceFailed(`The hardware module answered ${hex(code)} to ${name}`);
}

function hex(code: number): string {
  return `0x${code.toString(16)}`;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(LONG);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
