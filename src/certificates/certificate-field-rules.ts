import { isCalendarDate, isInChinaBox, toHalfWidth } from '../kernel/index.js';
import { defineRule, defineTextRule, notOfType, type Problem } from '../platform/validation/index.js';
import { isRegisterPlace, normaliseCertificateNumber, parseCertificateNumber } from './certificate-number.js';
import { isShareText } from './shares.js';
import { normaliseUnitNumber, unitNumberProblem, type UnitNumberProblem } from './unit-number.js';

const format = (message: string): Problem => ({ code: 'validation.format', message });

const unitProblems: Readonly<Record<UnitNumberProblem, string>> = {
  shape:
    'Give all 28 characters of the unit number: 12 digits, two feature letters (G, J or Z, then one of ABCDEFGHLNSWXY), 5 digits, F, L, Q or W, and 8 digits.',
  region: 'The first six digits are no region code.',
  'land-owner': 'Feature letters A (land ownership) and C (homestead) follow J only.',
  'parcel-serial': 'The serial of the parcel starts at 00001.',
  fixture: 'A unit without fixtures (W) ends in eight zeros.',
};

const unitNumber = defineTextRule<true>('isUnitNumber', (text) => {
  const problem = text.length > 40 ? 'shape' : unitNumberProblem(normaliseUnitNumber(text));
  return problem === null ? null : { code: 'certificates.unit-no', message: unitProblems[problem] };
});
/** 不动产单元号 (GB/T 37346-2019). */
export const IsUnitNumber = (): PropertyDecorator => unitNumber(true);

const place = defineTextRule<true>('isRegisterPlace', (text) =>
  isRegisterPlace(text)
    ? null
    : format('Give the full name of the city or county, 2 to 20 Chinese characters, for example 娄底市.'),
);
/** 所在市县全称. */
export const IsRegisterPlace = (): PropertyDecorator => place(true);

const certificateNumber = defineTextRule<true>('isPropertyCertificateNumber', (text) =>
  text.length <= 60 && parseCertificateNumber(normaliseCertificateNumber(text)) !== null
    ? null
    : format('Give the number as printed, for example 湘(2018)娄底市不动产权第0000001号.'),
);
export const IsPropertyCertificateNumber = (): PropertyDecorator => certificateNumber(true);

const businessNo = defineTextRule<true>('isBusinessNo', (text) =>
  /^[0-9A-Za-z-]{1,32}$/.test(toHalfWidth(text)) ? null : format('Use 1 to 32 letters, digits or hyphens.'),
);
/** 业务编号. It stands between `$` in the QR text. */
export const IsBusinessNo = (): PropertyDecorator => businessNo(true);

const dateText = defineTextRule<true>('isDateText', (text) =>
  isCalendarDate(text) ? null : format('Give a date of the calendar as YYYY-MM-DD.'),
);
export const IsDateText = (): PropertyDecorator => dateText(true);

const areaText = defineTextRule<true>('isAreaText', (text) =>
  /^(?:0|[1-9]\d{0,11})\.\d{2,4}$/.test(toHalfWidth(text)) && /[1-9]/.test(toHalfWidth(text))
    ? null
    : format('Give the area as text with two decimals, greater than 0, for example "119.86".'),
);
export const IsAreaText = (): PropertyDecorator => areaText(true);

const shareText = defineTextRule<true>('isShareText', (text) =>
  text.length <= 32 && isShareText(text) ? null : format('Give the share as "50%" or "1/3", not more than the whole.'),
);
export const IsShareText = (): PropertyDecorator => shareText(true);

const systems: Readonly<Record<string, string>> = {
  CGCS2000: 'CGCS2000 (EPSG:4490)',
  'EPSG:4490': 'CGCS2000 (EPSG:4490)',
  'CGCS2000 (EPSG:4490)': 'CGCS2000 (EPSG:4490)',
  WGS84: 'WGS 84 (EPSG:4326)',
  'WGS 84': 'WGS 84 (EPSG:4326)',
  'EPSG:4326': 'WGS 84 (EPSG:4326)',
  'WGS 84 (EPSG:4326)': 'WGS 84 (EPSG:4326)',
};

const crs = defineTextRule<true>('isSurveySystem', (text) => {
  if (/gcj|bd-?09|火星|百度/i.test(text)) {
    return {
      code: 'certificates.crs-forbidden',
      message: 'GCJ-02 and BD-09 are shifted for display and are never registered; give CGCS2000 coordinates.',
    };
  }
  return systemName(text) === undefined ? format('Use "CGCS2000 (EPSG:4490)" or "WGS 84 (EPSG:4326)".') : null;
});
/** The name of the coordinate system: CGCS2000 or WGS 84. */
export const IsSurveySystem = (): PropertyDecorator => crs(true);

export function systemName(text: string): string | undefined {
  return Object.hasOwn(systems, text) ? systems[text] : undefined;
}

const lonLat = defineRule<true>({
  name: 'isLonLat',
  check: (value) =>
    value === undefined || !Array.isArray(value)
      ? notOfType(value, 'an array [longitude, latitude]')
      : pointProblem(value),
});
/** Degrees in GeoJSON order, inside China. */
export const IsLonLat = (): PropertyDecorator => lonLat(true);

function pointProblem(point: readonly unknown[], name = 'The point'): Problem | null {
  const [longitude, latitude] = point;
  if (point.length !== 2 || !isFiniteNumber(longitude) || !isFiniteNumber(latitude)) {
    return format(`${name} must be two numbers: longitude, then latitude, in degrees.`);
  }
  return isInChinaBox([longitude, latitude])
    ? null
    : {
        code: 'certificates.outside-china',
        message: `${name} lies outside longitude 73 to 136 and latitude 3 to 54; are the two swapped?`,
      };
}

const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const MOST_POINTS = 501;

const polygon = defineRule<true>({
  name: 'isParcelPolygon',
  check: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return notOfType(value, 'a GeoJSON Polygon');
    }
    return polygonProblem(value as Readonly<Record<string, unknown>>);
  },
});
/** A GeoJSON polygon of one ring. Whether the ring is a good one is judged later, with the rest of the location. */
export const IsParcelPolygon = (): PropertyDecorator => polygon(true);

function polygonProblem({ type, coordinates, ...others }: Readonly<Record<string, unknown>>): Problem | null {
  if (type !== 'Polygon' || !Array.isArray(coordinates) || Object.keys(others).length > 0) {
    return format('Give a GeoJSON Polygon: an object of type and coordinates only.');
  }
  const [ring, ...holes] = coordinates as readonly unknown[];
  if (!Array.isArray(ring) || holes.length > 0) {
    return format('A parcel has exactly one ring, its outline; holes are parcels of their own.');
  }
  if (ring.length > MOST_POINTS) {
    return { code: 'validation.too-long', message: `Give at most ${MOST_POINTS - 1} boundary points.` };
  }
  for (const [index, point] of (ring as readonly unknown[]).entries()) {
    const problem = pointProblem(Array.isArray(point) ? point : [], `coordinates[0][${index}]`);
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}
