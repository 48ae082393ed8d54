import type { PublicFact, Reader } from '../documents/index.js';
import { maskAddress, maskName } from '../kernel/index.js';
import type { PropertyCertificate, PropertyProof } from './certificate.js';
import { isOrganisation } from './holder-types.js';
import type { PointText, PropertyParty } from './property-entry.js';

/**
 * What anybody who holds the address of a certificate may read: of people the first character, of the place the district
 * and some hundred metres. Who named the number, an owner and the unit, as who holds the paper can, reads the whole address
 * and the place to a decimetre. Never identity numbers, shares, areas nor the unit number, which names the very door.
 */
export function certificatePublicFacts(
  certificate: PropertyCertificate,
  reader: Reader = 'anybody',
): readonly PublicFact[] {
  return [
    ...headFacts(certificate),
    fact('权利人', 'Owner', names(certificate.owners)),
    fact('权利类型', 'Right', certificate.rightType),
    ...placeFacts(certificate, reader),
    ...(certificate.supersedes === undefined ? [] : [fact('原证号', 'Replaces', certificate.supersedes.number)]),
  ];
}

export function proofPublicFacts(proof: PropertyProof, reader: Reader = 'anybody'): readonly PublicFact[] {
  return [
    ...headFacts(proof),
    fact('证明权利或事项', 'Proves', proof.provedRight),
    fact('权利人（申请人）', 'Holder', names(proof.holders)),
    fact('义务人', 'Obligor', names(proof.obligors)),
    ...placeFacts(proof, reader),
    fact('不动产权证书号', 'Certificate', proof.certificate.number),
  ];
}

type Registered = PropertyCertificate | PropertyProof;

function headFacts({ title, number, registerAuthority, registeredAt }: Registered): PublicFact[] {
  return [
    fact('证照名称', 'Title', title),
    fact('证号', 'Number', number),
    fact('登记机构', 'Register office', registerAuthority.name),
    fact('登记日期', 'Registered on', registeredAt),
  ];
}

function placeFacts({ situated, location }: Registered, reader: Reader): PublicFact[] {
  const isKnown = reader === 'knows-paper';
  const point = pointText(location.point, isKnown ? KNOWN_DECIMALS : PUBLIC_DECIMALS);
  return [
    fact('坐落', 'Situated', isKnown ? situated : maskAddress(situated)),
    fact('地理位置', 'Location', `${point} (${location.crs})`),
  ];
}

function names(parties: readonly PropertyParty[]): string {
  return parties.map((party) => (isOrganisation(party) ? party.name : maskName(party.name))).join('、');
}

/** About a hundred metres. */
const PUBLIC_DECIMALS = 3;
/** About a decimetre. */
const KNOWN_DECIMALS = 6;

function pointText([longitude, latitude]: PointText, decimals: number): string {
  return `${Number(longitude).toFixed(decimals)}°E ${Number(latitude).toFixed(decimals)}°N`;
}

function fact(zh: string, en: string, value: string): PublicFact {
  return { label: { zh, en }, value };
}
