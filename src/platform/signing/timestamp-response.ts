import { DER, DerReader } from '../../proof/index.js';
import { TimestampUnavailable } from './signing.errors.js';

/** Of PKIStatus: granted, and granted with modifications (RFC 3161, 2.4.2). */
const GRANTED = new Set([0, 1]);

/** The token of a TimeStampResp. Throws `TimestampUnavailable` with the status when it was refused, `SignatureMalformed` otherwise. */
export function readTimestampResponse(answer: Uint8Array): Uint8Array {
  const response = new DerReader(answer).enter(DER.sequence);
  const info = response.enter(DER.sequence);
  const [status = 0xff] = info.expect(DER.integer).content;
  if (!GRANTED.has(status)) {
    throw new TimestampUnavailable(`it refused with status ${status}`);
  }
  const token = response.expect(DER.sequence).bytes;
  response.end();
  return token;
}
