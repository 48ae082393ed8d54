import { DomainError } from './domain-error.js';

/** What of a failure may stand in a log: the sentence that somebody wrote, and where; never values of a document. */
export type Fault = {
  readonly error: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly reason?: string;
  /** The frames of the stack, one a line, without the message that V8 puts before them. */
  readonly at?: string;
};

/**
 * The message is told of a `DomainError` and of a plain `Error`, which are thrown with sentences. Those of the language, of
 * parsers and of the database (`Unexpected token '张'…`, `invalid input syntax: "…"`) repeat what they stumbled over: of
 * them class, code and place have to do.
 */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) {
    return { error: typeof error };
  }
  const { name: kind, code, constraint } = error as Error & { readonly code?: unknown; readonly constraint?: unknown };
  return {
    error: kind,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(isSentence(error) ? { reason: error.message } : {}),
    at: framesOf(error),
  };
}

function isSentence(error: Error): boolean {
  return error instanceof DomainError || Object.getPrototypeOf(error) === Error.prototype;
}

function framesOf({ stack = '', message }: Error): string {
  const told = stack.indexOf(message);
  const frames = told < 0 ? stack : stack.slice(told + message.length);
  return frames
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim().slice('at '.length))
    .join('\n');
}
