import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

type Answer = { readonly id: number; readonly answer?: unknown; readonly failure?: string };
type Waiting = { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void };

/**
 * A process of a checker that lives for many questions: one JSON line in, one JSON line out, in any order. It starts with
 * the first question and ends when its input does, so it cannot outlive the test that asked.
 */
export class AskingProcess {
  private child: ChildProcessWithoutNullStreams | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private complaints = '';

  constructor(private readonly command: () => { readonly program: string; readonly args: readonly string[] }) {}

  /** Throws what the checker said when it could not judge, for example of a file that is no PDF. */
  ask(question: Readonly<Record<string, unknown>>): Promise<unknown> {
    const child = (this.child ??= this.start());
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
    });
  }

  stop(): void {
    this.child?.stdin.end();
    this.child = undefined;
  }

  private start(): ChildProcessWithoutNullStreams {
    const { program, args } = this.command();
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.take(JSON.parse(line) as Answer);
    });
    child.stderr.on('data', (chunk: Buffer) => (this.complaints = (this.complaints + chunk.toString()).slice(-4_000)));
    child.once('error', (error) => {
      this.failAll(error.message);
    });
    child.once('close', () => {
      this.failAll(`${program} ended before it answered. ${this.complaints}`);
    });
    return child;
  }

  private take({ id, answer, failure }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (failure === undefined) {
      waiting?.resolve(answer);
    } else {
      waiting?.reject(new Error(failure));
    }
  }

  private failAll(reason: string): void {
    for (const { reject } of this.waiting.values()) {
      reject(new Error(reason));
    }
    this.waiting.clear();
    this.child = undefined;
  }
}
