import { describe, expect, it } from 'vitest';
import { certificate, proof, propertyRequest, sampleCertificates } from '../../test/support/certificates.js';
import type { PlacedText } from '../platform/pdf/index.js';
import { PAGE } from './certificate.pdf.form.js';
import { layOutCertificate, renderCertificate, type RegisteredLayout } from './certificate.pdf.js';
import type { RegisterPropertyRequest } from './property.dto.js';
import { layOutProof, renderProof } from './property-proof.pdf.js';
import { isInside, overlap, textOf } from '../../test/support/placed-texts.js';

const context = {
  documentAddress: 'eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4',
  verifyUrl: 'https://verify.example.com/v/eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4',
  docId: `0x9b0c2f6f1d2e3a4b${'0'.repeat(48)}`,
  networkName: '本地测试链 Local test chain',
  attachment: { name: 'core-data.json', bytes: new TextEncoder().encode('{}') },
};

const long = (text: string, length: number): string => Array.from(text.repeat(length)).slice(0, length).join('');

/** A star of sixty boundary points: more than a page of names has room for. */
const star = Array.from({ length: 60 }, (_, index): [number, number] => {
  const reach = 0.002 * (1 + 0.25 * Math.sin(index * 1.9));
  const angle = (index / 60) * 2 * Math.PI;
  return [112 + reach * Math.cos(angle), 27.7 + reach * Math.sin(angle)];
});
const closed = [...star, star[0] ?? [0, 0]];

const longest = propertyRequest({
  owners: Array.from({ length: 60 }, (_, index) => ({
    name: long(`共有人${index}示例置业`, 100),
    idType: '001',
    idNo: '91431302MAXDEM064J',
    share: '1/60',
  })),
  situated: long('湖南省娄底市娄星区示例路66号', 200),
  rightType: long('国有建设用地使用权/房屋所有权', 60),
  useTerms: Array.from({ length: 4 }, () => ({ right: long('使用权', 60), from: '2014-06-01', to: '2084-05-31' })),
  otherStatus: Array.from({ length: 20 }, () => ({ name: '房屋结构', value: long('钢筋混凝土 concrete ', 200) })),
  notes: long('附记内容，', 600),
  location: {
    crs: 'CGCS2000',
    point: [112, 27.7],
    parcel: { type: 'Polygon' as const, coordinates: [closed] },
  },
});

const requests = sampleCertificates().filter(({ act }) => act === 'first');
const layouts: Readonly<Record<string, RegisteredLayout>> = {
  ...Object.fromEntries(
    requests.map(({ name, request }) => [
      name,
      layOutCertificate(certificate(request as unknown as RegisterPropertyRequest), context),
    ]),
  ),
  'longest texts': layOutCertificate(certificate(longest), context),
  mortgage: layOutProof(proof(), context),
  objection: layOutProof(proof({ proves: 'objection', lapsesAt: '2026-03-20' }), context),
};

const pagesOf = ({ first, following }: RegisteredLayout): readonly (readonly PlacedText[])[] => [
  [...first.texts, ...(first.map?.texts ?? []), ...first.strip.texts],
  ...following.map(({ texts, drawing }) => [...texts, ...(drawing?.texts ?? [])]),
];

describe.each(Object.entries(layouts))('the layout of %s', (_, layout) => {
  it('keeps every text in its cell and every cell on the page', () => {
    for (const text of pagesOf(layout).flat()) {
      expect(isInside(text), textOf([text])).toBe(true);
      expect(text.box.x).toBeGreaterThanOrEqual(0);
      expect(text.box.x + text.box.width).toBeLessThanOrEqual(PAGE.width);
      expect(text.box.y + text.box.height).toBeLessThanOrEqual(PAGE.height);
    }
  });

  it('lets no cell lie on another', () => {
    for (const texts of pagesOf(layout)) {
      const crossing = texts.flatMap((one, index) =>
        texts.slice(index + 1).flatMap((other) => (overlap(one.box, other.box) ? [textOf([one, other])] : [])),
      );
      expect(crossing).toEqual([]);
    }
  });

  it('sets nothing smaller than 4.5 points', () => {
    const sizes = pagesOf(layout).flatMap((texts) => texts.map(({ size }) => size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(4.5);
  });

  it('prints where it is on the ground and on the chain', () => {
    const printed = textOf(pagesOf(layout)[0] ?? []);
    expect(printed).toMatch(/\d+\.\d{8}°E {2}\d+\.\d{8}°N/);
    expect(printed).toContain(context.documentAddress);
  });
});

describe('a certificate', () => {
  const house = layouts['01-house-with-shares.json'];

  it('states the shares and each part of the area, and people’s numbers in part only', () => {
    const printed = textOf(house?.first.texts ?? []);
    expect(printed).toContain('按份共有(何例清50%、谭示秋50%)');
    expect(printed).toContain('共有宗地面积12480.50㎡/房屋建筑面积119.86㎡');
    expect(printed).toContain('431***********3032');
    expect(printed).not.toContain('431300198511303032');
  });

  it('has a plan with names, lengths, scale and coordinate system', () => {
    const printed = textOf(pagesOf(house as RegisteredLayout)[1] ?? []);
    for (const part of [
      '宗 地 图',
      'J4',
      '104.00',
      '120.00',
      '1:1200',
      'CGCS2000',
      'EPSG:4525',
      '北',
      '111.99393069',
    ]) {
      expect(printed).toContain(part);
    }
  });

  it('leaves out no owner and no boundary point, however many', () => {
    const printed = pagesOf(layouts['longest texts'] as RegisteredLayout)
      .map(textOf)
      .join('\n');
    const joined = printed.replaceAll(/\s/g, '');
    expect(joined).toContain('共有人59示例置业');
    expect(joined.match(/J\d+-J\d+/g)).toHaveLength(60);
    expect(printed).toContain('详见附页');
  });

  it('gives the same bytes for the same content', () => {
    expect(renderCertificate(certificate(), context)).toEqual(renderCertificate(certificate(), context));
    expect(renderProof(proof(), context)).toEqual(renderProof(proof(), context));
  });
});
