import { XMLParser } from 'fast-xml-parser';
import type { FieldError } from '../kernel/index.js';

/** A parsed element: its text, or its children by name. */
export type XmlElement = { readonly [name: string]: XmlNode };
export type XmlNode = string | XmlElement | readonly XmlNode[];

/** An invoice of two thousand lines has two megabytes. */
const LARGEST_FILE = 4 * 1024 * 1024;
const DEEPEST = 16;

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** `<!` begins a comment or CDATA; everything else it may begin is part of a DTD. */
const declaration = /<!(?!--|\[CDATA\[)/;

/** The elements of which one may have many; also for one they are a list. */
export type Lists = ReadonlySet<string>;

/**
 * Reads a stranger's XML: elements and their text, nothing else. No document type, so no entities of its own and nothing
 * fetched; attributes, comments and processing instructions are passed over. Never throws.
 */
export function readXml(
  bytes: Uint8Array,
  lists: Lists,
): { ok: true; root: XmlElement } | { ok: false; error: FieldError } {
  if (bytes.length > LARGEST_FILE) {
    return refused('too-large', 'The file is larger than 4 MiB; no invoice is.');
  }
  const text = decode(bytes);
  if (text === null) {
    return refused('not-utf-8', 'The file is not UTF-8 text.');
  }
  if (declaration.test(text)) {
    return refused('has-document-type', 'The file has a document type or entities; remove them.');
  }
  try {
    const isValidatedFirst = true;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that takes its place has hardly any users yet
    const root = parserOf(lists).parse(text, isValidatedFirst) as XmlNode;
    return typeof root === 'object' && !Array.isArray(root) ? { ok: true, root: root as XmlElement } : notWellFormed();
  } catch {
    return notWellFormed();
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function parserOf(lists: Lists): XMLParser {
  return new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    htmlEntities: true,
    trimValues: true,
    maxNestedTags: DEEPEST,
    isArray: (name) => lists.has(name),
  });
}

function notWellFormed(): { ok: false; error: FieldError } {
  return refused('not-well-formed', 'This is not well-formed XML.');
}

function refused(rule: string, message: string): { ok: false; error: FieldError } {
  return { ok: false, error: { field: 'xml', code: `xml.${rule}`, message } };
}

/** The text at `path`, or `undefined` when the element is not there, is empty, or has children. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const found = nodeAt(node, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The elements of a list at `path`; empty when there are none. */
export function listAt(node: XmlNode | undefined, ...path: readonly string[]): readonly XmlNode[] {
  const found = nodeAt(node, path);
  return Array.isArray(found) ? (found as readonly XmlNode[]) : [];
}

function nodeAt(node: XmlNode | undefined, path: readonly string[]): XmlNode | undefined {
  let found = node;
  for (const name of path) {
    if (typeof found !== 'object' || Array.isArray(found) || !Object.hasOwn(found, name)) {
      return undefined;
    }
    found = (found as XmlElement)[name];
  }
  return found;
}
