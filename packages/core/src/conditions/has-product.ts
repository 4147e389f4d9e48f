import { boundedText } from '../model/input-bounds.js'
import { mayHaveAccess } from '../model/paid-seat.js'
import { isProduct, productName } from '../model/product-name.js'
import { undetermined, verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'has-product': string
  }
}

export const hasProduct: Condition<'has-product'> = {
  meaning: 'Matches accounts that have access to a product, on any site.',
  takes:
    'A product key such as `jira-software` or `confluence`, or the name that Atlassian gives the product, such as `Confluence`.',
  example: '{ has-product: confluence }',
  schema: boundedText('name'),
  test(account, value) {
    const { products, elsewhere } = account
    const has = products.some(({ product }) => isProduct(product, value))
    // A product that Atlassian does not list may be one that it does not show.
    if (!has && elsewhere?.kind === 'unknown') return undetermined({ code: 'products-unknown', why: elsewhere.why })
    const { usedOnly = [] } = account
    const named = usedOnly.filter(({ product }) => isProduct(product, value))
    if (!has && named.some(({ product }) => mayHaveAccess(account, { product })))
      return undetermined({ code: 'products-unknown', why: `used ${productName(value)}, but no known group grants it` })
    return verdict(has, `has ${productName(value)}`, { condition: 'has-product', value })
  },
  describe: (value) => `has ${productName(value)}`,
  describeUnmet: (value) => `does not have ${productName(value)}`,
  refersTo: (name) => ({ kind: 'product', name }),
}
