import { beforeAll, describe, expect, it } from 'vitest';
import { believedStatusLists, statusAt, statusListId } from '../../src/proof/index.js';
import { testAuthority, testKey, type TestAuthority } from '../support/signing.js';
import { GOOD_UNTIL, SIGNED_AT, signedList, STORE, TOOLS } from '../support/status-lists.js';

describe('lists for a verifier without a register', () => {
  const ISSUER = '深圳市听涛文化传播有限公司';
  const id = statusListId({ store: STORE.toLowerCase(), purpose: 'revocation', number: 0 });
  let authority: TestAuthority;
  let token: string;
  let asked: string[];

  beforeAll(async () => {
    authority = await testAuthority();
    token = await signedList({ key: await testKey(authority), ends: { 7: 1 } });
  });

  /** Lists as they come from one source, for the issuer of this name. */
  const listsOf = (issuerName: string, authorities = [authority.certificate], given: readonly string[] = [token]) => {
    asked = [];
    const tokensOf = (one: string): readonly string[] => {
      asked.push(one);
      return given;
    };
    return believedStatusLists({ ...TOOLS, tokensOf, authorities, now: SIGNED_AT })(issuerName);
  };

  it('are believed when a trusted authority certified who signed them, in the name of the issuer', async () => {
    const lists = listsOf(ISSUER);
    expect(lists.now).toBe(SIGNED_AT);
    const [list] = await lists.find(id);
    expect(list).toMatchObject({ store: STORE.toLowerCase(), validFrom: SIGNED_AT, validUntil: GOOD_UNTIL });
    expect(list && statusAt(list.bits, 'revocation', 7)).toBe(1);
  });

  it('are not believed of another issuer, whoever certified him', async () => {
    await expect(listsOf('娄底市示例不动产登记中心').find(id)).rejects.toThrow(/not known as the issuer/);
  });

  it('are not believed of an authority that nobody trusts, nor when none is trusted', async () => {
    const strangers = [(await testAuthority('Somebody else')).certificate];
    await expect(listsOf(ISSUER, strangers).find(id)).rejects.toThrow(/not known as the issuer/);
    await expect(listsOf(ISSUER, []).find(id)).rejects.toThrow(/not known as the issuer/);
  });

  it('are none where none of that name is at hand', async () => {
    expect(await listsOf(ISSUER).find(id.replace(/0$/, '1'))).toEqual([]);
  });

  it('are not hidden by lists of the same name that do not open or that nobody believes', async () => {
    const theirs = await signedList({ key: await testKey(await testAuthority()), ends: { 8: 1 } });
    const broken = `${token.slice(0, token.lastIndexOf('.'))}.AAAA`;
    for (const given of [
      [theirs, broken, token],
      [token, broken, theirs],
    ]) {
      const lists = await listsOf(ISSUER, undefined, given).find(id);
      expect(lists.map(({ bits }) => [7, 8].map((at) => statusAt(bits, 'revocation', at)))).toEqual([[1, 0]]);
    }
    await expect(listsOf(ISSUER, undefined, [theirs, 'none']).find(id)).rejects.toThrow(/not known as the issuer/);
  });

  it('are opened once each, for each issuer who is said to have signed them', async () => {
    const source = { ...TOOLS, authorities: [authority.certificate], now: SIGNED_AT };
    const opened: string[] = [];
    const listsFor = believedStatusLists({ ...source, tokensOf: (one) => (opened.push(one), [token]) });
    const [first, again] = [await listsFor(ISSUER).find(id), await listsFor(ISSUER).find(id)];
    expect(again).toBe(first);
    await expect(listsFor('Somebody').find(id)).rejects.toThrow(/not known as the issuer/);
    expect(opened).toEqual([id, id]);
  });
});
