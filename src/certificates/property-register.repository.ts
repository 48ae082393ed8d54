import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import type { UnitNumber } from './unit-number.js';

export type BurdenKind = 'mortgage' | 'seizure' | 'notice' | 'objection' | 'easement';
export type BurdenState = 'active' | 'waiting' | 'ended';

/** Something that burdens a unit. `position` is the rank of a mortgage and the place of a seizure in its queue. */
export type Burden = {
  readonly id: string;
  readonly kind: BurdenKind;
  readonly position: number;
  readonly state: BurdenState;
  readonly proofId: string | null;
  readonly proofNumber: string | null;
  readonly forbidsTransfer: boolean;
  readonly courtDocumentNo: string | null;
  /** The last day it is in force, `YYYY-MM-DD`; null for what does not end by itself, or not yet. */
  readonly lapsesOn: string | null;
  /** How many days after the first the last day of a seizure comes. */
  readonly termDays: number | null;
  /** 需役地 of an easement. */
  readonly dominantUnitNo: string | null;
};

/** An easement as the unit that has it sees it. */
export type Benefit = { readonly servientUnitNo: string; readonly proofId: string; readonly proofNumber: string };

export type NewBurden = Omit<Burden, 'proofNumber'> & { readonly unitNo: string };

type BurdenRow = {
  id: string;
  kind: BurdenKind;
  position: number;
  state: BurdenState;
  proof_id: string | null;
  proof_number: string | null;
  forbids_transfer: boolean;
  court_document_no: string | null;
  lapses_on: string | null;
  term_days: number | null;
  dominant_unit_no: string | null;
};

/** The register book of one issuer. Who acts on a unit MUST lock it first: everything else here then stands still. */
@Injectable()
export class PropertyRegisterRepository {
  /** The name under which the office issues: the first one given, for ever. */
  async placeOf(tx: Tx, issuerId: string, place: string): Promise<string> {
    await tx.query('insert into property_registers (issuer_id, place) values ($1, $2) on conflict do nothing', [
      issuerId,
      place,
    ]);
    const [row] = await tx.query<{ place: string }>('select place from property_registers where issuer_id = $1', [
      issuerId,
    ]);
    return row?.place ?? place;
  }

  /** Opens the unit's page of the book when there is none, and locks it until the transaction ends. */
  async openUnit(tx: Tx, issuerId: string, unitNo: string): Promise<void> {
    await tx.query('insert into property_units (issuer_id, unit_no) values ($1, $2) on conflict do nothing', [
      issuerId,
      unitNo,
    ]);
    await this.lockUnit(tx, issuerId, unitNo);
  }

  async lockUnit(tx: Tx, issuerId: string, unitNo: string): Promise<void> {
    await tx.query('update property_units set version = version + 1 where issuer_id = $1 and unit_no = $2', [
      issuerId,
      unitNo,
    ]);
  }

  async unitOf(tx: Tx, issuerId: string, certificateId: string): Promise<UnitNumber | null> {
    const [row] = await tx.query<{ unit_no: UnitNumber }>(
      'select unit_no from property_certificates where issuer_id = $1 and document_id = $2',
      [issuerId, certificateId],
    );
    return row?.unit_no ?? null;
  }

  async currentOf(tx: Tx, issuerId: string, unitNo: string): Promise<string | null> {
    const [row] = await tx.query<{ document_id: string }>(
      'select document_id from property_certificates where issuer_id = $1 and unit_no = $2 and is_current',
      [issuerId, unitNo],
    );
    return row?.document_id ?? null;
  }

  async insertCertificate(
    tx: Tx,
    issuerId: string,
    certificate: { readonly id: string; readonly unitNo: string; readonly predecessorId: string | null },
  ): Promise<void> {
    await tx.query(
      'insert into property_certificates (issuer_id, document_id, unit_no, predecessor_id) values ($1, $2, $3, $4)',
      [issuerId, certificate.id, certificate.unitNo, certificate.predecessorId],
    );
  }

  async retireCertificate(tx: Tx, issuerId: string, certificateId: string): Promise<void> {
    await tx.query('update property_certificates set is_current = false where issuer_id = $1 and document_id = $2', [
      issuerId,
      certificateId,
    ]);
  }

  /** Those not ended, in the order of kind and position. */
  async burdensOf(tx: Tx, issuerId: string, unitNo: string): Promise<Burden[]> {
    const rows = await tx.query<BurdenRow>(
      `select b.id, b.kind, b.position, b.state, b.proof_id, d.number as proof_number, b.forbids_transfer,
              b.court_document_no, b.lapses_on::text, b.term_days, b.dominant_unit_no
       from property_burdens b left join documents d on d.issuer_id = b.issuer_id and d.id = b.proof_id
       where b.issuer_id = $1 and b.unit_no = $2 and b.state <> 'ended'
       order by b.kind, b.position`,
      [issuerId, unitNo],
    );
    return rows.map(burdenOf);
  }

