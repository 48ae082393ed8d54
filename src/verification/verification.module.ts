import { Module } from '@nestjs/common';
import { StoreRegister } from '../anchoring/index.js';
import { DocumentsModule, StatusListsModule } from '../documents/index.js';
import { EvidenceModule } from '../evidence/index.js';
import { AssetsController } from './assets.controller.js';
import { CheckEvidence } from './check-evidence.js';
import { CheckSignature } from './check-signature.js';
import { DescribeDocument } from './describe-document.js';
import { DocumentPage } from './document-page.js';
import { FormPage } from './form-page.js';
import { FindDocument } from './find-document.js';
import { KnownChains } from './known-chains.js';
import { LocateDocument } from './locate-document.js';
import { LookUpByNumber } from './look-up-by-number.js';
import { ReadQuestions } from './read-questions.js';
import { NumberPageController } from './number-page.controller.js';
import { OwnStatusLists } from './own-status-lists.js';
import { PileDesk } from './pile/pile-desk.js';
import { VerifyPile } from './pile/verify-pile.js';
import { PublicPageController } from './public-page.controller.js';
import { VerificationController } from './verification.controller.js';
import { VerificationTimes } from './verification-times.js';
import { VerifyDocument } from './verify-document.js';
import { WebAssets } from './web-assets.js';

/** The API and the pages for anybody who holds a document. `registerMultipart` MUST be called on the application. */
@Module({
  imports: [DocumentsModule, EvidenceModule, StatusListsModule],
  controllers: [VerificationController, PublicPageController, NumberPageController, AssetsController],
  providers: [
    StoreRegister,
    KnownChains,
    OwnStatusLists,
    LocateDocument,
    LookUpByNumber,
    ReadQuestions,
    WebAssets,
    FormPage,
    DocumentPage,
    FindDocument,
    CheckEvidence,
    CheckSignature,
    DescribeDocument,
    VerificationTimes,
    VerifyDocument,
    VerifyPile,
    PileDesk,
  ],
  exports: [VerifyDocument],
})
export class VerificationApiModule {}
