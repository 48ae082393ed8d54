import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SigningKey } from '../../src/platform/signing/index.js';
import {
  emptyStatusBits,
  listedValueOf,
  openStatusList,
  parseStatusListId,
  setStatus,
  STATUS_LIST_LENGTH,
  statusAt,
  statusByList,
  statusEntries,
  statusesByList,
  statusListId,
  statusListLeaf,
  type StatusList,
  type StatusLists,
  type StatusPurpose,
} from '../../src/proof/index.js';
import { rsaPair, testAuthority, testKey } from '../support/signing.js';
import {
  BASE_URL,
  GOOD_UNTIL,
  SIGNED_AT,
  signedList,
  STORE,
  TOOLS,
  type ListRequest,
} from '../support/status-lists.js';

let key: SigningKey;
beforeAll(async () => {
  key = await testKey(await testAuthority());
});

const open = async (request: Partial<ListRequest> = {}) => openStatusList(await signedList({ key, ...request }), TOOLS);

describe('the bits of a list', () => {
  it.each(['revocation', 'message'] as const)('of %s keep each entry apart from the others', (purpose) => {
    const most = purpose === 'revocation' ? 1 : 15;
    const entries = fc.dictionary(fc.nat(STATUS_LIST_LENGTH - 1).map(String), fc.integer({ min: 1, max: most }));
    fc.assert(
      fc.property(entries, (given) => {
        const bits = emptyStatusBits(purpose);
        for (const [position, value] of Object.entries(given)) {
          setStatus(bits, purpose, Number(position), value);
        }
        const around = Object.keys(given).flatMap((at) => [Number(at) - 1, Number(at), Number(at) + 1]);
        for (const at of around.filter((one) => one >= 0 && one < STATUS_LIST_LENGTH)) {
          expect(statusAt(bits, purpose, at)).toBe(given[String(at)] ?? 0);
        }
      }),
    );
  });

  it('begin with the highest bit of the first byte, as the standard wants', () => {
    const bits = emptyStatusBits('revocation');
    setStatus(bits, 'revocation', 0, 1);
    setStatus(bits, 'revocation', 10, 1);
    expect([...bits.subarray(0, 2)]).toEqual([0b1000_0000, 0b0010_0000]);
    expect(bits).toHaveLength(16_384);
  });

  it('have no entry outside the list', () => {
    const bits = emptyStatusBits('message');
    for (const position of [-1, 1.5, STATUS_LIST_LENGTH, Number.NaN]) {
      expect(() => statusAt(bits, 'message', position)).toThrow(/has no entry/);
    }
  });

  it('give a leaf that depends on the name and on every bit', () => {
    const [bits, other] = [emptyStatusBits('revocation'), emptyStatusBits('revocation')];
    setStatus(other, 'revocation', STATUS_LIST_LENGTH - 1, 1);
    const leaves = [statusListLeaf('a', bits), statusListLeaf('a', other), statusListLeaf('b', bits)];
    expect(new Set(leaves.map((leaf) => Buffer.from(leaf).toString('hex'))).size).toBe(3);
  });

  it('know a value for every end, and none for anything else', () => {
    expect(listedValueOf('revocation-recorded')).toBe(1);
    expect(listedValueOf('lapsed')).toBe(9);
    expect(() => listedValueOf('in-force')).toThrow(RangeError);
  });
});

describe('the name of a list', () => {
  it('is read as it was written', () => {
    const name = { store: STORE.toLowerCase(), purpose: 'message', number: 12 } as const;
    expect(parseStatusListId(statusListId(name))).toEqual(name);
  });

  it.each([
    '',
    'x',
    `${STORE}-revocation-0`,
    `${STORE.toLowerCase()}-revocation-01`,
    `${STORE.toLowerCase()}-refresh-0`,
  ])('is not %j', (id) => {
    expect(parseStatusListId(id)).toBeUndefined();
  });
});

