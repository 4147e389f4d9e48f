// A response as it may be given: what core holds is read-only, and so is what a page has received.

/** A JSON value that nobody changes, at any depth. */
export type ReadOnly<Value> = Value extends readonly (infer Item)[]
  ? readonly ReadOnly<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: ReadOnly<Value[Key]> }
    : Value
