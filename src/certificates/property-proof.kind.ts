import { Injectable } from '@nestjs/common';
import {
  DocumentKind,
  undrawableFields,
  type ExpectedFact,
  type Judgement,
  type LifeCycle,
  type NumberedSeries,
  type Parsed,
  type PublicFact,
  type Reader,
  drawing,
  type Drawing,
} from '../documents/index.js';
import type { Issuer } from '../identity/index.js';
import { toChinaDate, type FieldError } from '../kernel/index.js';
import type { CoreData } from '../proof/index.js';
import { ONLY_THROUGH_REGISTER } from './certificate.kind.js';
import { PROOF_LIFE_CYCLE } from './certificate.life-cycle.js';
import type { PropertyProof } from './certificate.js';
import { CERTIFICATE_LOOK_UP, expectedOfProof } from './certificate.look-up.js';
import { proofPublicFacts } from './certificate.public-facts.js';
import { checkParties, checkRegisteredAt } from './entry-rules.js';
import { completeProof, prepareProof, type PreparedProof, type ProofContent } from './property-proof.canonical.js';
import { CERTIFICATE_RENDERER } from './renderer/index.js';
import { seriesOf } from './registered-numbering.js';
import { reportInto } from './report.js';

/** 不动产登记证明: of a mortgage, an easement, an advance notice or an objection. */
@Injectable()
export class PropertyProofKind extends DocumentKind<ProofContent, PreparedProof> {
  override readonly name = 'certificate.property-proof';
  override readonly title = { zh: '不动产登记证明', en: 'Real estate registration proof' };
  override readonly lifeCycle: LifeCycle = PROOF_LIFE_CYCLE;
  override readonly lookUp = CERTIFICATE_LOOK_UP;

  override parse(): Parsed<ProofContent> {
    return ONLY_THROUGH_REGISTER;
  }

  override referenceOf({ act }: ProofContent): string {
    return act.businessNo;
  }

  override judge(content: ProofContent, issuer: Issuer, now: Date): Judgement<PreparedProof> {
    const errors: FieldError[] = [];
    const report = reportInto(errors);
    checkParties('holders', content.holders, toChinaDate(now), report);
    checkParties('obligors', content.obligors ?? [], toChinaDate(now), report);
    checkRegisteredAt(content.act.registeredAt, toChinaDate(now), report);
    const prepared = prepareProof(content, issuer);
    errors.push(...undrawableFields(prepared));
    return errors.length === 0 ? { ok: true, prepared } : { ok: false, errors };
  }

  override seriesFor({ registerPlace }: PreparedProof, issuer: Issuer, issuedAt: Date): NumberedSeries {
    return seriesOf('proof', registerPlace, issuer, issuedAt);
  }

  override complete(prepared: PreparedProof, number: string, issuedAt: Date): CoreData {
    return completeProof(prepared, number, issuedAt);
  }

  override drawing(core: CoreData): Drawing {
    return drawing(CERTIFICATE_RENDERER, core as unknown as PropertyProof);
  }

  override publicFacts(core: CoreData, reader?: Reader): readonly PublicFact[] {
    return proofPublicFacts(core as unknown as PropertyProof, reader);
  }

  override expectedFacts(core: CoreData): readonly ExpectedFact[] {
    return expectedOfProof(core as unknown as PropertyProof);
  }
}
