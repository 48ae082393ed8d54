/** What is looked at. */
export type AuditScope = {
  /** One issuer; undefined: all. */
  readonly issuerId?: string | undefined;
  /** Documents issued and batches sealed from this moment on; undefined: all. Series and chains are compared as a whole. */
  readonly since?: Date | undefined;
  /** Opens only so many documents, chosen at random; everything else is compared as a whole. Undefined: all. */
  readonly sample?: number | undefined;
};

/**
 * Tells of rows just looked at, and how far it is with those of one issuer; `total` is what was there when the phase began.
 */
export type Progress = (at: {
  readonly phase: string;
  readonly added: number;
  readonly done: number;
  readonly total: number;
}) => void;
