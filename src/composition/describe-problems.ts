import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemDto, RATE_LIMIT_EXTENSION, SCOPE_EXTENSION } from '../platform/http/index.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']> & Readonly<Record<string, unknown>>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const WORDS: Readonly<Record<string, string>> = {
  400: 'The request cannot be read',
  401: 'No key, or none that is known: send `Authorization: Bearer <key>`',
  403: 'The key has not the scope that this needs',
  404: 'There is no such record, or it is another issuer’s',
  409: 'What is asked for does not go with what has happened before; nothing was stored',
  413: 'The body is too large',
  415: 'The body is of a type that is not read here',
  422: 'Each wrong field is named; nothing was stored',
  429: 'Too often: `Retry-After` says in how many seconds to come back. With a key there is no such limit',
  default: 'Something failed here; it is safe to try again with the same `Idempotency-Key`',
};

const WRONG_PARAMETERS = 'Each wrong parameter is named, with what it may be';

/**
 * Adds to every operation the problems it may be answered with. They follow from who may call it and from what it takes, so no
 * route lists them; one that says something of its own about a status keeps its words.
 */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation !== undefined) {
        describeOperation(operation, method !== 'get');
      }
    }
  }
  return document;
}

function describeOperation(operation: Operation, isChange: boolean): void {
  const { responses } = operation;
  for (const status of statusesOf(operation, isChange)) {
    const own = responses[status];
    const words = status === '422' && !isChange ? WRONG_PARAMETERS : WORDS[status];
    const description = own !== undefined && 'description' in own ? own.description : '';
    responses[status] = {
      ...own,
      description: description === '' ? (words ?? '') : description,
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      ...(status === '429' ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } } : {}),
    };
  }
}

function statusesOf(operation: Operation, isChange: boolean): readonly string[] {
  const parameters = (operation.parameters ?? []).flatMap((parameter) => ('in' in parameter ? [parameter.in] : []));
  const needsKey = operation[SCOPE_EXTENSION] !== undefined;
  const hasPath = parameters.includes('path');
  const hasBody = operation.requestBody !== undefined;
  const derived: Readonly<Record<string, boolean>> = {
    400: hasPath || hasBody,
    401: needsKey,
    403: needsKey,
    404: hasPath,
    409: needsKey && isChange,
    413: hasBody,
    415: hasBody,
    422: hasBody || parameters.includes('query'),
    429: operation[RATE_LIMIT_EXTENSION] !== undefined,
    default: true,
  };
  const isSaid = (status: string): boolean => operation.responses[status] !== undefined;
  return Object.keys(derived).filter((status) => derived[status] === true || isSaid(status));
}
