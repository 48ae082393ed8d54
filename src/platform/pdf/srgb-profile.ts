/**
 * The output intent of every document: sRGB (IEC 61966-2-1) as an ICC profile of version 4 (ISO 15076-1), in half a kilobyte
 * where the usual file takes three. White point, primaries and curve are those of the standard, adapted to D50.
 */
export function srgbProfile(): Uint8Array {
  const curve = parametricCurve([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', localized('sRGB')],
    ['cprt', localized('CC0')],
    ['wtpt', xyz([0.9642, 1, 0.8249])],
    ['chad', fixed('sf32', [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168])],
    ['rXYZ', xyz([0.43607, 0.22249, 0.01392])],
    ['gXYZ', xyz([0.38515, 0.71687, 0.09708])],
    ['bXYZ', xyz([0.14307, 0.06061, 0.7141])],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  const places = new Map<Buffer, number>();
  const data: Buffer[] = [];
  let end = HEADER_LENGTH + table.length;
  for (const [index, [name, bytes]] of tags.entries()) {
    const place = places.get(bytes) ?? end;
    if (place === end) {
      places.set(bytes, place);
      data.push(bytes);
      end += bytes.length;
    }
    table.write(name, 4 + 12 * index, 'latin1');
    table.writeUInt32BE(place, 8 + 12 * index);
    table.writeUInt32BE(bytes.length, 12 + 12 * index);
  }
  return Buffer.concat([header(end), table, ...data]);
}

const HEADER_LENGTH = 128;

function header(length: number): Buffer {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(0x04_20_00_00, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  [2026, 1, 1, 0, 0, 0].forEach((part, index) => bytes.writeUInt16BE(part, 24 + 2 * index));
  bytes.write('acsp', 36, 'latin1');
  xyzNumbers([0.9642, 1, 0.8249]).copy(bytes, 68);
  return bytes;
}

const s15Fixed16 = (value: number): number => Math.round(value * 0x1_0000);

function xyzNumbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeInt32BE(s15Fixed16(value), 4 * index));
  return bytes;
}

function fixed(type: string, values: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from(type.padEnd(8, '\0'), 'latin1'), xyzNumbers(values)]);
}

const xyz = (values: readonly number[]): Buffer => fixed('XYZ ', values);

/** Function type 3: (ax + b)^g from d on, cx below. */
function parametricCurve(values: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from('para\0\0\0\0\0\x03\0\0', 'latin1'), xyzNumbers(values)]);
}

function localized(text: string): Buffer {
  const start = Buffer.from('mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\0\0\0\0\x1c', 'latin1');
  start.writeUInt32BE(2 * text.length, 20);
  const letters = Buffer.from(text, 'utf16le').swap16();
  const padding = Buffer.alloc((4 - (letters.length % 4)) % 4);
  return Buffer.concat([start, letters, padding]);
}
