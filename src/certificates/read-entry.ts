import { gaussKrugerZone, isCounterClockwise, normaliseCode, normaliseText, toHalfWidth } from '../kernel/index.js';
import { systemName } from './certificate-field-rules.js';
import { gridOf } from './location-rules.js';
import type {
  PropertyAreaRequest,
  PropertyLocationRequest,
  PropertyOwnerRequest,
  RegisterPropertyRequest,
} from './property.dto.js';
import type {
  Detail,
  PointText,
  PropertyArea,
  PropertyEntry,
  PropertyLocation,
  PropertyParty,
  UseTerm,
} from './property-entry.js';
import { normaliseShare } from './shares.js';
import { normaliseUnitNumber, type UnitNumber } from './unit-number.js';

/** Reads a validated request into the words of the register. Whether it obeys the rules is `checkEntry`'s. */
export function readEntry(request: RegisterPropertyRequest): PropertyEntry {
  const { holder, useTerms, otherStatus, notes } = request;
  return {
    unitNo: normaliseUnitNumber(request.unitNo) as UnitNumber,
    registerPlace: request.registerPlace,
    owners: request.owners.map(readParty),
    coOwnership: request.coOwnership,
    ...(holder !== undefined && { holder: normaliseText(holder) }),
    situated: normaliseText(request.situated),
    rightType: normaliseText(request.rightType),
    rightNature: normaliseText(request.rightNature),
    use: normaliseText(request.use),
    area: readArea(request.area),
    ...(useTerms !== undefined && { useTerms: readTerms(useTerms) }),
    ...(otherStatus !== undefined && { otherStatus: readDetails(otherStatus) }),
    ...(notes !== undefined && { notes: normaliseText(notes) }),
    location: readLocation(request.location),
  };
}

export function readParty({ name, idType, idNo, share }: PropertyOwnerRequest): PropertyParty {
  return {
    name: normaliseText(name),
    idType,
    idNo: normaliseCode(idNo),
    ...(share !== undefined && { share: normaliseShare(share) }),
  };
}

export function readTerms(terms: readonly UseTerm[]): UseTerm[] {
  return terms.map(({ right, from, to }) => ({ right: normaliseText(right), from, to }));
}

export function readDetails(details: readonly Detail[]): Detail[] {
  return details.map(({ name, value }) => ({ name: normaliseText(name), value: normaliseText(value) }));
}

export function readArea({
  unit,
  parcel,
  isParcelShared,
  building,
  exclusive,
  shared,
}: PropertyAreaRequest): PropertyArea {
  return {
    unit: unit ?? '㎡',
    parcel: toHalfWidth(parcel),
    isParcelShared: isParcelShared === true ? 'true' : 'false',
    ...(building !== undefined && { building: toHalfWidth(building) }),
    ...(exclusive !== undefined && { exclusive: toHalfWidth(exclusive) }),
    ...(shared !== undefined && { shared: toHalfWidth(shared) }),
  };
}

/** Clockwise rings are turned round, keeping their first point: GeoJSON (RFC 7946) asks readers to be kind. */
export function readLocation({ crs, point, parcel }: PropertyLocationRequest): PropertyLocation {
  const ring = (parcel.coordinates[0] ?? []).map(degreeTexts);
  const { zone, centralMeridian, epsg } = gaussKrugerZone(point[0] ?? 0);
  return {
    crs: systemName(crs) ?? crs,
    point: degreeTexts(point),
    parcel: { type: 'Polygon', coordinates: [isCounterClockwise(ring.map(gridOf)) ? ring : ring.reverse()] },
    gaussKruger: `3-degree zone ${zone}, CM ${centralMeridian}E (EPSG:${epsg})`,
  };
}

function degreeTexts([longitude = 0, latitude = 0]: readonly number[]): PointText {
  return [longitude.toFixed(8), latitude.toFixed(8)];
}
