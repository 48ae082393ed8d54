import { explained, type Finding, gravityOf, type Progress, type Reconciled } from '../audit/index.js';

/** How the process ends, for scripts and for cron. What was found outweighs what could not be asked. */
export const EXIT = { clean: 0, found: 1, notAsked: 2 } as const;

/** Writes findings as they come, and at the end how many there were. */
export class AuditReport {
  private readonly counts = new Map<string, number>();
  private readonly looked = new Map<string, number>();
  private found = 0;
  private notAsked = 0;

  constructor(
    private readonly asJson: boolean,
    private readonly write: (line: string) => void,
  ) {}

  tell(finding: Finding, repair?: Reconciled['repair']): void {
    this.counts.set(finding.code, (this.counts.get(finding.code) ?? 0) + 1);
    if (gravityOf(finding) === 'not-asked') {
      this.notAsked += 1;
    } else {
      this.found += 1;
    }
    const told = explained(finding);
    if (this.asJson) {
      this.write(JSON.stringify(repair === undefined ? told : { ...told, repair }));
      return;
    }
    const { code, gravity, means, do: todo, detail, ...place } = told;
    const where = Object.entries(place).map(([name, value]) => `${name} ${value}`);
    this.write([code, `(${gravity})`, ...where, ...(detail === undefined ? [] : [`— ${detail}`])].join(' '));
    this.write(`  ${means}`);
    this.write(repair == null ? `  → ${todo}` : `  → ${repairText(repair)}`);
  }

  count({ phase, added }: Parameters<Progress>[0]): void {
    this.looked.set(phase, (this.looked.get(phase) ?? 0) + added);
  }

  finish(): number {
    const { found, notAsked } = this;
    const summary = {
      found,
      notAsked,
      codes: Object.fromEntries(this.counts),
      looked: Object.fromEntries(this.looked),
    };
    this.write(this.asJson ? JSON.stringify({ summary }) : summaryText(summary));
    if (found > 0) {
      return EXIT.found;
    }
    return notAsked > 0 ? EXIT.notAsked : EXIT.clean;
  }
}

function repairText({ action, isDone, why }: NonNullable<Reconciled['repair']>): string {
  if (why !== undefined) {
    return `not done: ${action}. ${why}`;
  }
  return isDone ? `done: ${action}` : `would ${action}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function summaryText({ found, notAsked, looked }: { found: number; notAsked: number; looked: object }): string {
  const seen = Object.entries(looked).map(([phase, count]) => `${count} ${phase}`);
  const asked = notAsked === 0 ? '' : ` ${notAsked} could not be asked.`;
  return `${found === 0 ? 'No differences' : counted(found, 'difference')} in ${seen.join(', ') || 'nothing'}.${asked}`;
}
