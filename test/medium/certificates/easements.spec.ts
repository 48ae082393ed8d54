import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../support/api-caller.js';
import { TestInstance } from '../../support/running-instance.js';
import { buyer, RegisterDesk } from './register-desk.js';

let desk: RegisterDesk;

beforeAll(async () => {
  desk = await RegisterDesk.open(await TestInstance.make());
});
afterAll(() => desk.instance.close());

const elsewhere = '430102001006GB00045W00000000';
const neighbour = { name: '娄底娄星示例置业有限公司', idType: '001', idNo: '91431302MAXDEM064J' };
const easement = (changes = {}): Record<string, unknown> => ({
  ...{ ...desk.act(), holders: [neighbour], dominantUnitNo: elsewhere, dominantSituated: '湖南省长沙市示例路8号' },
  ...{ purpose: '通行：宽4米的道路，全天', term: { from: '2026-03-05', to: '2046-03-04' } },
  ...{ compensation: '12000.00', notes: '道路由需役地权利人维护', ...changes },
});

describe('an easement', () => {
  it('is proved to its holder and stands in the book', async () => {
    const { id, number } = await desk.register();
    const proof = await desk.done(`/${id}/easement`, easement());
    expect(proof.number).toMatch(/^湘\(\d{4}\)娄底市不动产证明第\d{7}号$/);
    expect(await desk.content(proof.id)).toMatchObject({
      ...{ proves: 'easement', provedRight: '地役权', certificate: { number }, holders: [neighbour] },
      details: [
        { name: '需役地不动产单元号', value: '430102 001006 GB00045 W00000000' },
        { name: '需役地坐落', value: '湖南省长沙市示例路8号' },
        { name: '利用目的和方法', value: '通行：宽4米的道路，全天' },
        { name: '地役权期限', value: '2026年03月05日起2046年03月04日止' },
        { name: '费用', value: '12000.00元' },
      ],
    });
    expect((await desk.page(id)).burdens).toMatchObject([
      { kind: 'easement', position: 1, proofNumber: proof.number, dominantUnitNo: elsewhere, lapsesOn: null },
    ]);
    expect((await desk.events(id)).at(-1)).toMatchObject({
      type: 'easement-registered',
      payload: { proofNumber: proof.number },
    });
  });

  it('goes along with a transfer, binds, and ends by its release', async () => {
    const { id } = await desk.register();
    const proof = await desk.done(`/${id}/easement`, easement());
    const next = await desk.done(`/${id}/transfer`, desk.sale());
    expect((await desk.content(next.id))['encumbrances']).toEqual([{ type: '地役权', proofNumber: proof.number }]);
    expect(await desk.refusal(`/${next.id}/cancellation`, desk.act())).toBe('409 certificates.encumbered');

    const release = { ...desk.act(), proofNumber: proof.number };
    await desk.done(`/${next.id}/proof-cancellation`, release);
    expect(await desk.refusal(`/${next.id}/proof-cancellation`, release)).toBe('409 certificates.burden-not-active');
    expect([await desk.status(proof.id), await desk.eventTypes(proof.id)]).toEqual([
      'cancelled',
      ['issued', 'carried', 'released'],
    ]);
    await desk.done(`/${next.id}/cancellation`, desk.act());
  });

  it('is written into both books when the register keeps both', async () => {
    const [servient, dominant] = [await desk.register(), await desk.register()];
    const { unitNo: dominantUnitNo } = await desk.page(dominant.id);
    const { unitNo: servientUnitNo } = await desk.page(servient.id);
    const proof = await desk.done(`/${servient.id}/easement`, easement({ dominantUnitNo }));
    expect((await desk.page(dominant.id)).benefits).toMatchObject([{ servientUnitNo, proofNumber: proof.number }]);

    const next = await desk.done(`/${dominant.id}/transfer`, desk.sale());
    expect((await desk.page(next.id)).benefits).toHaveLength(1);
    await desk.done(`/${servient.id}/proof-cancellation`, { ...desk.act(), proofNumber: proof.number });
    expect((await desk.page(next.id)).benefits).toEqual([]);
    expect(await desk.eventTypes(dominant.id)).toEqual(['issued', 'easement-gained', 'transferred']);
    expect(await desk.eventTypes(next.id)).toEqual(['issued', 'easement-ended']);
  });

  it('is registered both ways at once by two neighbours', async () => {
    const [left, right] = [await desk.register(), await desk.register()];
    const [leftPage, rightPage] = [await desk.page(left.id), await desk.page(right.id)];
    await Promise.all(
      Array.from({ length: 5 }, () => [
        desk.done(`/${left.id}/easement`, easement({ dominantUnitNo: rightPage.unitNo })),
        desk.done(`/${right.id}/easement`, easement({ dominantUnitNo: leftPage.unitNo })),
      ]).flat(),
    );
    expect((await desk.page(left.id)).burdens.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
    expect((await desk.page(left.id)).benefits).toHaveLength(5);
    expect(await desk.eventTypes(right.id)).toHaveLength(11);
  });

  it('is refused while the unit is seized, and needs the consent of whoever has a notice', async () => {
    const { id } = await desk.register();
    await desk.done(`/${id}/notice`, { ...desk.act(), applicants: [buyer] });
    expect(await desk.refusal(`/${id}/easement`, easement())).toBe('409 certificates.notice-blocks');
    await desk.done(`/${id}/easement`, easement({ noticeHolderConsent: '同意书2026-1' }));
    await desk.done(`/${id}/seizure`, desk.seizure('执1'));
    expect(await desk.refusal(`/${id}/easement`, easement())).toBe('409 certificates.seized');
    const closed = await desk.register();
    await desk.done(`/${closed.id}/cancellation`, desk.act());
    expect(await desk.refusal(`/${closed.id}/easement`, easement())).toBe('409 certificates.not-current');
  });

  it('is refused by its field', async () => {
    const { id } = await desk.register();
    const before = await desk.instance.rowCounts();
    const { unitNo } = await desk.page(id);
    const cases: [object, string][] = [
      [{ dominantUnitNo: unitNo }, 'dominantUnitNo certificates.easement-on-itself'],
      [{ dominantUnitNo: unitNo.slice(1) }, 'dominantUnitNo certificates.unit-no'],
      [{ dominantUnitNo: undefined }, 'dominantUnitNo validation.required'],
      [{ dominantSituated: '甲\u202E乙' }, 'dominantSituated validation.characters'],
      [{ dominantSituated: '한' }, 'dominantSituated validation.undrawable'],
      [{ purpose: '\uD840' }, 'purpose validation.characters'],
      [{ purpose: '한' }, 'purpose validation.undrawable'],
      [{ holders: [] }, 'holders validation.too-few'],
      [{ holders: [{ ...neighbour, idNo: '1' }] }, 'holders[0].idNo certificates.uscc'],
      [{ term: { from: '2046-03-04', to: '2026-03-05' } }, 'term.to certificates.term-ends-before-start'],
      [{ term: { from: '2026-03-05', to: '2084-06-01' } }, 'term.to certificates.easement-beyond-right'],
      [{ compensation: '0.00' }, 'compensation certificates.amount-not-positive'],
      [{ compensation: 12000 }, 'compensation validation.type'],
      [{ registeredAt: '2099-01-01' }, 'registeredAt certificates.registered-in-future'],
      [{ colour: 'red' }, 'colour validation.unknown-field'],
    ];
    for (const [changes, wanted] of cases) {
      const { status, body } = await desk.caller.post<Problem>(`/v1/certificates/${id}/easement`, easement(changes));
      expect([status, body.errors?.map(({ field, code }) => `${field} ${code}`)]).toEqual([
        422,
        expect.arrayContaining([wanted]),
      ]);
    }
    expect(await desk.instance.rowCounts()).toEqual(before);
  });

  it('answers a repeated key with the same proof', async () => {
    const { id } = await desk.register();
    const [request, key] = [easement(), { 'idempotency-key': 'easement-1' }];
    const [one, two] = await Promise.all([
      desk.ask(`/${id}/easement`, request, key),
      desk.ask(`/${id}/easement`, request, key),
    ]);
    expect([one.status, two.body]).toEqual([201, one.body]);
    expect((await desk.page(id)).burdens).toHaveLength(1);
  });
});
