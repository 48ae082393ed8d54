import { Injectable } from '@nestjs/common';
import type { FurtherKinds } from '../documents/index.js';
import { UnitOfWork, type Tx } from '../platform/database/index.js';
import { configuredReceipt } from './configured-receipt.js';
import { ReceiptKindsRepository } from './receipt-kinds.repository.js';
import { ReceiptKind, ReceiptTools } from './receipt.kind.js';

type Registered = { readonly version: number; readonly kind: ReceiptKind };

/**
 * Kinds that operators have registered, known to every process at once: each look-up asks for versions that this process has
 * not seen, and compiles those once. Versions never change, so nothing that was compiled grows old.
 */
@Injectable()
export class ReceiptKindRegistry implements FurtherKinds {
  private readonly known = new Map<string, Registered>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReceiptKindsRepository,
    private readonly tools: ReceiptTools,
  ) {}

  async find(name: string, tx?: Tx): Promise<ReceiptKind | null> {
    const known = this.known.get(name);
    const read = (within: Tx): ReturnType<ReceiptKindsRepository['findVersions']> =>
      this.repository.findVersions(within, name, known?.version ?? 0);
    const versions = tx === undefined ? await this.unitOfWork.run(read) : await read(tx);
    let found = known;
    for (const { version, configuration } of versions) {
      const definition = configuredReceipt(configuration, String(version));
      found = { version, kind: new ReceiptKind(definition, this.tools, found?.kind.definitions) };
    }
    if (found !== undefined && found.version > (this.known.get(name)?.version ?? 0)) {
      this.known.set(name, found);
    }
    return found?.kind ?? null;
  }

  names(): Promise<readonly string[]> {
    return this.unitOfWork.run((tx) => this.repository.names(tx));
  }
}
