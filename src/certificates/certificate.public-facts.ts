import type { PublicFact } from '../documents/index.js';
import { maskAddress, maskName } from '../kernel/index.js';
import type { PropertyCertificate, PropertyProof } from './certificate.js';
import { isOrganisation } from './holder-types.js';
import type { PointText, PropertyParty } from './property-entry.js';

/**
 * What anybody who holds the address of a certificate may read: of people the first character, of the place the district
 * and some hundred metres. Never identity numbers, shares, areas nor the unit number, which names the very door.
 */
export function certificatePublicFacts(certificate: PropertyCertificate): readonly PublicFact[] {
  return [
    ...headFacts(certificate),
    fact('权利人', 'Owner', names(certificate.owners)),
    fact('权利类型', 'Right', certificate.rightType),
    ...placeFacts(certificate),
    ...(certificate.supersedes === undefined ? [] : [fact('原证号', 'Replaces', certificate.supersedes.number)]),
  ];
}

export function proofPublicFacts(proof: PropertyProof): readonly PublicFact[] {
  return [
    ...headFacts(proof),
    fact('证明权利或事项', 'Proves', proof.provedRight),
    fact('权利人（申请人）', 'Holder', names(proof.holders)),
    fact('义务人', 'Obligor', names(proof.obligors)),
    ...placeFacts(proof),
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

function placeFacts({ situated, location }: Registered): PublicFact[] {
  return [
    fact('坐落', 'Situated', maskAddress(situated)),
    fact('地理位置', 'Location', `${roughPoint(location.point)} (${location.crs})`),
  ];
}

function names(parties: readonly PropertyParty[]): string {
  return parties.map((party) => (isOrganisation(party) ? party.name : maskName(party.name))).join('、');
}

/** Three decimals, about a hundred metres. */
function roughPoint([longitude, latitude]: PointText): string {
  return `${Number(longitude).toFixed(3)}°E ${Number(latitude).toFixed(3)}°N`;
}

function fact(zh: string, en: string, value: string): PublicFact {
  return { label: { zh, en }, value };
}
