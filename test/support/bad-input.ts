import { expect } from 'vitest';
import type { ApiCaller, Answer, Problem } from './api-caller.js';
import type { TestInstance } from './running-instance.js';

/** A body that breaks one rule, and the field that the answer must name; the empty one for the whole body. */
export type BadCase = readonly [name: string, body: unknown, field: string];

type Server = { readonly instance: TestInstance; readonly caller: ApiCaller };

/** Text that no field takes: each would be printed as something else than it is, or not at all. */
export const HOSTILE_TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['a control character', 'a\u0007b'],
  ['a zero byte', 'a\u0000b'],
  ['a line break', 'a\nb'],
  ['a right-to-left mark', '¥100\u200F'],
  ['a right-to-left override', '100\u202E001'],
  ['an invisible character', 'a\u200Bb'],
  ['half of a character', 'a\uD840b'],
  ['the other half', '\uDC0B'],
  ['a private character', '\uE000'],
  ['blank text', '\u3000 '],
  ['no text', ''],
];

/** What is no text and no list of objects. */
export const WRONG_TYPES: readonly (readonly [name: string, value: unknown])[] = [
  ['a number', 1],
  ['a truth value', true],
  ['null', null],
  ['a list', ['1']],
  ['an object', { value: '1' }],
];

/** Expects to be told the field in a problem document. */
export function expectToName({ status, headers, body }: Answer<Problem>, field: string, what = ''): void {
  const fields = body.errors?.map((error) => error.field) ?? [''];
  const isRefusal = status >= 400 && status < 500;
  expect({ what, status: isRefusal || status, type: headers.get('content-type'), fields }).toEqual({
    what,
    status: true,
    type: expect.stringContaining('application/problem+json') as string,
    fields: expect.arrayContaining([field]) as string[],
  });
}

/** Sends it, and expects to be told the field and to find nothing stored. */
export async function expectRefused(
  { instance, caller }: Server,
  path: string,
  body: unknown,
  field: string,
): Promise<void> {
  const before = await instance.rowCounts();
  expectToName(await caller.post<Problem>(path, body), field);
  expect(await instance.rowCounts()).toEqual(before);
}

type Leaf = { readonly field: string; readonly put: (value: unknown) => unknown };

/** Each text of a JSON body, with a way to put something else in its place. */
export function leavesOf(body: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  walk(
    body,
    [],
    (steps) => leaves.push({ field: named(steps), put: (value) => replaced(body, steps, value) }),
    'leaves',
  );
  return leaves;
}

/** Each object of a JSON body, with a field more than it may have. */
export function withUnknownFields(body: unknown, name: string): readonly BadCase[] {
  const cases: BadCase[] = [];
  const add = (steps: readonly Step[]): unknown =>
    cases.push([named([...steps, name]), replaced(body, [...steps, name], '1'), named([...steps, name])]);
  walk(body, [], add, 'objects');
  return cases;
}

type Step = string | number;

function walk(
  value: unknown,
  steps: readonly Step[],
  visit: (steps: readonly Step[]) => unknown,
  what: 'leaves' | 'objects',
): void {
  if (typeof value !== 'object' || value === null) {
    if (what === 'leaves') {
      visit(steps);
    }
    return;
  }
  if (what === 'objects' && !Array.isArray(value)) {
    visit(steps);
  }
  for (const [name, part] of Object.entries(value)) {
    walk(part, [...steps, Array.isArray(value) ? Number(name) : name], visit, what);
  }
}

function replaced(body: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) {
    return value;
  }
  if (Array.isArray(body)) {
    return body.map((item: unknown, index) => (index === step ? replaced(item, rest, value) : item));
  }
  const object = body as Readonly<Record<string, unknown>>;
  return { ...object, [step]: replaced(object[step], rest, value) };
}

function named(steps: readonly Step[]): string {
  return steps
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