  /** Ended ones count, too: a rank is given once. */
  async nextPosition(tx: Tx, issuerId: string, unitNo: string, kind: BurdenKind): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      `select coalesce(max(position), 0) + 1 as next from property_burdens
       where issuer_id = $1 and unit_no = $2 and kind = $3`,
      [issuerId, unitNo, kind],
    );
    return row?.next ?? 1;
  }

  async insertBurden(tx: Tx, issuerId: string, burden: NewBurden): Promise<void> {
    const { id, unitNo, kind, position, state, proofId, forbidsTransfer, courtDocumentNo, lapsesOn } = burden;
    const { termDays, dominantUnitNo } = burden;
    await tx.query(
      `insert into property_burdens
         (issuer_id, id, unit_no, kind, position, state, proof_id, forbids_transfer, court_document_no, lapses_on,
          term_days, dominant_unit_no)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[issuerId, id, unitNo, kind, position, state, proofId, forbidsTransfer, courtDocumentNo, lapsesOn],
        ...[termDays, dominantUnitNo],
      ],
    );
  }

  async endBurden(tx: Tx, issuerId: string, id: string): Promise<void> {
    await tx.query("update property_burdens set state = 'ended' where issuer_id = $1 and id = $2", [issuerId, id]);
  }

  /** Its state and its last day. */
  async updateBurden(
    tx: Tx,
    issuerId: string,
    { id, state, lapsesOn }: Pick<Burden, 'id' | 'state' | 'lapsesOn'>,
  ): Promise<void> {
    await tx.query('update property_burdens set state = $3, lapses_on = $4 where issuer_id = $1 and id = $2', [
      issuerId,
      id,
      state,
      lapsesOn,
    ]);
  }

  /** The unit that the easement of a proof serves; null when it is no easement on `unitNo`. It never changes. */
  async dominantUnitOf(tx: Tx, issuerId: string, unitNo: string, proofNumber: string): Promise<string | null> {
    const [row] = await tx.query<{ dominant_unit_no: string | null }>(
      `select b.dominant_unit_no
       from property_burdens b join documents d on d.issuer_id = b.issuer_id and d.id = b.proof_id
       where b.issuer_id = $1 and b.unit_no = $2 and d.number = $3`,
      [issuerId, unitNo, proofNumber],
    );
    return row?.dominant_unit_no ?? null;
  }

  /** Easements in force that other units of the register serve this one by. */
  benefitsOf(tx: Tx, issuerId: string, unitNo: string): Promise<Benefit[]> {
    return tx.query<Benefit>(
      `select b.unit_no as "servientUnitNo", b.proof_id as "proofId", d.number as "proofNumber"
       from property_burdens b join documents d on d.issuer_id = b.issuer_id and d.id = b.proof_id
       where b.issuer_id = $1 and b.dominant_unit_no = $2 and b.state = 'active'
       order by d.number`,
      [issuerId, unitNo],
    );
  }

  /** Of all issuers, those on whose register something is over that is not recorded as over. */
  async issuersWithLapsed(tx: Tx, today: string): Promise<string[]> {
    const rows = await tx.query<{ issuer_id: string }>(
      `select distinct issuer_id from property_burdens where state = 'active' and lapses_on < $1`,
      [today],
    );
    return rows.map(({ issuer_id: issuerId }) => issuerId);
  }

  async unitsWithLapsed(
    tx: Tx,
    issuerId: string,
    { today, limit }: { readonly today: string; readonly limit: number },
  ): Promise<UnitNumber[]> {
    const rows = await tx.query<{ unit_no: UnitNumber }>(
      `select unit_no from property_burdens
       where issuer_id = $1 and state = 'active' and lapses_on < $2
       group by unit_no order by min(lapses_on), unit_no limit $3`,
      [issuerId, today, limit],
    );
    return rows.map(({ unit_no: unitNo }) => unitNo);
  }
}

function burdenOf(row: BurdenRow): Burden {
  return {
    id: row.id,
    kind: row.kind,
    position: row.position,
    state: row.state,
    proofId: row.proof_id,
    proofNumber: row.proof_number,
    forbidsTransfer: row.forbids_transfer,
    courtDocumentNo: row.court_document_no,
    lapsesOn: row.lapses_on,
    termDays: row.term_days,
    dominantUnitNo: row.dominant_unit_no,
  };
}
