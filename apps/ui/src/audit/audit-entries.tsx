// Entries of the audit log, newest first: actor, event, subject, reason, time and result.
import type { AuditEntry } from '@rollcall/api'
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { DataTable, type Column } from '../parts/data-table'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { formatMomentInZone, formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import { Pager, usePages } from '../parts/pager'
import { useOperation } from '../parts/use-operation'
import { useDebounced } from '../parts/use-debounced'
import { hrefOf } from '../shell/route'
import { ExportFound } from './export-found'
import { asQuery, type AuditFilter } from './filter'

const text = messages.auditLog
const [pauseMs, everyMs] = [300, 10_000]

/** The label of a name in the log; the name itself where only a newer server knows it. */
const labelOf = (labels: Readonly<Record<string, string>>, name: string | undefined): string | undefined =>
  name !== undefined && Object.hasOwn(labels, name) ? labels[name] : name

/** The user's name, until somebody erases it. */
const nameIn = ({ personal }: AuditEntry): string | undefined => {
  const name = personal?.data['name']
  return typeof name === 'string' && name !== '' ? name : undefined
}

const columns: readonly Column<AuditEntry>[] = [
  { key: 'index', title: text.index, number: true, cell: ({ index }) => formatNumber(index) },
  {
    key: 'when',
    title: text.when,
    cell: ({ fact: { at } }) => (
      <time dateTime={new Date(at).toISOString()}>{formatMomentInZone(new Date(at).toISOString())}</time>
    ),
  },
  { key: 'actor', title: text.actor, cell: ({ fact: { actor } }) => <bdi className={layout['wrap']}>{actor}</bdi> },
  {
    key: 'event',
    title: text.event,
    names: true,
    cell: ({ fact: { event, action } }) =>
      [labelOf(text.events, event), labelOf(messages.policies.actions, action)].filter(Boolean).join(': '),
  },
  {
    key: 'subject',
    title: text.subject,
    cell: (entry) => (
      <span className={layout['wrap']}>
        <bdi>{nameIn(entry)}</bdi> {entry.fact.subject !== undefined && <Code>{entry.fact.subject}</Code>}
      </span>
    ),
  },
  {
    key: 'outcome',
    title: text.outcome,
    cell: ({ fact: { outcome, reason } }) => (
      <bdi className={layout['wrap']}>{[labelOf(text.outcomes, outcome), reason].filter(Boolean).join(': ')}</bdi>
    ),
  },
  {
    key: 'of',
    title: text.of,
    cell: ({ fact: { runId, planId } }) => (
      <span className={layout['lines']}>
        {runId !== undefined && <a href={hrefOf('runs', runId)}>{text.run}</a>}
        {planId !== undefined && <a href={hrefOf('plans', planId)}>{text.plan}</a>}
      </span>
    ),
  },
]

export function AuditEntries({ filter }: { readonly filter: AuditFilter }) {
  const paused = useDebounced(filter, pauseMs)
  const pages = usePages(JSON.stringify(paused))
  const query = useOperation(
    'searchAudit',
    { query: { ...asQuery(paused), before: pages.after } },
    { keep: true, every: pages.number === 1 ? everyMs : false },
  )
  return (
    <Card title={text.entries} testId="audit-entries" span="full">
      <Fetched query={query} loading={text.loading}>
        {({ entries, next }) => (
          <Stack space="space.150">
            {entries.length === 0 ? (
              <Empty>{next === null ? text.none : text.noneYet}</Empty>
            ) : (
              <DataTable
                caption={text.entries}
                columns={columns}
                rows={entries}
                busy={query.isPlaceholderData}
                keyOf={({ index }) => String(index)}
              />
            )}
            <ExportFound filter={paused} />
            <Pager pages={pages} next={next === null ? null : String(next)} label={text.pages} />
          </Stack>
        )}
      </Fetched>
    </Card>
  )
}
