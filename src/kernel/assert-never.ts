/** Makes a `switch` over a union exhaustive: adding a member breaks the build where it is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
