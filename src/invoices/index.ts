export type { InvoiceRequest } from './create-invoice.dto.js';
export type { Invoice } from './invoice.js';
export { InvoiceAllowances } from './invoice-allowances.repository.js';
export { InvoiceKind } from './invoice.kind.js';
export { InvoicesApiModule } from './invoices.module.js';
