import { metresFrom, sideLength, type LonLat } from '../kernel/index.js';
import { millimetres, type Box } from '../platform/pdf/index.js';
import { degreesOf } from './location-rules.js';
import type { PointText, PropertyLocation } from './property-entry.js';

/** Points of a page. */
export type Place = { readonly x: number; readonly y: number };

/** A parcel as it is drawn: 1 millimetre on paper is `scale` / 1000 metres on the ground, north is up. */
export type Plan = {
  readonly scale: number;
  /** Boundary points J1…, without the repeated last one. */
  readonly outline: readonly Place[];
  /** Metres, of the side that starts at each boundary point. */
  readonly sides: readonly number[];
  readonly point: Place;
};

/** Smallest scale numbers first: the parcel is drawn as large as its frame allows, at a scale people can read off. */
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

export function planOf({ parcel, point }: PropertyLocation, frame: Box): Plan {
  const corners = cornersOf(parcel.coordinates[0]);
  const [origin = [0, 0]] = corners;
  const metres = corners.map((corner) => metresFrom(origin, corner));
  const east = metres.map((place) => place.east);
  const north = metres.map((place) => place.north);
  const [west, eastern] = [Math.min(...east), Math.max(...east)];
  const [south, northern] = [Math.min(...north), Math.max(...north)];
  const scale = scaleFor(Math.max((eastern - west) / frame.width, (northern - south) / frame.height));
  const perMetre = millimetres(1000 / scale);
  const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
  const onPage = (place: { east: number; north: number }): Place => ({
    x: middle.x + (place.east - (west + eastern) / 2) * perMetre,
    y: middle.y - (place.north - (south + northern) / 2) * perMetre,
  });
  return {
    scale,
    outline: metres.map(onPage),
    sides: corners.map((corner, index) => sideLength(corner, corners[index + 1] ?? origin)),
    point: onPage(metresFrom(origin, degreesOf(point))),
  };
}

/** Without the repeated last point. */
function cornersOf(ring: readonly PointText[]): LonLat[] {
  return ring.slice(0, -1).map(degreesOf);
}

/** `metresPerPoint`: what one point of paper has to stand for at least. */
function scaleFor(metresPerPoint: number): number {
  const least = metresPerPoint * millimetres(1000);
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  const step = [...STEPS, 10].find((candidate) => candidate * power >= least) ?? 10;
  return Math.round(step * power);
}

/** A round length that makes a bar of at most `longest` points. */
export function scaleBar(scale: number, longest: number): { readonly metres: number; readonly length: number } {
  const perMetre = millimetres(1000 / scale);
  const most = longest / perMetre;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { metres, length: metres * perMetre };
}
