import { describe, expect, it } from 'vitest';
import { certificate, propertyRequest, proof, sampleCertificates } from '../../test/support/certificates.js';
import { parseElicenceId } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import { entryOf } from './certificate.canonical.js';
import { flatten } from '../proof/index.js';
import { certificatePublicFacts, proofPublicFacts } from './certificate.public-facts.js';
import { checkEntry } from './entry-rules.js';
import { RegisterPropertyDto, type RegisterPropertyRequest } from './property.dto.js';
import { readEntry } from './read-entry.js';

const validate = compileValidator(RegisterPropertyDto);
const context = { issuerRegion: '431300', today: '2026-03-05' };

/** The fields named, and the rules: what the shape refuses first, else what the rules do. */
function judge(body: unknown): string[] {
  const shape = validate(body);
  const errors = shape.ok ? checkEntry(readEntry(shape.value), context) : shape.errors;
  return errors.map(({ field, code }) => `${field} ${code}`);
}

const request = propertyRequest();
const { location, area } = request;
const ring = location.parcel.coordinates[0] ?? [];
const withRing = (coordinates: readonly unknown[]): unknown => ({
  ...request,
  location: { ...location, parcel: { type: 'Polygon', coordinates: [coordinates] } },
});
const [owner, second] = request.owners as [RegisterPropertyRequest['owners'][0], RegisterPropertyRequest['owners'][0]];

describe('sample certificates', () => {
  it.each(sampleCertificates().filter(({ act }) => act === 'first'))('$name breaks no rule', (sample) => {
    expect(judge(sample.request)).toEqual([]);
  });
});

describe('each rule of the register, broken once', () => {
  const cases: [string, unknown, string][] = [
    ['nothing', 7, ' validation.type'],
    ['unknown field', { ...request, colour: 'red' }, 'colour validation.unknown-field'],
    ['unit number', { ...request, unitNo: '431302001005GO00012F00030602' }, 'unitNo certificates.unit-no'],
    ['number as a number', { ...request, unitNo: 4 }, 'unitNo validation.type'],
    ['region', { ...request, unitNo: '440302001005GB00012F00030602' }, 'unitNo certificates.unit-outside-region'],
    ['place', { ...request, registerPlace: 'Loudi' }, 'registerPlace validation.format'],
    ['business number', { ...request, businessNo: 'a$b' }, 'businessNo validation.format'],
    ['control character', { ...request, situated: '娄底市\u0007' }, 'situated validation.characters'],
    ['right-to-left mark', { ...request, situated: '娄底市\u202e' }, 'situated validation.characters'],
    ['surrogate half', { ...request, situated: '娄底市\ud800' }, 'situated validation.characters'],
    ['no owner', { ...request, owners: [] }, 'owners validation.too-few'],
    ['sole, two owners', { ...request, coOwnership: 'sole' }, 'coOwnership certificates.several-owners'],
    ['joint, with shares', { ...request, coOwnership: 'joint' }, 'owners[0].share certificates.share-not-allowed'],
    [
      'shares, one owner',
      { ...request, owners: [{ ...owner, share: '100%' }] },
      'coOwnership certificates.single-owner',
    ],
    [
      'shares of 99.99 %',
      { ...request, owners: [owner, { ...second, share: '49.99%' }] },
      'owners certificates.shares-not-whole',
    ],
    [
      'share of nothing',
      { ...request, owners: [owner, { ...second, share: '0%' }] },
      'owners[1].share validation.format',
    ],
    [
      'share forgotten',
      { ...request, owners: [owner, { name: '谭示秋', idType: '111', idNo: second.idNo }] },
      'owners[1].share certificates.share-required',
    ],
    [
      'citizen ID',
      { ...request, owners: [owner, { ...second, idNo: '431300198704064024' }] },
      'owners[1].idNo certificates.citizen-id',
    ],
    [
      'USCC',
      { ...request, owners: [owner, { ...second, idType: '001', idNo: '91431302MAXDEM0640' }] },
      'owners[1].idNo certificates.uscc',
    ],
    [
      'same owner twice',
      { ...request, owners: [owner, { ...owner, share: '50%' }] },
      'owners[1].idNo certificates.party-twice',
    ],
    ['holder from elsewhere', { ...request, holder: '赵示工' }, 'holder certificates.holder-unknown'],
    ['three rights', { ...request, rightType: '甲/乙/房屋所有权' }, 'rightType certificates.right-type'],
    ['right to the sea', { ...request, rightType: '海域使用权' }, 'rightType certificates.right-of-other-land'],
    [
      'term backwards',
      { ...request, useTerms: [{ right: '使用权', from: '2026-01-02', to: '2026-01-01' }] },
      'useTerms[0].to certificates.term-ends-before-start',
    ],
    ['no such day', { ...request, registeredAt: '2026-02-30' }, 'registeredAt validation.format'],
    ['area as a number', { ...request, area: { ...area, parcel: 12480.5 } }, 'area.parcel validation.type'],
    [
      'area 1.1 % away',
      { ...request, area: { ...area, parcel: '12620.00' } },
      'area.parcel certificates.area-mismatch',
    ],
    ['area in 亩', { ...request, area: { ...area, unit: '亩', parcel: '18.72' } }, 'area.unit certificates.area-unit'],
    [
      'three decimals',
      { ...request, area: { ...area, parcel: '12480.500' } },
      'area.parcel certificates.area-decimals',
    ],
    ['parts off by 0.02', { ...request, area: { ...area, shared: '23.56' } }, 'area.building certificates.area-parts'],
    [
      'half of the parts',
      { ...request, area: { parcel: '12480.50', building: '119.86', shared: '23.54' } },
      'area.exclusive certificates.area-parts',
    ],
    ['no building', { ...request, area: { parcel: '12480.50' } }, 'area.building certificates.building-required'],
    ['GCJ-02', { ...request, location: { ...location, crs: 'GCJ-02' } }, 'location.crs certificates.crs-forbidden'],
    ['unknown system', { ...request, location: { ...location, crs: 'constructor' } }, 'location.crs validation.format'],
    [
      'swapped point',
      { ...request, location: { ...location, point: [27.7, 111.9] } },
      'location.point certificates.outside-china',
    ],
    [
      'point outside',
      { ...request, location: { ...location, point: [111.99, 27.72] } },
      'location.point certificates.point-outside-parcel',
    ],
    [
      'point of text',
      { ...request, location: { ...location, point: ['111.99', '27.72'] } },
      'location.point validation.format',
    ],
    ['open ring', withRing(ring.slice(0, -1)), 'location.parcel certificates.parcel-not-closed'],
    ['three points', withRing([ring[0], ring[1], ring[0]]), 'location.parcel certificates.parcel-too-few-points'],
    [
      'bow tie',
      withRing([ring[0], ring[2], ring[1], ring[3], ring[0]]),
      'location.parcel certificates.parcel-self-intersection',
    ],
    [
      'point twice',
      withRing([ring[0], ring[1], ring[1], ring[2], ring[0]]),
      'location.parcel certificates.parcel-repeated-point',
    ],
    ['swapped ring', withRing(ring.map(([x, y]) => [y, x])), 'location.parcel certificates.outside-china'],
    [
      'a hole',
      { ...request, location: { ...location, parcel: { type: 'Polygon', coordinates: [ring, ring] } } },
      'location.parcel validation.format',
    ],
    [
      'a bounding box besides',
      { ...request, location: { ...location, parcel: { ...location.parcel, bbox: [] } } },
      'location.parcel validation.format',
    ],
    ['a point for a parcel', { ...request, location: { ...location, parcel: [] } }, 'location.parcel validation.type'],
  ];
  it.each(cases)('%s', (_, body, wanted) => {
    expect(judge(body)).toContain(wanted);
  });
});

