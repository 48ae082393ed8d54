import { Module } from '@nestjs/common';
import { DocumentsModule, ReferenceTablesModule } from '../documents/index.js';
import { ActAnswer } from './act-answer.js';
import { BurdenProperty } from './burden-property.js';
import { BurdensController } from './burdens.controller.js';
import { CertificatesController } from './certificates.controller.js';
import { ChangeProperty } from './change-property.js';
import { CloseEntry } from './close-entry.js';
import { BurdenTermsController } from './burden-terms.controller.js';
import { LapseBurdensHandler } from './certificates.processor.js';
import { DominantUnit } from './dominant-unit.js';
import { ExtendBurden } from './extend-burden.js';
import { LapseBurdens } from './lapse-burdens.js';
import { LapseDueBurdens } from './lapse-due-burdens.js';
import { NoticeTerms } from './notice-terms.js';
import { OpenUnits } from './open-units.js';
import { RegisterEasement } from './register-easement.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import { ProveBurden } from './prove-burden.js';
import { ReadRegister } from './read-register.js';
import { RegisterBook } from './register-book.js';
import { RegisterDocuments, RegisteredKinds } from './register-documents.js';
import { RegisterProperty } from './register-property.js';
import { ReplaceCertificate } from './replace-certificate.js';
import { SeizeProperty } from './seize-property.js';
import { TransferProperty } from './transfer-property.js';
import { WorkingDays } from './working-days.js';

/** Composition provides `CertificateKind` and `PropertyProofKind` with the other kinds. */
@Module({
  imports: [DocumentsModule, ReferenceTablesModule],
  controllers: [CertificatesController, BurdensController, BurdenTermsController],
  providers: [
    ActAnswer,
    PropertyRegisterRepository,
    RegisteredKinds,
    RegisterDocuments,
    RegisterBook,
    ReplaceCertificate,
    ProveBurden,
    RegisterProperty,
    TransferProperty,
    ChangeProperty,
    BurdenProperty,
    SeizeProperty,
    CloseEntry,
    ReadRegister,
    OpenUnits,
    LapseBurdens,
    NoticeTerms,
    DominantUnit,
    RegisterEasement,
    ExtendBurden,
    WorkingDays,
  ],
})
export class CertificatesApiModule {}

/** What a worker does for the register: it records what lapsed. */
@Module({
  imports: [DocumentsModule],
  providers: [PropertyRegisterRepository, LapseBurdens, LapseDueBurdens, LapseBurdensHandler],
  exports: [LapseBurdensHandler],
})
export class CertificatesWorkerModule {}
