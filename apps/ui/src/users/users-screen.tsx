// A user table with its filters, and the actions for all matching or selected users.
import Button, { LinkButton } from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import { useState, type ReactNode } from 'react'
import { messages } from '../messages'
import { Age } from '../parts/age'
import { collectCsv, download } from '../parts/csv'
import { Empty } from '../parts/empty'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import { formatNumber } from '../parts/format'
import { Pager, usePages } from '../parts/pager'
import { Panel } from '../parts/panel'
import { ScreenHeader } from '../parts/screen-header'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'
import { go, hrefOf, replace, type ScreenName } from '../shell/route'
import { BulkActions, type WhichUsers } from './bulk-actions'
import { ColumnChoice, useColumns } from './columns'
import { allMatching, rowsPerResponse } from './all-matching'
import { asAddress, asMatching, asQuery, placeIn, type Filter } from './filter'
import { Filters } from './filters'
import { SavedFilters } from './saved-filters'
import { useSelection } from '../parts/selection'
import { SelectionLine } from './selection-line'
import { UserTable } from './user-table'

const text = messages.users
const rowsPerPage = 50
/** Another admin may sync or protect users meanwhile. */
const everyMs = 30_000

interface UsersScreenProps {
  readonly screen: ScreenName
  readonly intro: string
  readonly filter: Filter
  readonly chooser?: ReactNode
  readonly place?: { readonly site: string; readonly product: string } | undefined
}

export function UsersScreen({ screen, intro, filter, chooser, place }: UsersScreenProps) {
  const title = messages.navigation.screens[screen]
  const pages = usePages(JSON.stringify(filter))
  const selection = useSelection(JSON.stringify({ ...filter, sort: undefined }))
  const columns = useColumns()
  const [exported, setExported] = useState(0)
  const query = useOperation(
    'accounts',
    { query: { ...asQuery(filter), limit: rowsPerPage, after: pages.after } },
    { keep: true, every: pages.number === 1 ? everyMs : false },
  )
  const exporting = useAction(async () =>
    download(
      `${screen}.csv`,
      await collectCsv('accountsCsv', { ...asQuery(filter), limit: rowsPerResponse }, setExported),
    ),
  )
  const total = query.data?.total ?? 0
  const count = selection.all ? total : selection.ids.size
  const who: WhichUsers = selection.all ? { matching: asMatching(filter) } : { accounts: [...selection.ids] }
  async function idsOf(): Promise<readonly string[]> {
    if (!selection.all) return [...selection.ids]
    const ids: string[] = []
    for await (const page of allMatching(filter)) ids.push(...page.map(({ accountId }) => accountId))
    return ids
  }
  return (
    <>
      <ScreenHeader
        title={title}
        below={<Text color="color.text.subtle">{intro}</Text>}
        actions={
          <Inline space="space.100" shouldWrap>
            <LinkButton href={hrefOf('policies', 'new', { ...filter, sort: undefined })}>{text.toPolicy}</LinkButton>
            <Button isLoading={exporting.isPending} onClick={() => exporting.mutate()}>
              {text.export}
            </Button>
          </Inline>
        }
      />
      <Panel label={title}>
        <Stack space="space.200">
          {chooser}
          <Filters
            filter={filter}
            onChange={(key, value) => {
              const next = asAddress({ ...filter, [key]: value === '' ? undefined : value })
              // Text changes with each pause in typing. The back button goes back to before the typing.
              if (key === 'search' || key === 'inGroup') replace(screen, undefined, next)
              else go(screen, undefined, next)
            }}
            placed={place !== undefined}
          />
          <div role="status">{exporting.isPending && <Text as="p">{text.exporting(formatNumber(exported))}</Text>}</div>
          {exporting.error && <Failure title={text.notExported} message={exporting.error.message} />}
          <SavedFilters filter={filter} />
          <ColumnChoice {...columns} />
          <Fetched query={query} loading={text.loading}>
            {(listing) => (
              <Stack space="space.150">
                <span role="status">
                  <Text as="p">
                    {text.found(formatNumber(listing.total), listing.total)} <Age at={listing.asOf} />
                  </Text>
                </span>
                {count > 0 && (
                  <Panel label={text.selection} testId="selection" raised>
                    <Stack space="space.100">
                      <SelectionLine selection={selection} count={count} total={listing.total} />
                      <BulkActions count={count} who={who} idsOf={idsOf} place={place} onDone={selection.clear} />
                    </Stack>
                  </Panel>
                )}
                {listing.accounts.length === 0 ? (
                  <Empty>{messages.noMatch}</Empty>
                ) : (
                  <UserTable
                    listing={listing}
                    selection={selection}
                    shown={columns.shown}
                    caption={title}
                    busy={query.isPlaceholderData}
                    place={placeIn(filter)}
                    sort={filter.sort ?? ''}
                    onSort={(sort) =>
                      go(screen, undefined, asAddress({ ...filter, sort: sort === filter.sort ? undefined : sort }))
                    }
                  />
                )}
                <Pager pages={pages} next={listing.next} label={text.pages} />
              </Stack>
            )}
          </Fetched>
        </Stack>
      </Panel>
    </>
  )
}
