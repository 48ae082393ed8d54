import {
  isInsideRing,
  parseDecimal,
  ringArea,
  ringProblem,
  roundDecimal,
  type GridPoint,
  type LonLat,
  type RingProblem,
} from '../kernel/index.js';
import type { AreaUnit, PointText, PropertyArea, PropertyLocation } from './property-entry.js';
import type { Report } from './report.js';

const SQUARE_METRES: Readonly<Record<AreaUnit, number>> = { '㎡': 1, 亩: 2000 / 3, 公顷: 10_000 };

const ringRules: Readonly<Record<RingProblem, readonly [rule: string, message: string]>> = {
  'too-few-points': ['parcel-too-few-points', 'A ring has at least four points, the first one given again at the end.'],
  'not-closed': ['parcel-not-closed', 'Close the ring: its last point must be its first one again.'],
  'too-large': ['parcel-too-large', 'The parcel reaches over 30 km: check its coordinates.'],
  'repeated-point': [
    'parcel-repeated-point',
    'The ring passes this point twice (points are told apart to 8 decimals).',
  ],
  'self-intersection': ['parcel-self-intersection', 'The sides of the ring cross or touch each other.'],
};

/** Whole units of 1e-8 degree: exact, unlike the degrees themselves. */
export function gridOf([longitude, latitude]: PointText): GridPoint {
  return [Number(longitude.replace('.', '')), Number(latitude.replace('.', ''))];
}

export function degreesOf([longitude, latitude]: PointText): LonLat {
  return [Number(longitude), Number(latitude)];
}

/** Computed from the outline, in square metres. */
export function parcelArea({ parcel }: PropertyLocation): number {
  return Math.abs(ringArea(parcel.coordinates[0].map(degreesOf)));
}

/** Every rule of 4.3 on where a unit is: one simple ring, the point in it, its area the registered one within 1 %. */
export function checkLocation(location: PropertyLocation, area: PropertyArea, report: Report): void {
  const ring = location.parcel.coordinates[0].map(gridOf);
  const found = ringProblem(ring);
  if (found !== null) {
    const [rule, message] = ringRules[found.problem];
    report('location.parcel', rule, `coordinates[0][${found.at}]: ${message}`);
    return;
  }
  if (!isInsideRing(ring, gridOf(location.point))) {
    report('location.point', 'point-outside-parcel', 'The point must lie inside the parcel.');
  }
  const computed = parcelArea(location);
  const stated = Number(area.parcel) * SQUARE_METRES[area.unit];
  if (Math.abs(computed - stated) > stated / 100) {
    report(
      'area.parcel',
      'area-mismatch',
      `The outline encloses ${computed.toFixed(2)} ㎡, more than 1 % away from the area given.`,
    );
  }
}

/** Land that is always measured in square metres. */
const BUILDING_LAND = /^[BSXC]$/;

export function checkArea(area: PropertyArea, unit: { landUse: string; fixture: string }, report: Report): void {
  if (area.unit !== '㎡' && BUILDING_LAND.test(unit.landUse)) {
    report(
      'area.unit',
      'area-unit',
      'Building land and homesteads are measured in ㎡; 亩 and 公顷 are for other land.',
    );
  }
  checkDecimals(area, report);
  if (unit.fixture === 'W' && area.building !== undefined) {
    report('area.building', 'no-building', 'The unit number ends in W: there is no building on this unit.');
  }
  if (unit.fixture === 'F' && area.building === undefined) {
    report('area.building', 'building-required', 'The unit number names a building: give its area.');
  }
  checkParts(area, report);
}

/** Square metres have two decimals; four of a hectare are a square metre. */
function checkDecimals(area: PropertyArea, report: Report): void {
  for (const field of ['parcel', 'building', 'exclusive', 'shared'] as const) {
    const isSquareMetres = field !== 'parcel' || area.unit === '㎡';
    if (isSquareMetres && !/^(?:\d+\.\d{2})?$/.test(area[field] ?? '')) {
      report(`area.${field}`, 'area-decimals', 'Square metres have exactly two decimals.');
    }
  }
}

function checkParts({ building, exclusive, shared }: PropertyArea, report: Report): void {
  if ((exclusive === undefined) !== (shared === undefined)) {
    report(
      exclusive === undefined ? 'area.exclusive' : 'area.shared',
      'area-parts',
      'Give both the exclusive and the shared part, or neither.',
    );
    return;
  }
  if (exclusive === undefined || shared === undefined) {
    return;
  }
  if (building === undefined) {
    report('area.building', 'building-required', 'Give the building area that these are parts of.');
    return;
  }
  const off = hundredths(exclusive) + hundredths(shared) - hundredths(building);
  if (off < -1n || off > 1n) {
    report('area.building', 'area-parts', 'Exclusive and shared part must add up to the building area (±0.01).');
  }
}

function hundredths(text: string): bigint {
  return roundDecimal(parseDecimal(text), 2);
}
