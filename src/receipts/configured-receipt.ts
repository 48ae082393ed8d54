import type { Parsed, PublicFact } from '../documents/index.js';
import { maskAddress, maskBankAccount, maskCitizenId, maskMobile, maskName } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import { compileFields, type CompiledFields } from './compiled-fields.js';
import { ConfiguredReceiptDto, type ConfiguredRequest } from './configured-receipt.dto.js';
import type { FieldSchema } from './field-schema.js';
import { checkPlate } from './plate-rules.js';
import type { ReceiptDefinition, ReceiptGrid, ReceiptList } from './receipt-definition.js';
import { readReceiptDraft } from './receipt-draft.js';
import type { LayoutList, Mask, ReceiptKindConfiguration } from './receipt-kind-configuration.js';
import { textOf } from './receipt-labels.js';
import { BILL_LIFE_CYCLE, FINAL_LIFE_CYCLE } from './receipt.life-cycle.js';
import { fact } from './receipt.public-facts.js';
import { printedTime } from './receipt.pdf.words.js';
import type { Receipt } from './receipt.js';

const MASKS: Readonly<Record<Mask, (text: string) => string>> = {
  name: maskName,
  'citizen-id': maskCitizenId,
  mobile: maskMobile,
  'bank-account': maskBankAccount,
  address: maskAddress,
};
const LIFE_CYCLES = { 'write-off': BILL_LIFE_CYCLE, final: FINAL_LIFE_CYCLE } as const;
const validate = compileValidator(ConfiguredReceiptDto);

/** The definition that a configuration (which has passed `readConfiguration`) stands for. */
export function configuredReceipt(
  configuration: ReceiptKindConfiguration,
  version: string,
): ReceiptDefinition<ConfiguredRequest> {
  const { name, titles, bill, isSupervised, fields } = configuration;
  const compiled = compileFields(fields);
  return {
    name,
    title: titles,
    version,
    isSupervised,
    lifeCycle: LIFE_CYCLES[configuration.lifeCycle],
    parse: (body) => parse(body, compiled),
    read: (request) => readReceiptDraft(request, request, compiled.read(request.particulars ?? {})),
    check: (draft, { issuedOn, tables }, report) => {
      for (const { field, plate } of platesIn(draft.particulars, fields, 'particulars')) {
        checkPlate(plate, issuedOn, tables, report.bind(null, field));
      }
    },
    formOf: () => bill,
    amountFields: [],
    gridOf: (receipt) => gridOf(configuration, receipt),
    listsOf: (receipt) => (configuration.layout.lists ?? []).flatMap((list) => listOf(list, receipt)),
    asks: (configuration.asks ?? []).map(({ field, label, format }) => ({ name: field, label, format })),
    publicFacts: (receipt) => publicFactsOf(configuration, receipt),
  };
}

function parse(body: unknown, compiled: CompiledFields): Parsed<ConfiguredRequest> {
  const shape = validate(body);
  if (!shape.ok) {
    return shape;
  }
  const errors = compiled.check(shape.value.particulars ?? {}, 'particulars');
  return errors.length > 0 ? { ok: false, errors } : shape;
}

/** Every plate that the particulars name, with its field; they MUST have passed the schema. */
function platesIn(value: unknown, schema: FieldSchema, field: string): readonly { field: string; plate: string }[] {
  if (typeof value === 'string') {
    return schema.type === 'string' && schema.format === 'plate' ? [{ field, plate: value }] : [];
  }
  if (Array.isArray(value) && schema.type === 'array') {
    return value.flatMap((item, index) => platesIn(item, schema.items, `${field}[${index}]`));
  }
  return schema.type === 'object'
    ? Object.entries(schema.properties).flatMap(([name, part]) =>
        platesIn((value as Readonly<Record<string, unknown>> | undefined)?.[name], part, `${field}.${name}`),
      )
    : [];
}

function gridOf({ fields, layout }: ReceiptKindConfiguration, { particulars }: Receipt): ReceiptGrid {
  return {
    columns: Number(layout.columns),
    fields: layout.cells.flatMap(({ field, label, span = '1' }) => {
      const value = textOf(particulars, field);
      const schema = fields.properties[field];
      const isInstant = schema?.type === 'string' && schema.format === 'instant';
      return value === ''
        ? []
        : [{ label: label.zh, value: isInstant ? printedTime(value) : value, span: Number(span) }];
    }),
  };
}

function listOf({ field, title, columns }: LayoutList, { particulars }: Receipt): ReceiptList[] {
  const items = (particulars?.[field] ?? []) as readonly Readonly<Record<string, string>>[];
  return items.length === 0
    ? []
    : [
        {
          title: title.zh,
          columns: columns.map(({ label, share, align = 'left' }) => ({
            label: label.zh,
            share: Number(share),
            align,
          })),
          rows: items.map((item) => columns.map((column) => item[column.field] ?? '')),
        },
      ];
}

function publicFactsOf({ publicFacts = [] }: ReceiptKindConfiguration, { particulars }: Receipt): PublicFact[] {
  return publicFacts.flatMap(({ field, label, mask }) => {
    const value = textOf(particulars, field);
    return value === '' ? [] : [fact(label.zh, label.en, mask === undefined ? value : MASKS[mask](value))];
  });
}