describe('opening a signed list', () => {
  it.each([
    ['ES256', () => key],
    ['RS256', async () => testKey(await testAuthority(), rsaPair())],
  ] as const)('reads what was signed with %s', async (_name, keyOf) => {
    const list = await open({ key: await keyOf(), ends: { 7: 1 } });
    expect(list).toMatchObject({ store: STORE.toLowerCase(), purpose: 'revocation', number: 0, validFrom: SIGNED_AT });
    expect([statusAt(list.bits, 'revocation', 7), statusAt(list.bits, 'revocation', 8)]).toEqual([1, 0]);
  });

  it('believes no list whose payload, header or signature was exchanged', async () => {
    const [one, other] = [
      (await signedList({ key, ends: { 7: 1 } })).split('.'),
      (await signedList({ key })).split('.'),
    ];
    const forged = [
      [one[0], other[1], one[2]],
      [one[0], one[1], other[2]],
      [one[0], one[1], 'AAAA'],
    ];
    for (const parts of forged) {
      await expect(openStatusList(parts.join('.'), TOOLS)).rejects.toThrow(/does not hold/);
    }
  });

  it('believes no list of a stranger, and none while nobody can say whose key it is', async () => {
    const token = await signedList({ key });
    const doubts = [() => false, () => Promise.reject(new Error('down'))];
    for (const isBelieved of doubts) {
      await expect(openStatusList(token, { ...TOOLS, isBelieved })).rejects.toThrow(/not known as the issuer/);
    }
  });

  it('believes no list from before its certificate', async () => {
    const change = (credential: Record<string, unknown>): void => {
      credential['validFrom'] = '2020-01-01T00:00:00Z';
    };
    await expect(open({ change })).rejects.toThrow(/not in force/);
  });

  it.each<[string, (credential: Record<string, unknown>) => void]>([
    ['another issuer than its name', (one) => (one['issuer'] = { id: `did:pkh:eip155:1337:${'0x'.padEnd(42, '1')}` })],
    ['is not a BitstringStatusListCredential', (one) => (one['type'] = ['VerifiableCredential'])],
    ['is not a BitstringStatusListCredential', (one) => (one['id'] = 'https://chopmark.example/x')],
    ['does not say "validUntil"', (one) => delete one['validUntil']],
    ['multibase', (one) => Object.assign(one['credentialSubject'] as object, { encodedList: 'zABC' })],
    [
      'does not have the 16384 bytes',
      (one) => Object.assign(one['credentialSubject'] as object, { encodedList: 'uAAAA' }),
    ],
  ])('says of what is none: %s', async (reason, change) => {
    await expect(open({ change })).rejects.toThrow(reason);
  });

  it.each(['', 'a.b', 'a.b.c', 'a.b.c.d', '!.!.!', `e30.e30.AAAA`])('says of %j that it is none', async (token) => {
    await expect(openStatusList(token, TOOLS)).rejects.toThrow(/^The status list /);
  });

  it('does not unpack a list without end', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = `u${gzipSync(new Uint8Array(50_000_000)).toString('base64url')}`;
    const change = (one: Record<string, unknown>): void => {
      Object.assign(one['credentialSubject'] as object, { encodedList: bomb });
    };
    await expect(open({ change })).rejects.toThrow('does not have the 16384 bytes');
  });
});