describe('reading a request', () => {
  it('turns a clockwise ring round and keeps its first point', () => {
    const turned = readEntry(withRing([...ring].reverse()) as RegisterPropertyRequest);
    expect(turned.location).toEqual(readEntry(request).location);
  });

  it('takes an area within 1 %, and other land in 公顷', () => {
    expect(judge({ ...request, area: { ...area, parcel: '12600.00' } })).toEqual([]);
    const woodland = {
      ...request,
      unitNo: '431302001005JE00012L00000001',
      rightType: '林地承包经营权/林木所有权',
      area: { unit: '公顷', parcel: '1.2480' },
    };
    expect(judge(woodland)).toEqual([]);
  });

  it('computes the plane system and says everything as text', () => {
    const entry = readEntry(request);
    expect(entry.location).toMatchObject({
      crs: 'CGCS2000 (EPSG:4490)',
      point: ['111.99432000', '27.72866000'],
      gaussKruger: '3-degree zone 37, CM 111E (EPSG:4525)',
    });
    expect(flatten(certificate()).every(([, value]) => typeof value === 'string' && value !== '')).toBe(true);
    expect(entryOf(certificate())).toEqual(entry);
  });
});

describe('a completed certificate', () => {
  it('carries the identifier of its number and a QR text', () => {
    expect(certificate()).toMatchObject({
      elicenceId: '1.2.156.3005.2.11100000MB03271699001.12431300MBXDEM0689.20260000123.001.W',
      issuedAt: '2026-03-05T10:30:00+08:00',
    });
    expect(parseElicenceId(proof().elicenceId)?.typeCode).toBe('11100000MB03271699022');
  });

  it('tells the public the district, a hundred metres and first characters', () => {
    const said = JSON.stringify([certificatePublicFacts(certificate()), proofPublicFacts(proof())]);
    for (const part of [
      '何**、谭**',
      '湖南省娄底市娄星区****',
      '111.994°E 27.729°N',
      '示例商业银行股份有限公司南京分行',
    ]) {
      expect(said).toContain(part);
    }
    expect(said).not.toMatch(/何例清|示例路66号|99432|GB00012|4313001985|119\.86/);
  });
});
