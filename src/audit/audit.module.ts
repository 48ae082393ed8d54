import { Module } from '@nestjs/common';
import { AnchoringModule, AnchorRepairsModule } from '../anchoring/index.js';
import { DocumentRepairsModule } from '../documents/index.js';
import { IdentityModule } from '../identity/index.js';
import { AnchorsUnderAudit } from './anchors-under-audit.repository.js';
import { AuditChain } from './audit-chain.js';
import { AuditEntries } from './audit-entries.js';
import { AuditLists } from './audit-lists.js';
import { AuditStored, RowsUnderAudit } from './audit-stored.js';
import { BatchesUnderAudit } from './batches-under-audit.repository.js';
import { DisownRoots } from './disown-roots.js';
import { DocumentsUnderAudit } from './documents-under-audit.repository.js';
import { EntriesUnderAudit } from './entries-under-audit.repository.js';
import { Fsck } from './fsck.js';
import { ListsUnderAudit } from './lists-under-audit.repository.js';
import { LocateRoot } from './locate-root.js';
import { NumbersUnderAudit } from './numbers-under-audit.repository.js';
import { Reconcile } from './reconcile.js';
import { Repair, RepairTools } from './repair.js';

/** Composition provides `DocumentKinds`, `Chains` and `StoreDirectory`. */
@Module({
  imports: [IdentityModule, AnchoringModule, AnchorRepairsModule, DocumentRepairsModule],
  providers: [
    DocumentsUnderAudit,
    BatchesUnderAudit,
    NumbersUnderAudit,
    AnchorsUnderAudit,
    RowsUnderAudit,
    AuditStored,
    EntriesUnderAudit,
    ListsUnderAudit,
    AuditLists,
    AuditEntries,
    AuditChain,
    Fsck,
    LocateRoot,
    RepairTools,
    Repair,
    Reconcile,
    DisownRoots,
  ],
  exports: [Fsck, Reconcile, DisownRoots],
})
export class AuditModule {}