describe('asking lists about documents', () => {
  const BETWEEN = new Date('2026-11-22T09:00:00Z');
  const document = (index: number, store = STORE) => ({ store, entries: statusEntries(BASE_URL, store, index) });

  async function listsOf(ends: Record<number, number>, now = BETWEEN, purposes = ['revocation', 'message'] as const) {
    const opened = await Promise.all(
      purposes.map(async (purpose) => {
        const values = Object.entries(ends).map(([at, value]) => [at, purpose === 'message' ? value : 1]);
        return open({ purpose, ends: Object.fromEntries(values) as Record<number, number> });
      }),
    );
    const asked: string[] = [];
    const find: StatusLists['find'] = (id) => {
      asked.push(id);
      return opened.filter((list) => statusListId(list) === id);
    };
    return { now, find, asked };
  }

  it('tells that a document is in force, and how old the list is', async () => {
    expect(await statusByList(document(3), await listsOf({ 7: 1 }))).toEqual({
      ...{ question: 'status', outcome: 'holds', code: 'status.by-list' },
      detail: { listedAt: '2026-11-22T08:00:00.000Z', validUntil: '2026-11-22T10:00:00.000Z', ageSeconds: '3600' },
    });
  });

  it('tells why a document is out of force, though the list is too old for anything else', async () => {
    for (const now of [BETWEEN, new Date('2027-01-01')]) {
      expect(await statusByList(document(7), await listsOf({ 7: 2 }, now))).toMatchObject({
        ...{ outcome: 'fails', code: 'status.red-lettered' },
      });
    }
    expect(await statusByList(document(7), await listsOf({ 7: 14 }))).toMatchObject({ code: 'status.listed-as-ended' });
  });

  it.each([new Date(GOOD_UNTIL.getTime() + 1), new Date(SIGNED_AT.getTime() - 1)])(
    'cannot tell at %s, outside the time of the list, that a document is in force',
    async (now) => {
      expect(await statusByList(document(3), await listsOf({}, now))).toMatchObject({
        ...{ outcome: 'unknown', code: 'status.list-stale' },
      });
    },
  );

  it('says nothing of a document whose entries name lists of another issuer, or that nobody has', async () => {
    const lists = await listsOf({});
    const { entries } = document(3);
    expect(await statusByList({ store: '0x'.padEnd(42, '1'), entries }, lists)).toBeUndefined();
    expect(await statusByList({ store: STORE, entries: [] }, lists)).toBeUndefined();
    expect(await statusByList(document(STATUS_LIST_LENGTH + 3), lists)).toBeUndefined();
    const find = () => Promise.reject(new Error('gone'));
    expect(await statusByList(document(3), { ...lists, find })).toBeUndefined();
  });

  describe('when there are several of one name', () => {
    const hours = (count: number): Date => new Date(SIGNED_AT.getTime() + count * 3_600_000);
    /** Signed so many hours after the others. */
    const later = (count: number, ends: Record<number, number>, purpose: StatusPurpose = 'revocation') =>
      open({
        ...{ purpose, ends },
        change: (credential) => {
          credential['validFrom'] = hours(count).toISOString();
          credential['validUntil'] = hours(count + 2).toISOString();
        },
      });
    /** What is told in either order. */
    async function told(index: number, opened: readonly StatusList[], now = BETWEEN) {
      const facts = [opened, [...opened].reverse()].map((lists) =>
        statusByList(document(index), { now, find: (id) => lists.filter((list) => statusListId(list) === id) }),
      );
      const [first, second] = await Promise.all(facts);
      expect(second).toEqual(first);
      return [first?.code, first?.detail?.['listedAt']];
    }

    it('tells an end that any of them tells, and how old that one is', async () => {
      const [before, now] = [await later(-1, { 7: 1 }), await later(0, { 8: 1 })];
      expect(await told(7, [before, now])).toEqual(['status.listed-as-ended', hours(-1).toISOString()]);
      expect(await told(8, [before, now])).toEqual(['status.listed-as-ended', hours(0).toISOString()]);
      expect(await told(9, [before, now])).toEqual(['status.by-list', hours(0).toISOString()]);
    });

    it('tells the end that the newest of those knows which know one', async () => {
      const reasons = [await later(-2, { 7: 9 }, 'message'), await later(-1, { 7: 1 }, 'message')];
      const lists = [...reasons, await later(0, {}, 'message'), await later(0, { 7: 1 })];
      expect(await told(7, lists)).toEqual(['status.revocation-recorded', hours(-1).toISOString()]);
    });

    it('tells that a document is in force by the newest that is valid now, and by its age that none is', async () => {
      const lists = [await later(-9, {}), await later(-1, {}), await later(0, {}), await later(5, {})];
      expect(await told(7, lists)).toEqual(['status.by-list', hours(0).toISOString()]);
      expect(await told(7, lists, hours(20))).toEqual(['status.list-stale', hours(5).toISOString()]);
    });
  });

  it('answers a thousand documents with two looks at lists', async () => {
    const lists = await listsOf({ 7: 1, 500: 3 });
    const facts = await statusesByList(
      Array.from({ length: 1_000 }, (_, index) => document(index)),
      lists,
    );
    const failed = facts.flatMap((fact, index) => (fact?.outcome === 'fails' ? [[index, fact.code]] : []));
    expect(failed).toEqual([
      [7, 'status.revocation-recorded'],
      [500, 'status.written-off'],
    ]);
    expect(lists.asked).toHaveLength(2);
  });
});
