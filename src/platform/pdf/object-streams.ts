import { constants, deflateSync } from 'node:zlib';

/** An object and the object stream that holds it, at `index`. */
export type PackedObject = { readonly id: number; readonly stream: number; readonly index: number };

type PackedObjects = {
  readonly objects: readonly PackedObject[];
  /** Whole indirect objects. */
  readonly streams: readonly { readonly id: number; readonly bytes: Buffer }[];
};

/** So that an index takes one byte, and a reader that wants one object need not read thousands. */
const MOST_IN_STREAM = 256;

/**
 * Puts objects into object streams (ISO 32000-1, 7.5.7), which are numbered from `firstId` on. Done once for a shape of
 * documents, so it may take its time.
 */
export function packObjects(
  objects: readonly { readonly id: number; readonly value: string }[],
  firstId: number,
): PackedObjects {
  const packed: PackedObject[] = [];
  const streams: { id: number; bytes: Buffer }[] = [];
  for (let from = 0; from < objects.length; from += MOST_IN_STREAM) {
    const held = objects.slice(from, from + MOST_IN_STREAM);
    const stream = firstId + streams.length;
    streams.push({ id: stream, bytes: objectStream(stream, held) });
    packed.push(...held.map(({ id }, index) => ({ id, stream, index })));
  }
  return { objects: packed, streams };
}

function objectStream(id: number, objects: readonly { readonly id: number; readonly value: string }[]): Buffer {
  let [places, values] = ['', ''];
  for (const object of objects) {
    places += `${object.id} ${values.length} `;
    values += `${object.value}\n`;
  }
  const data = deflateSync(Buffer.from(places + values, 'latin1'), { level: constants.Z_BEST_COMPRESSION });
  const dictionary = `<</Type/ObjStm/N ${objects.length}/First ${places.length}/Filter/FlateDecode/Length ${data.length}>>`;
  return Buffer.concat([
    Buffer.from(`${id} 0 obj\n${dictionary}\nstream\n`, 'latin1'),
    data,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
}
