import { z } from 'zod'
import { held, verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'has-product': string
  }
}

export const hasProduct: Condition<'has-product'> = {
  meaning: 'Matches accounts that have access to a product, on any site.',
  takes: 'A product key such as `jira-software` or `confluence`.',
  example: '{ has-product: confluence }',
  schema: z.string().min(1),
  test({ products, elsewhere }, value) {
    const has = products.some(({ product }) => product === value)
    // What is not among those that are told may be one of those that are not.
    if (!has && elsewhere?.kind === 'unknown') return held(`not all products are known: ${elsewhere.why}`)
    return verdict(has, `has ${value}`, `does not have ${value}`)
  },
  describe: (value) => `has ${value}`,
}
