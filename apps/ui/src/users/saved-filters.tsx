// Saved filters, which every admin sees. One click opens a filter or makes a policy of it.
import Button, { LinkButton } from '@atlaskit/button/new'
import { Inline, Stack } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { EditField } from '../parts/edit-field'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import layout from '../parts/layout.module.css'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'
import { hrefOf } from '../shell/route'
import { asAddress, asSaved, filterOf, type Filter } from './filter'

const text = messages.savedFilters
const everyMs = 30_000

export function SavedFilters({ filter }: { readonly filter: Filter }) {
  const query = useOperation('savedFilters', {}, { every: everyMs })
  const [name, setName] = useState('')
  const save = useAction(
    () => client.request('saveFilter', { body: { name, filter: asSaved(filter) } }),
    () => setName(''),
  )
  const remove = useAction((which: string) => client.request('removeFilter', { body: { name: which } }))
  const failed = save.error ?? remove.error
  return (
    <details data-testid="saved-filters">
      <summary>{text.title(query.data?.length ?? 0)}</summary>
      <Stack space="space.150">
        <Fetched query={query} loading={text.loading}>
          {(saved) =>
            saved.length === 0 ? (
              <Empty>{text.none}</Empty>
            ) : (
              <ul className={layout['lines']}>
                {saved.map((one) => (
                  <li key={one.name}>
                    <SavedFilterLine
                      name={one.name}
                      filter={filterOf(one.filter)}
                      removing={remove.isPending && remove.variables === one.name}
                      onRemove={() => remove.mutate(one.name)}
                    />
                  </li>
                ))}
              </ul>
            )
          }
        </Fetched>
        <form
          className={layout['filters']}
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <EditField label={text.name} help={text.nameHelp} value={name} onChange={setName} />
          <Button type="submit" isDisabled={name.trim() === ''} isLoading={save.isPending}>
            {text.save}
          </Button>
        </form>
        {failed && <Failure title={text.failed} message={failed.message} />}
      </Stack>
    </details>
  )
}

interface SavedFilterLineProps {
  readonly name: string
  readonly filter: Filter
  readonly removing: boolean
  readonly onRemove: () => void
}

function SavedFilterLine({ name, filter, removing, onRemove }: SavedFilterLineProps) {
  const ofProduct = filter.site !== undefined && filter.product !== undefined
  return (
    <Inline space="space.100" alignBlock="center" shouldWrap>
      <a href={hrefOf(ofProduct ? 'product-users' : 'org-users', undefined, asAddress(filter))}>
        <bdi>{name}</bdi>
      </a>
      <LinkButton
        spacing="compact"
        href={hrefOf('policies', 'new', { ...filter, sort: undefined, name })}
        aria-label={text.toPolicyOf(name)}
      >
        {text.toPolicy}
      </LinkButton>
      <Button
        spacing="compact"
        appearance="subtle"
        isLoading={removing}
        onClick={onRemove}
        aria-label={text.removeOf(name)}
      >
        {text.remove}
      </Button>
    </Inline>
  )
}
