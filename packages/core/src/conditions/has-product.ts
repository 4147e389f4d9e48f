import { z } from 'zod'
import { verdict, type Condition } from './condition.js'

/** Matches who has effective access to the product, on any site. */
export const hasProduct: Condition<string> = {
  schema: z.string().min(1),
  test: (account, value) =>
    verdict(
      account.products.some((access) => access.product === value),
      `has ${value}`,
      `does not have ${value}`,
    ),
  describe: (value) => `has ${value}`,
}
