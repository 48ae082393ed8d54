/** Job payloads carry ids and nothing else: whoever handles one reads the rest from Postgres. */
export type JobPayload = Readonly<Record<string, string>>;

/**
 * A typed job. Redis is the alarm clock, Postgres the truth: handling one twice, late or never must change nothing but
 * the time at which work is done, so a handler takes its work by a conditional update and a sweep finds what was lost.
 */
export type JobDefinition<Payload extends JobPayload> = {
  /** `feature.verb-object`; also the name of its queue. */
  readonly name: string;
  /** How many of these one worker handles at a time. */
  readonly concurrency: number;
  /**
   * `by-payload`: a worker handles several payloads beside each other, so that one that hangs delays no other, and never one of
   * them twice at the same time: the second would wait for what the first holds, in the place of another. An alarm that comes
   * meanwhile is dropped; the next sweep finds what it was for. Without it, a payload may be handled twice at once.
   *
   * Says nothing about other worker processes: what they MUST NOT do at the same time, the handler's row locks prevent.
   */
  readonly oneAtATime?: 'by-payload';
  readonly attempts: number;
  /** Only for the type. */
  readonly payload?: Payload;
};

/** Every job that the code of this process defines. */
const defined = new Set<string>();

/** Throws when another job has the name: they would share a queue. */
export function defineJob<Payload extends JobPayload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  if (defined.has(definition.name)) {
    throw new Error(`Two jobs are called ${definition.name}`);
  }
  defined.add(definition.name);
  return definition;
}

/** What handles one job definition, and finds the work that nobody was told of. */
export abstract class JobHandler<Payload extends JobPayload = JobPayload> {
  abstract readonly job: JobDefinition<Payload>;

  /**
   * Does the work that `payload` points to, if it is still to do. A throw makes BullMQ try again. What goes on as long as
   * there is work MUST end at the next step when `stopping` is aborted: what is left is found again.
   */
  abstract handle(payload: Payload, stopping: AbortSignal): Promise<void>;

  /** Payloads of work that is due now; called every `sweepEveryMs`, and whatever it returns is queued. */
  abstract findDue(): Promise<readonly Payload[]>;

  abstract readonly sweepEveryMs: number;
}

/** Throws unless each job that is defined has one handler: without one, its work would wait in the queue for ever. */
export function requireHandlers(handlers: readonly Pick<JobHandler, 'job'>[]): void {
  const handled = handlers.map(({ job }) => job.name);
  const missing = [...defined].filter((name) => !handled.includes(name));
  const repeated = handled.filter((name, index) => handled.indexOf(name) !== index);
  if (missing.length + repeated.length > 0) {
    const sentences = [
      ...missing.map((name) => `No handler takes the job ${name}.`),
      ...repeated.map((name) => `More than one handler takes the job ${name}.`),
    ];
    throw new Error(sentences.join(' '));
  }
}
