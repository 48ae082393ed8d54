import { undrawableFields, type Parsed } from '../documents/index.js';
import type { FieldError } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import { checkFieldSchema, type FieldSchema, type ObjectSchema } from './field-schema.js';
import type { ReceiptKindConfiguration } from './receipt-kind-configuration.js';
import { ReceiptKindConfigurationDto } from './receipt-kind-configuration.dto.js';
import { type Report, reportInto } from './receipt-report.js';

const validate = compileValidator(ReceiptKindConfigurationDto);

/** Reads what an operator registers. Everything that is accepted here can be issued, drawn and verified. */
export function readConfiguration(body: unknown): Parsed<ReceiptKindConfiguration> {
  const shape = validate(body);
  if (!shape.ok) {
    return shape;
  }
  const wrongSchema = checkFieldSchema(shape.value.fields, 'fields');
  if (wrongSchema.length > 0) {
    return { ok: false, errors: wrongSchema };
  }
  const configuration = shape.value as ReceiptKindConfiguration;
  const errors = [...checkConfiguration(configuration), ...undrawableFields(printedTexts(configuration))];
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: configuration };
}

/** What documents of the kind will print. */
function printedTexts({ titles, bill, layout }: ReceiptKindConfiguration): object {
  return { titles, bill, layout };
}

function checkConfiguration(configuration: ReceiptKindConfiguration): FieldError[] {
  const errors: FieldError[] = [];
  const report = reportInto(errors);
  checkLayout(configuration, report);
  checkPublicFacts(configuration, report);
  checkQuestions(configuration, report);
  return errors;
}

function checkLayout({ fields, layout }: ReceiptKindConfiguration, report: Report): void {
  for (const [index, { field, span = '1' }] of layout.cells.entries()) {
    requireText(fields, field, `layout.cells[${index}].field`, report);
    if (Number(span) > Number(layout.columns)) {
      report(`layout.cells[${index}].span`, 'layout-span', 'The grid does not have so many columns.');
    }
  }
  checkLists({ fields, layout }, report);
  for (const name of unprinted({ fields, layout })) {
    const message = 'Place this field in the layout: a document prints all it says.';
    report(`fields.properties.${name}`, 'layout-missing', message);
  }
}

type Printed = Pick<ReceiptKindConfiguration, 'fields' | 'layout'>;

function checkLists({ fields, layout: { lists = [] } }: Printed, report: Report): void {
  for (const [index, { field, columns }] of lists.entries()) {
    const listed = propertyOf(fields, field);
    if (listed?.type !== 'array' || listed.items.type !== 'object') {
      report(`layout.lists[${index}].field`, 'layout-field', 'Name an array of objects of the schema’s first level.');
      continue;
    }
    for (const [at, column] of columns.entries()) {
      requireText(listed.items, column.field, `layout.lists[${index}].columns[${at}].field`, report);
    }
  }
}

/** Fields that are in the document and nowhere on its sheets. */
function unprinted({ fields, layout: { cells, lists = [] } }: Printed): string[] {
  const placed = new Set([...cells, ...lists].map(({ field }) => field));
  const inLists = lists.flatMap(({ field, columns }) => {
    const listed = propertyOf(fields, field);
    const names = listed?.type === 'array' && listed.items.type === 'object' ? listed.items.properties : {};
    return Object.keys(names)
      .filter((name) => columns.every((column) => column.field !== name))
      .map((name) => `${field}.items.properties.${name}`);
  });
  return [...Object.keys(fields.properties).filter((name) => !placed.has(name)), ...inLists];
}

function checkPublicFacts({ fields, publicFacts = [] }: ReceiptKindConfiguration, report: Report): void {
  const formats = new Set<string>();
  for (const [index, { field }] of publicFacts.entries()) {
    const at = `publicFacts[${index}].field`;
    const found = requireText(fields, field, at, report);
    if (found?.format === 'citizen-id') {
      report(at, 'public-citizen-id', 'The number of a person’s identity document is never public.');
    }
    formats.add(found?.format ?? '');
  }
  if (tellsMovement(formats)) {
    report('publicFacts', 'public-movement', 'Plate, place and time together tell where a person was; leave one out.');
  }
}

/** Asked under its own name, a field must not be taken for one that every bill is asked for. */
const ALWAYS_ASKED: readonly string[] = ['code', 'number', 'checkCode', 'amount'];

function checkQuestions({ fields, asks = [] }: ReceiptKindConfiguration, report: Report): void {
  for (const [index, { field }] of asks.entries()) {
    const at = `asks[${index}].field`;
    requireText(fields, field, at, report);
    if (ALWAYS_ASKED.includes(field) || asks.findIndex((other) => other.field === field) < index) {
      report(at, 'asked-twice', 'This is asked already; name another field.');
    }
  }
}

function tellsMovement(formats: ReadonlySet<string>): boolean {
  return formats.has('plate') && formats.has('place') && (formats.has('instant') || formats.has('date'));
}

function requireText(schema: ObjectSchema, name: string, at: string, report: Report): { format?: string } | undefined {
  const field = propertyOf(schema, name);
  if (field?.type === 'string') {
    return field;
  }
  report(at, 'layout-field', 'Name a text of the schema.');
  return undefined;
}

function propertyOf({ properties }: ObjectSchema, name: string): FieldSchema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
