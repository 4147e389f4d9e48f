// The editor of a policy: a form and YAML of one document, what is wrong with it, when it would act, and whom it matches.
import type { PolicyCard } from '@rollcall/core'
import { messages } from '../messages'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { ScreenHeader } from '../parts/screen-header'
import { useAsked } from '../parts/use-asked'
import { draftOf } from './draft'
import { Editor } from './editor'

const text = messages.policies
/** Somebody else may save the same policy. */
const everyMs = 10_000

interface EditorScreenProps {
  readonly name: string
  readonly query: Readonly<Record<string, string>>
}

export function EditorScreen({ name, query }: EditorScreenProps) {
  const cards = useAsked('policyCards', {}, { every: everyMs })
  if (name === 'new')
    return (
      <>
        <ScreenHeader title={text.newTitle} />
        <Editor initial={draftOf(query)} leftOut={query['search']} />
      </>
    )
  return (
    <Fetched query={cards} loading={text.loading} title={name}>
      {(all) => {
        const card = all.find((one: PolicyCard) => one.name === name)
        return (
          <>
            <ScreenHeader title={name} />
            {card === undefined ? <Empty>{text.gone}</Empty> : <Editor initial={card.document} stored={card} />}
          </>
        )
      }}
    </Fetched>
  )
}
