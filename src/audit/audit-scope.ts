/** What is looked at. */
export type AuditScope = {
  /** One issuer; undefined: all. */
  readonly issuerId?: string | undefined;
  /** Documents issued and batches sealed from this moment on; undefined: all. Series and chains are compared as a whole. */
  readonly since?: Date | undefined;
  /** Opens only so many documents, chosen at random; everything else is compared as a whole. Undefined: all. */
  readonly sample?: number | undefined;
};

/** Tells how far it is; `total` is what was there when the phase began. */
export type Progress = (at: { readonly phase: string; readonly done: number; readonly total: number }) => void;
