import { isRegionCode, normaliseCode, type Brand } from '../kernel/index.js';

/** 不动产单元号 (GB/T 37346-2019): 28 characters, no check digit. */
export type UnitNumber = Brand<string, 'UnitNumber'>;

export type UnitNumberParts = {
  readonly region: string;
  /** 地籍区 and 地籍子区. */
  readonly district: string;
  readonly subDistrict: string;
  /** G state-owned, J collective, Z undetermined. */
  readonly landOwner: string;
  /** Second character of the 宗地特征码: `B` building land, `H` sea use, … */
  readonly landUse: string;
  readonly parcelSerial: string;
  /** F buildings, L forest, Q other, W none. */
  readonly fixture: string;
  readonly fixtureUnit: string;
};

/** What keeps a text from being a unit number, in the order it is looked for. */
export type UnitNumberProblem = 'shape' | 'region' | 'land-owner' | 'parcel-serial' | 'fixture';

/**
 * Second characters: A collective land ownership, B S X building land on, above and below the surface, C homestead,
 * D E F contracted farmland, woodland, grassland, L woodland and N farm land outside contracts, H sea use,
 * G uninhabited island, W undetermined, Y other.
 */
const shape =
  /^(?<region>\d{6})(?<district>\d{3})(?<subDistrict>\d{3})(?<landOwner>[GJZ])(?<landUse>[ABCDEFGHLNSWXY])(?<parcelSerial>\d{5})(?<fixture>[FLQW])(?<fixtureUnit>\d{8})$/;

/** Land ownership as such and homesteads exist on collective land only. */
const COLLECTIVE_ONLY = /^[AC]$/;

/** Half-width capitals without the spaces between the printed groups. */
export function normaliseUnitNumber(text: string): string {
  return normaliseCode(text).replaceAll(' ', '');
}

/** Expects normalised text. */
export function unitNumberProblem(text: string): UnitNumberProblem | null {
  const parts = partsOf(text);
  if (parts === null) {
    return 'shape';
  }
  if (!isRegionCode(parts.region)) {
    return 'region';
  }
  if (COLLECTIVE_ONLY.test(parts.landUse) && parts.landOwner !== 'J') {
    return 'land-owner';
  }
  if (parts.parcelSerial === '00000') {
    return 'parcel-serial';
  }
  return parts.fixture === 'W' && parts.fixtureUnit !== '00000000' ? 'fixture' : null;
}

/** Throws `TypeError` on anything `unitNumberProblem` names a problem of. */
export function unitNumberParts(text: string): UnitNumberParts {
  const parts = partsOf(text);
  if (parts === null || unitNumberProblem(text) !== null) {
    throw new TypeError('Not a real-estate unit number');
  }
  return parts;
}

function partsOf(text: string): UnitNumberParts | null {
  return (shape.exec(text)?.groups as UnitNumberParts | undefined) ?? null;
}

/** In its four printed groups: `431302 001005 GB00012 F00030602`. */
export function printedUnitNumber(text: string): string {
  return [text.slice(0, 6), text.slice(6, 12), text.slice(12, 19), text.slice(19)].join(' ');
}
