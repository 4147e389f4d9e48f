// The editor of a policy: one document as a form and as YAML, with a live preview.
import type { PolicyCard } from '@rollcall/api'
import { useState } from 'react'
import { messages } from '../messages'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { ScreenHeader } from '../parts/screen-header'
import { useOperation } from '../parts/use-operation'
import { draftFromFilter, leftOutOf } from './draft'
import { Editor } from './editor'

const text = messages.policies
/** Another admin may save the same policy. */
const everyMs = 10_000

interface EditorScreenProps {
  readonly name: string
  readonly query: Readonly<Record<string, string>>
}

/** A stored policy may have the name "new". */
const isNew = (name: string, query: EditorScreenProps['query']): boolean =>
  name === 'new' && query['stored'] === undefined

export function EditorScreen({ name, query }: EditorScreenProps) {
  if (!isNew(name, query)) return <StoredPolicy name={name} />
  return (
    <>
      <ScreenHeader title={text.newTitle} />
      <Editor initial={draftFromFilter(query)} leftOut={leftOutOf(query)} />
    </>
  )
}

function StoredPolicy({ name }: Pick<EditorScreenProps, 'name'>) {
  const cards = useOperation('policyCards', {}, { every: everyMs })
  // The text stays when another admin deletes the policy.
  const [shown, setShown] = useState<PolicyCard>()
  const found = cards.data?.find((one: PolicyCard) => one.name === name)
  if (found !== undefined && found !== shown) setShown(found)
  const card = found ?? shown
  return (
    <Fetched query={cards} loading={text.loading} title={name}>
      {() => (
        <>
          <ScreenHeader title={name} />
          {card === undefined ? (
            <Empty>{text.gone}</Empty>
          ) : (
            <Editor initial={card.document} stored={card} deleted={found === undefined} />
          )}
        </>
      )}
    </Fetched>
  )
}
