import type { Circumstances } from '../../vectors/museum/piece.js';

const TEN_YEARS_MS = 10 * 365.25 * 86_400_000;

/** How far the verifier's clock is ahead of the right time, in milliseconds. */
export const YEARS_AWRY: Readonly<Record<NonNullable<Circumstances['clock']>, number>> = {
  right: 0,
  'ten-years-slow': -TEN_YEARS_MS,
  'ten-years-fast': TEN_YEARS_MS,
};
