import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { gaussKrugerZone, isInChinaBox, metresFrom, ringArea, sideLength, type LonLat } from './lon-lat.js';

describe('coordinates in China', () => {
  it.each(domainVectors('lonLatCN'))('$why', ({ input, valid }) => {
    expect(isInChinaBox(input)).toBe(valid);
  });
});

describe('measuring a parcel', () => {
  const parcel: LonLat[] = [
    [111.99393069, 27.72803283],
    [111.99496233, 27.72822795],
    [111.99470931, 27.72928717],
    [111.99367767, 27.72909205],
    [111.99393069, 27.72803283],
  ];

  it('agrees with the published plan: 104 m by 120 m, 12480 square metres', () => {
    expect(Math.abs(ringArea(parcel) / 12480 - 1)).toBeLessThan(0.01);
    expect(ringArea([...parcel].reverse())).toBeCloseTo(-ringArea(parcel), 6);
    expect(Math.abs(sideLength(parcel[0] ?? [0, 0], parcel[1] ?? [0, 0]) / 104 - 1)).toBeLessThan(0.01);
  });

  it('knows the lengths of a degree on the ellipsoid', () => {
    // 111 319.491 m on the equator; 110 574 m from it to 1° north; 111 132 m per degree at 45°.
    expect(sideLength([110, 0], [111, 0])).toBeCloseTo(111_319.49, 1);
    expect(sideLength([110, 0], [110, 1])).toBeCloseTo(110_574.4, 0);
    expect(sideLength([110, 44.5], [110, 45.5])).toBeCloseTo(111_131.8, 0);
  });

  it('gives the published area of a one-degree cell: 12 308.8 square kilometres at the equator', () => {
    const cell: LonLat[] = [
      [110, 0],
      [111, 0],
      [111, 1],
      [110, 1],
      [110, 0],
    ];
    expect(ringArea(cell) / 1e6).toBeCloseTo(12_308.8, 0);
  });

  it('counts metres east and north', () => {
    const { east, north } = metresFrom([112, 27], [112.001, 26.999]);
    expect([Math.round(east), Math.round(north)]).toEqual([99, -111]);
  });

  it('names the 3-degree zone: Loudi lies in zone 37, EPSG:4525', () => {
    expect(gaussKrugerZone(111.99432)).toEqual({ zone: 37, centralMeridian: 111, epsg: 4525 });
    expect(gaussKrugerZone(75).epsg).toBe(4513);
  });
});
