import { Injectable } from '@nestjs/common';
import { configuredReceipt } from './configured-receipt.js';
import { medicalReceipt } from './medical-receipt.js';
import { PRESETS } from './presets.data.js';
import { ReceiptKind, ReceiptTools } from './receipt.kind.js';
import { scenicTicket } from './scenic-ticket.js';
import { trafficFine } from './traffic-fine.js';

/** Presets change only with the product. */
export const PRESET_VERSION = '1';

/** The kinds of receipts that are there without anybody registering them. */
@Injectable()
export class BuiltInReceiptKinds {
  readonly all: readonly ReceiptKind[];

  constructor(tools: ReceiptTools) {
    const presets = PRESETS.map((configuration) => configuredReceipt(configuration, PRESET_VERSION));
    this.all = [trafficFine, medicalReceipt, scenicTicket, ...presets].map(
      (definition) => new ReceiptKind(definition, tools),
    );
  }

  has(name: string): boolean {
    return this.all.some((kind) => kind.name === name);
  }
}
