/** A place in degrees, longitude first as in GeoJSON. */
export type LonLat = readonly [longitude: number, latitude: number];

/** CGCS2000: half axes ratio and major half axis of its ellipsoid. WGS 84 differs by a tenth of a millimetre. */
const MAJOR_AXIS = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING);
const ECCENTRICITY = Math.sqrt(ECCENTRICITY_2);

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The box around China. It catches swapped coordinates, because no longitude in it is a latitude. */
export function isInChinaBox([longitude, latitude]: LonLat): boolean {
  return longitude >= 73 && longitude <= 136 && latitude >= 3 && latitude <= 54;
}

/** Metres east and north of `origin`; good to a millimetre in a kilometre, meant for one parcel. */
export function metresFrom(origin: LonLat, [longitude, latitude]: LonLat): { east: number; north: number } {
  const middle = radians((origin[1] + latitude) / 2);
  const bend = 1 - ECCENTRICITY_2 * Math.sin(middle) ** 2;
  const meridian = (MAJOR_AXIS * (1 - ECCENTRICITY_2)) / bend ** 1.5;
  const parallel = MAJOR_AXIS / Math.sqrt(bend);
  return {
    east: parallel * Math.cos(middle) * radians(longitude - origin[0]),
    north: meridian * radians(latitude - origin[1]),
  };
}

/** Length in metres of a side of a parcel. */
export function sideLength(from: LonLat, to: LonLat): number {
  const { east, north } = metresFrom(from, to);
  return Math.hypot(east, north);
}

/**
 * Area in square metres that a closed ring encloses on the ellipsoid, positive when it runs counter-clockwise.
 * The ring is mapped by the equal-area cylindrical projection, so no map scale distorts it.
 */
export function ringArea(ring: readonly LonLat[]): number {
  const [first = [0, 0]] = ring;
  let twice = 0;
  for (const [index, [longitude, latitude]] of ring.entries()) {
    const [nextLongitude, nextLatitude] = ring[index + 1] ?? first;
    const [x, y] = [radians(longitude - first[0]), authalic(latitude) - authalic(first[1])];
    const [nextX, nextY] = [radians(nextLongitude - first[0]), authalic(nextLatitude) - authalic(first[1])];
    twice += x * nextY - nextX * y;
  }
  return (twice / 2) * MAJOR_AXIS ** 2;
}

/** Half of Snyder's q: the height in the equal-area cylinder, in units of the major half axis. */
function authalic(latitude: number): number {
  const sine = Math.sin(radians(latitude));
  const scaled = ECCENTRICITY * sine;
  return ((1 - ECCENTRICITY_2) * (sine / (1 - scaled ** 2) + Math.atanh(scaled) / ECCENTRICITY)) / 2;
}

/** The 3-degree Gauss–Krüger zone of a longitude, for CGCS2000: zone 25 is EPSG:4513. */
export function gaussKrugerZone(longitude: number): { zone: number; centralMeridian: number; epsg: number } {
  const zone = Math.round(longitude / 3);
  return { zone, centralMeridian: zone * 3, epsg: 4488 + zone };
}
