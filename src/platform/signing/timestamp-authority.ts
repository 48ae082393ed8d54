import { createHash } from 'node:crypto';
import type { IdSource } from '../../kernel/index.js';
import { checkTimestamp, type Timestamp } from '../../proof/index.js';
import { SHA256 } from './algorithms.js';
import { asnTrue, integer, octetString, sequence, unsigned } from './der.js';
import { TimestampUnavailable } from './signing.errors.js';
import { readTimestampResponse } from './timestamp-response.js';

/** Somebody who vouches for the time: a time-stamping authority (RFC 3161). */
export interface TimestampAuthority {
  /** A time-stamp token over `signature` (DER). Throws `TimestampUnavailable`. */
  stamp(signature: Uint8Array): Promise<Uint8Array>;
}

type Place = { readonly url: string; readonly timeoutMs: number };

const ATTEMPTS = 3;
const NONCE_BYTES = 8;
/** Tokens of public authorities have up to 7 KB. */
const LONGEST_ANSWER = 65_536;

/** A time-stamping authority that is asked over HTTP (RFC 3161, 3.4). */
export class HttpTimestampAuthority implements TimestampAuthority {
  constructor(
    private readonly place: Place,
    private readonly ids: IdSource,
  ) {}

  /**
   * Asks up to three times, then gives up until the document is tried again. A token counts only when it is sound, is over
   * this signature and repeats the nonce of this request: an old answer cannot be played back.
   */
  async stamp(signature: Uint8Array): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.ask(signature);
      } catch (error) {
        if (attempt === ATTEMPTS) {
          throw error instanceof TimestampUnavailable ? error : new TimestampUnavailable(reasonOf(error));
        }
      }
    }
  }

  private async ask(signature: Uint8Array): Promise<Uint8Array> {
    const nonce = this.ids.bytes(NONCE_BYTES);
    const answer = await fetch(this.place.url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Buffer.from(request(signature, nonce)),
      signal: AbortSignal.timeout(this.place.timeoutMs),
    });
    if (!answer.ok) {
      throw new TimestampUnavailable(`it answered ${answer.status}`);
    }
    const body = new Uint8Array(await answer.arrayBuffer());
    if (body.length > LONGEST_ANSWER) {
      throw new TimestampUnavailable('its answer is too long');
    }
    const token = readTimestampResponse(body);
    requireNonce(await checkTimestamp(token, signature), nonce);
    return token;
  }
}

/** TimeStampReq (RFC 3161, 2.4.1), asking for the certificate of the authority, too. */
function request(signature: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = sequence(SHA256, octetString(createHash('sha256').update(signature).digest()));
  return sequence(integer(1), imprint, unsigned(nonce), asnTrue);
}

function requireNonce({ nonce = new Uint8Array() }: Timestamp, sent: Uint8Array): void {
  const asNumber = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
  if (asNumber(nonce) !== asNumber(sent)) {
    throw new TimestampUnavailable('it answered another question than ours');
  }
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  return name === 'TimeoutError'
    ? 'it took too long'
    : `${message}${cause instanceof Error ? ` (${cause.message})` : ''}`;
}
