import { Module } from '@nestjs/common';
import { DocumentsModule, ReferenceTablesModule } from '../documents/index.js';
import { ActAnswer } from './act-answer.js';
import { BurdenProperty } from './burden-property.js';
import { BurdensController } from './burdens.controller.js';
import { CertificatesController } from './certificates.controller.js';
import { ChangeProperty } from './change-property.js';
import { CloseEntry } from './close-entry.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import { ProveBurden } from './prove-burden.js';
import { ReadRegister } from './read-register.js';
import { RegisterBook, RegisterPlace } from './register-book.js';
import { RegisterDocuments, RegisteredKinds } from './register-documents.js';
import { RegisterProperty } from './register-property.js';
import { ReplaceCertificate } from './replace-certificate.js';
import { SeizeProperty } from './seize-property.js';
import { TransferProperty } from './transfer-property.js';
import { WorkingDays } from './working-days.js';

/** Composition provides `CertificateKind` and `PropertyProofKind` with the other kinds. */
@Module({
  imports: [DocumentsModule, ReferenceTablesModule],
  controllers: [CertificatesController, BurdensController],
  providers: [
    ActAnswer,
    PropertyRegisterRepository,
    RegisteredKinds,
    RegisterDocuments,
    RegisterPlace,
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
    WorkingDays,
  ],
})
export class CertificatesApiModule {}
