import { expect, it } from 'vitest'
import { quotes, staleness } from './quotes.js'

it.each(quotes.map((quote) => [quote.of, quote] as const))(
  'the line that a mutant replaces is in its file exactly once: %s',
  (_of, quote) => {
    expect([quote.text, staleness(quote)]).toEqual([quote.text, undefined])
  },
)
