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
import { completeCertificate, prepareCertificate, readAct } from './certificate.canonical.js';
import type { CertificateContent, PreparedCertificate } from './certificate.canonical.js';
import { CERTIFICATE_LIFE_CYCLE } from './certificate.life-cycle.js';
import { CERTIFICATE_RENDERER } from './renderer/index.js';
import { CERTIFICATE_LOOK_UP, expectedOfCertificate } from './certificate.look-up.js';
import { certificatePublicFacts } from './certificate.public-facts.js';
import type { PropertyCertificate } from './certificate.js';
import { checkEntry, checkRegisteredAt } from './entry-rules.js';
import type { RegisterPropertyDto } from './property.dto.js';
import { readEntry } from './read-entry.js';
import { seriesOf } from './registered-numbering.js';
import { reportInto } from './report.js';

/** Registered documents belong to the register book: nothing issues them past it. */
export const ONLY_THROUGH_REGISTER: { readonly ok: false; readonly errors: readonly FieldError[] } = {
  ok: false,
  errors: [
    {
      field: '',
      code: 'certificates.only-through-register',
      message: 'Certificates and proofs come from acts of the register: use POST /v1/certificates.',
    },
  ],
};

/** 不动产权证书. */
@Injectable()
export class CertificateKind extends DocumentKind<RegisterPropertyDto, PreparedCertificate> {
  override readonly name = 'certificate.property';
  override readonly title = { zh: '不动产权证书', en: 'Real estate ownership certificate' };
  override readonly lifeCycle: LifeCycle = CERTIFICATE_LIFE_CYCLE;
  override readonly lookUp = CERTIFICATE_LOOK_UP;

  override parse(): Parsed<RegisterPropertyDto> {
    return ONLY_THROUGH_REGISTER;
  }

  override referenceOf({ businessNo }: RegisterPropertyDto): string {
    return businessNo;
  }

  override judge(request: RegisterPropertyDto, issuer: Issuer, now: Date): Judgement<PreparedCertificate> {
    return this.judgeContent({ entry: readEntry(request), act: readAct(request, toChinaDate(now)) }, issuer, now);
  }

  /** The rules for whatever act leads to a new certificate. */
  judgeContent(content: CertificateContent, issuer: Issuer, now: Date): Judgement<PreparedCertificate> {
    const today = toChinaDate(now);
    const errors = checkEntry(content.entry, { issuerRegion: issuer.regionCode, today });
    checkRegisteredAt(content.act.registeredAt, today, reportInto(errors));
    const prepared = prepareCertificate(content, issuer);
    errors.push(...undrawableFields(prepared));
    return errors.length === 0 ? { ok: true, prepared } : { ok: false, errors };
  }

  override seriesFor({ registerPlace }: PreparedCertificate, issuer: Issuer, issuedAt: Date): NumberedSeries {
    return seriesOf('certificate', registerPlace, issuer, issuedAt);
  }

  override complete(prepared: PreparedCertificate, number: string, issuedAt: Date): CoreData {
    return completeCertificate(prepared, number, issuedAt);
  }

  override drawing(core: CoreData): Drawing {
    return drawing(CERTIFICATE_RENDERER, core as unknown as PropertyCertificate);
  }

  override publicFacts(core: CoreData, reader?: Reader): readonly PublicFact[] {
    return certificatePublicFacts(core as unknown as PropertyCertificate, reader);
  }

  override expectedFacts(core: CoreData): readonly ExpectedFact[] {
    return expectedOfCertificate(core as unknown as PropertyCertificate);
  }
}
