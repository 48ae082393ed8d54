import { describe, expect, it } from 'vitest';
import { isCounterClockwise, isInsideRing, ringProblem, type GridPoint } from './ring.js';

const square: GridPoint[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
];
const notched: GridPoint[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [5, 2],
  [0, 10],
  [0, 0],
];

describe('a ring', () => {
  it.each([
    ['a square', square],
    ['a notched square', notched],
    ['a triangle', [...square.slice(0, 3), [0, 0] as const]],
    [
      'a point in the middle of a side',
      [
        [0, 0],
        [5, 0],
        [10, 0],
        [5, 9],
        [0, 0],
      ] as GridPoint[],
    ],
  ])('may be %s', (_, ring) => {
    expect(ringProblem(ring)).toBeNull();
    expect(ringProblem([...ring].reverse())).toBeNull();
    expect(isCounterClockwise(ring)).toBe(true);
    expect(isCounterClockwise([...ring].reverse())).toBe(false);
  });

  const bad: [string, GridPoint[], string][] = [
    ['nothing', [], 'too-few-points'],
    ['three points', square.slice(0, 3), 'too-few-points'],
    ['open', square.slice(0, 4), 'not-closed'],
    [
      'a bow tie',
      [
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
        [0, 0],
      ],
      'self-intersection',
    ],
    [
      'a point twice',
      [
        [0, 0],
        [10, 0],
        [10, 0],
        [0, 10],
        [0, 0],
      ],
      'repeated-point',
    ],
    [
      'a spike',
      [
        [0, 0],
        [10, 0],
        [20, 0],
        [15, 0],
        [10, 10],
        [0, 0],
      ],
      'self-intersection',
    ],
    [
      'a spike at the start',
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [5, 0],
        [0, 0],
      ],
      'self-intersection',
    ],
    [
      'a corner on another side',
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [5, 0],
        [0, 10],
        [0, 0],
      ],
      'self-intersection',
    ],
    [
      'no area',
      [
        [0, 0],
        [10, 0],
        [5, 0],
        [0, 0],
      ],
      'self-intersection',
    ],
    [
      'half of China',
      [
        [0, 0],
        [1e9, 0],
        [1e9, 1e9],
        [0, 0],
      ],
      'too-large',
    ],
  ];
  it.each(bad)('may not be %s', (_, ring, problem) => {
    expect(ringProblem(ring)?.problem).toBe(problem);
  });

  it('is exact where floating point would not be', () => {
    const far = 2 ** 25;
    expect(
      ringProblem([
        [0, 0],
        [far, far - 1],
        [far - 1, far - 2],
        [0, 0],
      ]),
    ).toBeNull();
    expect(
      isInsideRing(
        [
          [0, 0],
          [far, 0],
          [far, far],
          [0, 0],
        ],
        [far - 1, far - 1],
      ),
    ).toBe(true);
    expect(
      isInsideRing(
        [
          [0, 0],
          [far, 0],
          [far, far],
          [0, 0],
        ],
        [far - 2, far - 1],
      ),
    ).toBe(false);
  });

  it('holds its inside and its border, whichever way it runs', () => {
    const inside: GridPoint[] = [
      [1, 1],
      [9, 8],
      [0, 0],
      [10, 5],
      [5, 2],
      [5, 0],
    ];
    const outside: GridPoint[] = [
      [-1, 0],
      [5, 3],
      [11, 5],
      [5, -1],
      [5, 10],
      [-1, 10],
    ];
    for (const ring of [notched, [...notched].reverse()]) {
      expect(inside.map((point) => isInsideRing(ring, point))).toEqual(inside.map(() => true));
      expect(outside.map((point) => isInsideRing(ring, point))).toEqual(outside.map(() => false));
    }
  });
});
