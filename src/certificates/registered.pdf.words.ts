import { maskCitizenId } from '../kernel/index.js';
import type { PropertyCertificate, PropertyProof } from './certificate.js';
import { CITIZEN_ID, holderTypeName, isOrganisation } from './holder-types.js';
import type { PointText, PropertyArea, PropertyParty, UseTerm } from './property-entry.js';
import type { Row } from './registered.pdf.rows.js';
import { printedUnitNumber, unitNumberParts } from './unit-number.js';

/** How a certificate reads in print. The core data stays what it is: these words are never parsed back. */

const NONE = '—';

/** The rows of the paper form, in its order. */
export function certificateRows(certificate: PropertyCertificate): Row[] {
  return [
    { label: '权利人', text: namesOf(certificate.owners) },
    { label: '共有情况', text: printedCoOwnership(certificate) },
    { label: '坐落', text: certificate.situated },
    { label: '不动产单元号', text: printedUnitNumber(certificate.unitNo) },
    { label: '权利类型', text: certificate.rightType },
    { label: '权利性质', text: certificate.rightNature },
    { label: '用途', text: certificate.use },
    { label: '面积', text: printedArea(certificate.area, isSea(certificate)) },
    { label: '使用期限', text: certificate.useTerms?.map(printedTerm).join('\n') ?? NONE },
    { label: '权利其他状况', text: printedOtherStatus(certificate) },
  ];
}

export function proofRows(proof: PropertyProof): Row[] {
  const { rank, lapsesAt, certificate, details = [] } = proof;
  const other = [
    `不动产权证书号：${certificate.number}`,
    ...(rank === undefined ? [] : [`抵押顺位：第${rank}顺位`]),
    ...details.map(({ name, value }) => `${name}：${value}`),
    ...(lapsesAt === undefined ? [] : [`申请人未在${printedDate(lapsesAt)}前起诉的，异议登记失效`]),
    ...identities([...proof.holders, ...proof.obligors]),
  ];
  return [
    { label: '证明权利\n或事项', text: proof.provedRight },
    { label: '权利人\n（申请人）', text: namesOf(proof.holders) },
    { label: '义务人', text: namesOf(proof.obligors) },
    { label: '坐落', text: proof.situated },
    { label: '不动产单元号', text: printedUnitNumber(proof.unitNo) },
    { label: '其他', text: other.join('\n') },
  ];
}

function namesOf(parties: readonly PropertyParty[]): string {
  return parties.map(({ name }) => name).join('、');
}

function printedCoOwnership({ coOwnership, owners }: PropertyCertificate): string {
  if (coOwnership !== 'shares') {
    return coOwnership === 'sole' ? '单独所有' : '共同共有';
  }
  return `按份共有(${owners.map(({ name, share = '' }) => name + share).join('、')})`;
}

/** `共有宗地面积12480.50㎡/房屋建筑面积119.86㎡`. */
function printedArea({ unit, parcel, isParcelShared, building }: PropertyArea, sea: boolean): string {
  const land = `${isParcelShared === 'true' ? '共有' : ''}${sea ? '宗海' : '宗地'}面积${parcel}${unit}`;
  return building === undefined ? land : `${land}/房屋建筑面积${building}㎡`;
}

/** Sea areas have a chart instead of a plot plan. */
export function isSea({ unitNo }: { readonly unitNo: string }): boolean {
  return unitNumberParts(unitNo).landUse === 'H';
}

function printedTerm({ right, from, to }: UseTerm): string {
  return `${right} ${printedDate(from)}起${printedDate(to)}止`;
}

function printedOtherStatus(certificate: PropertyCertificate): string {
  const { exclusive, shared } = certificate.area;
  const lines = [
    ...(certificate.otherStatus ?? []).map(({ name, value }) => `${name}：${value}`),
    ...(exclusive === undefined ? [] : [`专有建筑面积：${exclusive}㎡，分摊建筑面积：${shared ?? ''}㎡`]),
    ...(certificate.holder === undefined ? [] : [`持证人：${certificate.holder}`]),
    ...identities(certificate.owners),
  ];
  return lines.join('\n');
}

/** A certificate is shown around: the numbers of people are printed in part, and stand whole in the attached data. */
function identities(parties: readonly PropertyParty[]): string[] {
  return parties.map(({ name, idType, idNo }) => {
    const isHidden = idType === CITIZEN_ID || !isOrganisation({ idType });
    return `${name}：${holderTypeName(idType)} ${isHidden ? maskCitizenId(idNo) : idNo}`;
  });
}

/** 附记, then what the act was and what the certificate stands beside. */
export function certificateNotes(certificate: PropertyCertificate): string {
  const { notes, businessNo, reason, encumbrances = [], supersedes } = certificate;
  return [
    ...(notes === undefined ? [] : [notes]),
    `业务编号：${businessNo}`,
    `登记原因：${reason}`,
    ...encumbrances.map(({ type, proofNumber }) => `${type}：${proofNumber}`),
    ...(supersedes === undefined ? [] : [`原不动产权证书号：${supersedes.number}`]),
  ].join('\n');
}

export function proofNotes({ notes, businessNo, reason }: PropertyProof): string {
  return [...(notes === undefined ? [] : [notes]), `业务编号：${businessNo}`, `登记原因：${reason}`].join('\n');
}

/** `2026-03-02` → `2026年03月02日`. */
export function printedDate(date: string): string {
  return `${date.slice(0, 4)}年${date.slice(5, 7)}月${date.slice(8, 10)}日`;
}

export function printedPoint([longitude, latitude]: PointText): string {
  return `${longitude}°E  ${latitude}°N`;
}

export const CERTIFICATE_STATEMENT =
  '根据《中华人民共和国民法典》等法律法规，为保护不动产权利人合法权益，对不动产权利人申请登记的本证所列不动产权利，经审查核实，准予登记，颁发此证。';
export const PROOF_STATEMENT =
  '根据《中华人民共和国民法典》等法律法规，为保护不动产权利人合法权益，对申请登记的本证明所列不动产权利或登记事项，经审查核实，准予登记，颁发此证明。';
