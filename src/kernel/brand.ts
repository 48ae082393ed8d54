declare const brand: unique symbol;

/** A `Base` that only a parser or a generator may produce; the name keeps look-alike strings apart at compile time. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
