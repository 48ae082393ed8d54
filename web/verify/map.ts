import type { CoreData } from '../../src/proof/index.js';
import { el, svg } from './dom.js';
import type { Words } from './words.js';

type Point = readonly [longitude: number, latitude: number];

const SIZE = 320;
const MARGIN = 36;
/** Of one degree of latitude. */
const METRES = 111_320;
const SCALES = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** The parcel that a certificate describes, drawn from its own boundary points; null where there is none. */
export function parcelMap(core: CoreData | null, { map: words }: Words): HTMLElement | null {
  const ring = ringOf(core);
  if (ring.length < 4) {
    return null;
  }
  const { place, scale } = projection(ring);
  const points = ring.map((point) =>
    place(point)
      .map((value) => value.toFixed(1))
      .join(','),
  );
  const metres = SCALES.findLast((length) => length * scale <= SIZE / 3) ?? 1;
  const length = metres * scale;
  const bar = svg('path', {
    class: 'map-bar',
    d: `M${MARGIN / 2} ${SIZE - 14}h${length.toFixed(1)}m0 -4v8M${MARGIN / 2} ${SIZE - 18}v8`,
  });
  const label = svg('text', { class: 'map-text', x: String(MARGIN / 2 + length + 6), y: String(SIZE - 9) });
  label.textContent = words.metres(metres);
  const north = svg('text', { class: 'map-text', x: String(SIZE - 22), y: '34', 'text-anchor': 'middle' });
  north.textContent = words.north;
  const picture = svg(
    'svg',
    { class: 'map', viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': words.title },
    svg('polygon', { class: 'map-parcel', points: points.join(' ') }),
    ...ring.slice(0, -1).map((point) => {
      const [x, y] = place(point);
      return svg('circle', { class: 'map-point', cx: x.toFixed(1), cy: y.toFixed(1), r: '3' });
    }),
    bar,
    label,
    svg('path', { class: 'map-bar', d: `M${SIZE - 22} 20V6m-4 5l4 -5l4 5` }),
    north,
  );
  return el(
    'section',
    { class: 'card' },
    el('h3', {}, words.title),
    picture,
    el('p', { class: 'note' }, words.explained),
  );
}

function ringOf(core: CoreData | null): readonly Point[] {
  const { location } = (core ?? {}) as { location?: { parcel?: { coordinates?: unknown } } };
  const coordinates = location?.parcel?.coordinates;
  const [ring] = Array.isArray(coordinates) ? (coordinates as unknown[]) : [];
  const points = Array.isArray(ring) ? (ring as unknown[]) : [];
  return points.flatMap((pair): Point[] => {
    const [longitude, latitude] = Array.isArray(pair) ? pair.map(Number) : [];
    const isPoint = Number.isFinite(longitude) && Number.isFinite(latitude);
    return isPoint ? [[longitude ?? 0, latitude ?? 0]] : [];
  });
}

/** Metres east and north of the middle, as large as the picture allows; a parcel is too small for the earth to be round. */
function projection(ring: readonly Point[]): { place: (point: Point) => readonly [number, number]; scale: number } {
  const middle = (axis: 0 | 1): number =>
    (Math.min(...ring.map((point) => point[axis])) + Math.max(...ring.map((point) => point[axis]))) / 2;
  const [east, north] = [middle(0), middle(1)];
  const metresOf = ([longitude, latitude]: Point): readonly [number, number] => [
    (longitude - east) * METRES * Math.cos((north * Math.PI) / 180),
    (latitude - north) * METRES,
  ];
  const farthest = Math.max(...ring.flatMap((point) => metresOf(point).map(Math.abs)), 0.5);
  const scale = (SIZE / 2 - MARGIN) / farthest;
  return {
    scale,
    place: (point) => {
      const [x, y] = metresOf(point);
      return [SIZE / 2 + x * scale, SIZE / 2 - y * scale];
    },
  };
}
