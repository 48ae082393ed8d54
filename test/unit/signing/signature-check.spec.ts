import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf, type SigningKey } from '../../../src/platform/signing/index.js';
import {
  ecPair,
  fingerprintOf,
  placeIn,
  rsaPair,
  testAuthority,
  testKey,
  testSubordinate,
  unsignedPdf,
  type SignableFile,
  type TestAuthority,
} from '../../support/signing.js';
import { checkPdfSignature, type Fact, type SignatureTrust } from '../../../src/proof/index.js';

const DIGITS = '0123456789abcdef';

let authority: TestAuthority;
let key: SigningKey;
let unsigned: SignableFile;
let signed: Uint8Array;
let trust: SignatureTrust;

beforeAll(async () => {
  authority = await testAuthority();
  key = await testKey(authority);
  unsigned = unsignedPdf(key);
  signed = await signPdf(unsignedPdf(key), key);
  trust = { registered: [fingerprintOf(key)] };
});

const check = (file: Uint8Array, believed = trust): Promise<Fact> =>
  checkPdfSignature(file, placeIn(signed, unsigned), believed);

describe('checkPdfSignature', () => {
  it('holds for a file signed with the registered certificate, and names it', async () => {
    expect(await check(signed)).toEqual({
      question: 'signature',
      outcome: 'holds',
      code: 'signature.holds',
      detail: { fingerprint: fingerprintOf(key), signer: '深圳市听涛文化传播有限公司', algorithm: 'ES256' },
    });
  });

  it('holds for RSA, and with intermediate certificates sent along', async () => {
    for (const other of [await testKey(authority, rsaPair()), withRoot(key, authority)]) {
      const file = await signPdf(unsignedPdf(other), other);
      const believed = { registered: [fingerprintOf(other)] };
      expect(await checkPdfSignature(file, placeIn(file, unsignedPdf(other)), believed)).toMatchObject({
        code: 'signature.holds',
      });
    }
  });

  it('takes from one WebCrypto no answer that another one gave', async () => {
    const { subtle } = globalThis.crypto;
    // To this one, nothing as long as a certificate is signed by anybody.
    const doubting = {
      digest: subtle.digest.bind(subtle),
      importKey: subtle.importKey.bind(subtle),
      verify: async (...asked: Parameters<typeof subtle.verify>) =>
        asked[3].byteLength <= 256 && subtle.verify(...asked),
    } as unknown as typeof subtle;
    const asked = (by: typeof subtle): Promise<Fact> =>
      checkPdfSignature(signed, placeIn(signed, unsigned), { authorities: [authority.certificate] }, by);
    expect(await asked(doubting)).toMatchObject({ code: 'signature.certificate-unknown' });
    expect(await asked(subtle)).toMatchObject({ code: 'signature.holds' });
  });

  it('holds for a certificate whose authority is believed, and for no other authority', async () => {
    expect(await check(signed, { authorities: [authority.certificate] })).toMatchObject({ code: 'signature.holds' });
    const stranger = await testAuthority('Test Root');
    expect(await check(signed, { authorities: [stranger.certificate] })).toMatchObject({
      outcome: 'fails',
      code: 'signature.certificate-unknown',
    });
    expect(await check(signed, { registered: ['00'.repeat(32)] })).toMatchObject({
      code: 'signature.certificate-unknown',
    });
  });

  it('says unknown when nobody could be asked, and not-applicable without a signature', async () => {
    expect(await check(signed, {})).toMatchObject({ outcome: 'unknown', code: 'signature.certificate-not-asked' });
    expect(await checkPdfSignature(unsigned.bytes, null, trust)).toMatchObject({ outcome: 'not-applicable' });
  });

  it('refuses a certificate that was not in force when the document was issued', async () => {
    expect(await check(signed, { ...trust, issuedAt: new Date('2025-12-31T23:59:59Z') })).toMatchObject({
      code: 'signature.certificate-not-in-force',
    });
  });

  it('refuses a range that leaves anything else out, or a file that goes on', async () => {
    const place = placeIn(signed, unsigned);
    const [zero = 0, first = 0, second = 0, last = 0] = place.byteRange;
    for (const byteRange of [
      [zero, first, second, last - 1],
      [zero, first - 1, second, last],
      [1, first, second, last],
      [],
    ]) {
      expect(await checkPdfSignature(signed, { ...place, byteRange }, trust)).toMatchObject({
        code: 'signature.not-whole',
      });
    }
    const longer = Buffer.concat([signed, Buffer.from('\n')]);
    expect(await check(longer)).toMatchObject({ code: 'signature.not-whole' });
  });

  it('tells a changed page from a changed signature', async () => {
    const page = Buffer.from(signed);
    page.write('D:20261122120001Z', page.indexOf('D:2026'));
    expect(await check(page)).toMatchObject({ outcome: 'fails', code: 'signature.digest-mismatch' });
    const emptied = Buffer.from(signed);
    emptied.fill('0', unsigned.places.contentsAt + 1, placeIn(signed, unsigned).contentsEnd - 1);
    expect(await check(emptied)).toMatchObject({ outcome: 'fails', code: 'signature.malformed' });
  });

  it('refuses a genuine signature by a certificate that was put beside the signed one', async () => {
    const other = await testKey(authority);
    const theft = { ...other, certificates: [...other.certificates, ...key.certificates] };
    const file = await signPdf(unsignedPdf(theft), theft);
    expect(await checkPdfSignature(file, placeIn(file, unsignedPdf(theft)), trust)).toMatchObject({ outcome: 'fails' });
  });

  it.each([
    ['ES256', ecPair],
    ['RS256', rsaPair],
  ])(
    'never holds, and never throws, when one byte of the %s signature or of its room is another',
    async (_, pair) => {
      const own = withRoot(await testKey(authority, pair()), authority);
      const believed = { registered: [fingerprintOf(own)] };
      const whole = unsignedPdf(own);
      const file = Buffer.from(await signPdf(whole, own));
      const place = placeIn(file, whole);
      for (let at = place.contentsAt + 1; at < place.contentsEnd - 1; at += 1) {
        const was = file[at] ?? 0;
        file[at] = DIGITS.charCodeAt((DIGITS.indexOf(String.fromCharCode(was)) + 1 + (at % 15)) % 16);
        const { outcome } = await checkPdfSignature(file, place, believed);
        expect({ at, outcome }).toEqual({ at, outcome: 'fails' });
        file[at] = was;
      }
      expect(await checkPdfSignature(file, place, believed)).toMatchObject({ outcome: 'holds' });
    },
    60_000,
  );

  it('takes intermediate certificates when it knows them or what is above them, and else refuses them', async () => {
    const below = await testSubordinate(authority);
    const own = await testKey(below);
    const sent = withRoot(own, below);
    const file = await signPdf(unsignedPdf(sent), sent);
    const place = placeIn(file, unsignedPdf(sent));
    const registered = [fingerprintOf(own)];
    for (const intermediates of [[below.certificate], [authority.certificate]]) {
      expect(await checkPdfSignature(file, place, { registered, intermediates })).toMatchObject({ outcome: 'holds' });
    }
    expect(await checkPdfSignature(file, place, { authorities: [authority.certificate] })).toMatchObject({
      outcome: 'holds',
    });
    expect(await checkPdfSignature(file, place, { registered })).toMatchObject({ code: 'signature.malformed' });
  });

  it('never throws on bytes that are no signature at all', async () => {
    const place = placeIn(signed, unsigned);
    for (let round = 0; round < 500; round += 1) {
      const file = Buffer.from(signed);
      const from = place.contentsAt + 1 + ((round * 7) % 1_000);
      file.write(((round * 2_654_435_761) >>> 0).toString(16).padStart(8, '0'), from, 'latin1');
      expect((await check(file)).outcome).toBe('fails');
    }
  });
});

/** The same key, sending its root along. */
function withRoot(own: SigningKey, { certificate }: TestAuthority): SigningKey {
  return { ...own, certificates: [...own.certificates, certificate] };
}
