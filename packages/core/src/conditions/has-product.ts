import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'

/** Matches who has effective access to the product, on any site. */
export const hasProduct: Condition<string> = {
  schema: z.string().min(1),
  test({ products, elsewhere }, value) {
    const has = products.some(({ product }) => product === value)
    // What is not among those that are told may be one of those that are not.
    if (!has && elsewhere?.kind === 'unknown') return held(`not all products are known: ${elsewhere.why}`)
    return verdict(has, `has ${value}`, `does not have ${value}`)
  },
  describe: (value) => `has ${value}`,
}
