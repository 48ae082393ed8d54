/** One promise, and who it was not kept to: ids, numbers, roots. */
export type Finding = { readonly promise: string; readonly broken: readonly string[] };

export function finding(promise: string, broken: readonly string[]): Finding {
  return { promise, broken };
}

const TOLD = 20;

export function describeFinding({ promise, broken }: Finding): string {
  if (broken.length === 0) {
    return `  holds   ${promise}`;
  }
  const told = broken.slice(0, TOLD).map((offender) => `          - ${offender}`);
  const more = broken.length > TOLD ? [`          … and ${broken.length - TOLD} more`] : [];
  return [`  BROKEN  ${promise}: ${broken.length}`, ...told, ...more].join('\n');
}
