import type { IdSource } from '../kernel/index.js';
import { configuredReceipt } from './configured-receipt.js';
import { medicalReceipt } from './medical-receipt.js';
import { PRESETS } from './presets.data.js';
import { ReceiptKind } from './receipt.kind.js';
import { scenicTicket } from './scenic-ticket.js';
import { trafficFine } from './traffic-fine.js';

const PRESET_VERSION = '1';

/** The kinds of receipts that are there without anybody registering them. */
export function builtInReceiptKinds(ids: IdSource): readonly ReceiptKind[] {
  const presets = PRESETS.map((configuration) => configuredReceipt(configuration, PRESET_VERSION));
  return [trafficFine, medicalReceipt, scenicTicket, ...presets].map((definition) => new ReceiptKind(definition, ids));
}
