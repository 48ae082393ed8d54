import { hkdfSync } from 'node:crypto';
import { fromHex, type Clock, type IdSource } from '../../kernel/index.js';
import type { Settings } from '../config/index.js';
import { DevelopmentAuthority } from './development-authority.js';
import { FileSigningKeys } from './file-signing-keys.js';
import { KeyDirectory } from './key-directory.js';
import { Pkcs11SigningKeys } from './pkcs11-signing-keys.js';
import { Pkcs11Token } from './pkcs11-token.js';
import type { SigningKeys } from './signing-key.js';
import { HttpTimestampAuthority, type TimestampAuthority } from './timestamp-authority.js';

/** Who stamps signatures on this installation, if anybody does. */
export class Timestamps {
  constructor(readonly authority: TimestampAuthority | undefined) {}
}

/** What signing is made of on this installation. */
export type Signing = {
  readonly keys: SigningKeys;
  readonly developmentAuthority: DevelopmentAuthority;
  readonly timestamps: Timestamps;
};

/** Touches neither files nor modules before they are needed. */
export function openSigning(settings: Settings, clock: Clock, ids: IdSource): Signing {
  const directory = new KeyDirectory(settings.signingKeyDirectory, passphraseOf(settings), ids);
  const { signingPkcs11Module: module, signingPkcs11Token: token, signingPkcs11Pin: pin } = settings;
  return {
    keys:
      settings.signingKeys === 'file'
        ? new FileSigningKeys(directory, clock)
        : new Pkcs11SigningKeys(directory, clock, new Pkcs11Token({ module, token, pin })),
    timestamps: new Timestamps(timestampsOf(settings, ids)),
    developmentAuthority: new DevelopmentAuthority(directory, clock, ids),
  };
}

function timestampsOf({ signingTsaUrl: url, signingTsaTimeoutMs: timeoutMs }: Settings, ids: IdSource) {
  return url === '' ? undefined : new HttpTimestampAuthority({ url, timeoutMs }, ids);
}

/** HKDF (RFC 5869): knowing the passphrase tells nothing of MASTER_KEY. */
function passphraseOf({ signingPassphrase, masterKey }: Settings): string {
  return signingPassphrase === ''
    ? Buffer.from(hkdfSync('sha256', fromHex(masterKey), '', 'chopmark signing keys', 32)).toString('hex')
    : signingPassphrase;
}
