export type { InvoiceRequest } from './create-invoice.dto.js';
export type { Invoice } from './invoice.js';
export { InvoiceKind } from './invoice.kind.js';
export { InvoicesApiModule } from './invoices.module.js';
