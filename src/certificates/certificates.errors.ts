import { DomainError } from '../kernel/index.js';

/** The register refuses an act in the state it is in; nothing was stored. */
abstract class ActRefused extends DomainError {
  override readonly kind = 'conflict';
}

export class UnitHasCurrent extends ActRefused {
  override readonly code = 'certificates.unit-has-current';

  constructor() {
    super('This unit has a current certificate; register what happens to it there');
  }
}

/** A register office issues under one name of city or county, so that its numbers and identifiers are its own. */
export class OtherPlace extends ActRefused {
  override readonly code = 'certificates.other-place';

  constructor(place: string) {
    super(`Your register issues under the name ${place}; give that as registerPlace`);
  }
}

export class NotCurrent extends ActRefused {
  override readonly code = 'certificates.not-current';

  constructor() {
    super('This certificate is no longer current; the register goes on with its successor, or was closed');
  }
}

export class Seized extends ActRefused {
  override readonly code = 'certificates.seized';

  constructor() {
    super('The unit is seized by a court: it can be neither transferred, mortgaged nor cancelled before its release');
  }
}

export class NotSeized extends ActRefused {
  override readonly code = 'certificates.not-seized';

  constructor() {
    super('No seizure by this court document is in effect or waiting');
  }
}

export class SeizureKnown extends ActRefused {
  override readonly code = 'certificates.seizure-known';

  constructor() {
    super('A seizure by this court document is registered already');
  }
}

export class TransferForbidden extends ActRefused {
  override readonly code = 'certificates.transfer-forbidden-by-mortgage';

  constructor() {
    super('A mortgage notes 约定禁止转让: release it before the transfer');
  }
}

export class NoticeBlocks extends ActRefused {
  override readonly code = 'certificates.notice-blocks';

  constructor() {
    super('An advance notice blocks disposal: give the consent of its holder as noticeHolderConsent');
  }
}

export class ObjectionPending extends ActRefused {
  override readonly code = 'certificates.objection-pending';

  constructor() {
    super('An objection is registered and has not lapsed');
  }
}

export class Encumbered extends ActRefused {
  override readonly code = 'certificates.encumbered';

  constructor() {
    super('Mortgages, notices or easements are on the unit: release them before the cancellation');
  }
}

export class BurdenNotActive extends ActRefused {
  override readonly code = 'certificates.burden-not-active';

  constructor() {
    super('Nothing of this kind in force on this unit has a proof of this number');
  }
}

export class SuitKnown extends ActRefused {
  override readonly code = 'certificates.suit-known';

  constructor() {
    super('A suit is entered for this objection already: it stands until it is cancelled');
  }
}

export class TermKnown extends ActRefused {
  override readonly code = 'certificates.term-known';

  constructor() {
    super('The day from which on this notice counts is entered already');
  }
}
