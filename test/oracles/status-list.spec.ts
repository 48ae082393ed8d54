import { BitstreamStatusList, checkStatus } from '@4sure-tech/vc-bitstring-status-lists';
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SigningKey } from '../../src/platform/signing/index.js';
import { openStatusList, statusAt, statusEntries, type StatusPurpose } from '../../src/proof/index.js';
import { ecPair, rsaPair, testAuthority, testKey } from '../support/signing.js';
import { BASE_URL, signedList, STORE, TOOLS } from '../support/status-lists.js';

/** Our lists, read and judged by libraries that others wrote. */
const ENDS = { 0: 1, 1: 1, 7: 1, 8: 1, 94_567: 1, 131_071: 1 };
const MESSAGES = { 0: 1, 1: 9, 7: 15, 8: 4, 94_567: 2, 131_071: 3 };
const entriesOf = { revocation: ENDS, message: MESSAGES };

type Credential = Parameters<typeof checkStatus>[0]['credential'];
type ListCredential = Awaited<ReturnType<Parameters<typeof checkStatus>[0]['getStatusListCredential']>>;

const keys: Record<string, SigningKey> = {};
beforeAll(async () => {
  const authority = await testAuthority();
  keys['ES256'] = await testKey(authority, ecPair());
  keys['RS256'] = await testKey(authority, rsaPair());
});

function payloadOf(token: string): ListCredential {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as ListCredential;
}

describe('status lists, read by others', () => {
  it.each([
    ['revocation', 1],
    ['message', 4],
  ] as const)('of %s have the same entries for a library of the standard', async (purpose, statusSize) => {
    const ends = entriesOf[purpose];
    const token = await signedList({ key: keys['ES256'] as SigningKey, purpose, ends });
    const { encodedList } = payloadOf(token).credentialSubject;
    const theirs = await BitstreamStatusList.decode({ encodedList, statusSize });
    const ours = await openStatusList(token, TOOLS);
    const positions = [...Object.keys(ends).map(Number), 2, 6, 9, 94_566, 94_568, 131_070];
    for (const at of positions) {
      expect([at, statusAt(ours.bits, purpose, at)]).toEqual([at, theirs.getStatus(at)]);
    }
    expect(theirs.getLength()).toBe(131_072);
  });

  it.each([
    ['revocation', 94_567, false, 1],
    ['revocation', 94_568, true, 0],
  ] as [StatusPurpose, number, boolean, number][])(
    'of %s answer for document %i by the algorithm of the standard',
    async (purpose, index, verified, status) => {
      const now = { validFrom: new Date(Date.now() - 1_000), validUntil: new Date(Date.now() + 3_600_000) };
      const token = await signedList({
        ...{ key: keys['ES256'] as SigningKey, purpose, ends: entriesOf[purpose] },
        change: (one) => {
          one['validFrom'] = now.validFrom.toISOString();
          one['validUntil'] = now.validUntil.toISOString();
        },
      });
      const credential = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        ...{ id: 'urn:x', type: ['VerifiableCredential'], issuer: 'urn:y' },
        credentialSubject: { id: 'urn:z', type: 'Document' },
        credentialStatus: statusEntries(BASE_URL, STORE, index).filter((entry) => entry.statusPurpose === purpose),
      } as unknown as Credential;
      const answer = await checkStatus({
        credential,
        getStatusListCredential: () => Promise.resolve(payloadOf(token)),
      });
      expect([answer.verified, answer.status]).toEqual([verified, status]);
    },
  );

  it.each(['ES256', 'RS256'])('are signed with %s for a JOSE library, and not once they are altered', async (alg) => {
    const token = await signedList({ key: keys[alg] as SigningKey, ends: ENDS });
    const { x5c = [] } = decodeProtectedHeader(token);
    const pem = `-----BEGIN CERTIFICATE-----\n${x5c[0] ?? ''}\n-----END CERTIFICATE-----`;
    const publicKey = await importX509(pem, alg);
    const { payload, protectedHeader } = await jwtVerify(token, publicKey, { typ: 'vc+jwt', algorithms: [alg] });
    expect([payload['type'], protectedHeader.cty]).toEqual([
      ['VerifiableCredential', 'BitstringStatusListCredential'],
      'vc',
    ]);
    const [header, , signature] = token.split('.');
    const other = (await signedList({ key: keys[alg] as SigningKey })).split('.')[1];
    await expect(jwtVerify(`${header}.${other}.${signature}`, publicKey)).rejects.toThrow(/signature/);
  });
});
