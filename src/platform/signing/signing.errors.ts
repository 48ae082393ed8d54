import { DomainError } from '../../kernel/index.js';

/**
 * A signature cannot be made at this moment, and no document is to blame: the work waits and is tried again. Whoever
 * counts failures of documents does not count these.
 */
export abstract class CannotSignNow extends DomainError {
  override readonly kind = 'unavailable';
}

/** There is no key, or no certificate, for this issuer. */
export class SigningKeyMissing extends CannotSignNow {
  override readonly code = 'signing.key-missing';

  constructor(readonly issuerId: string) {
    super(
      `Issuer ${issuerId} has no signing key and certificate here. Its documents wait. Make them with the command "make-certificate", or install a certificate with "install-certificate"`,
    );
  }
}

/** There is a key, and it must not or cannot be used; `reason` says why, and what to do. */
export class SigningKeyUnusable extends CannotSignNow {
  override readonly code = 'signing.key-unusable';

  constructor(
    readonly issuerId: string,
    reason: string,
  ) {
    super(`The signing key of issuer ${issuerId} cannot be used: ${reason}`);
  }
}

/** The hardware module, or its library, did not do what it was asked. */
export class SigningDeviceFailed extends CannotSignNow {
  override readonly code = 'signing.device-failed';
}

/** The time-stamping authority did not answer, or answered something that is no time stamp of our signature. */
export class TimestampUnavailable extends CannotSignNow {
  override readonly code = 'signing.timestamp-unavailable';

  constructor(reason: string) {
    super(`The time-stamping authority gave no time stamp: ${reason}. Documents wait and are tried again`);
  }
}

/** A signature does not fit into the room that the file keeps for it. */
export class SignatureTooLong extends DomainError {
  override readonly code = 'signing.signature-too-long';
  override readonly kind = 'unavailable';

  constructor(needed: number, room: number) {
    super(
      `The signature takes ${needed} bytes and the file keeps ${room} for it: reserve what "signatureRoom" says for this key`,
    );
  }
}

/** A file that is not PEM, a chain that does not fit its key, or a certificate that documents cannot be signed with. */
export class CertificateRefused extends DomainError {
  override readonly code = 'signing.certificate-refused';
  override readonly kind = 'invalid';
}
