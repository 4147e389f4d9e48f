// Pages of a list: forward by the cursor in the last response, back by the earlier cursors.
import Button from '@atlaskit/button/new'
import { Inline, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { messages } from '../messages'

export interface Pages {
  readonly after: string | undefined
  readonly number: number
  readonly forward: (next: string) => void
  readonly back: () => void
}

/** Starts at the first page, and again when the query changes. */
export function usePages(query: string): Pages {
  const [state, setState] = useState<{ readonly query: string; readonly keys: readonly string[] }>({ query, keys: [] })
  const keys = state.query === query ? state.keys : []
  return {
    after: keys.at(-1),
    number: keys.length + 1,
    forward: (next) => setState({ query, keys: [...keys, next] }),
    back: () => setState({ query, keys: keys.slice(0, -1) }),
  }
}

interface PagerProps {
  readonly pages: Pages
  readonly next: string | null
  readonly label: string
}

export function Pager({ pages, next, label }: PagerProps) {
  const text = messages.pager
  if (pages.number === 1 && next === null) return null
  return (
    <nav aria-label={label}>
      <Inline space="space.100" alignBlock="center">
        <Button isDisabled={pages.number === 1} onClick={pages.back}>
          {text.back}
        </Button>
        <Text color="color.text.subtle">{text.page(pages.number)}</Text>
        <Button isDisabled={next === null} onClick={() => next !== null && pages.forward(next)}>
          {text.forward}
        </Button>
      </Inline>
    </nav>
  )
}
