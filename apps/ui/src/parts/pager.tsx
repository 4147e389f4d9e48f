// From page to page by key: forward by what the last answer says, back by what was asked before.
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

/** Begins at the first page, and again whenever what is asked for changes. */
export function usePages(asked: string): Pages {
  const [state, setState] = useState<{ readonly asked: string; readonly keys: readonly string[] }>({ asked, keys: [] })
  const keys = state.asked === asked ? state.keys : []
  return {
    after: keys.at(-1),
    number: keys.length + 1,
    forward: (next) => setState({ asked, keys: [...keys, next] }),
    back: () => setState({ asked, keys: keys.slice(0, -1) }),
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
