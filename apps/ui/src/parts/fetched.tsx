// What was asked for, in each state it may be in: on its way, failed, there, and there but not fresh any more.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { messages } from '../messages'
import { Trouble } from '../shell/trouble'
import { formatClock } from './format'
import { Loading } from './loading'
import { ScreenHeader } from './screen-header'

interface FetchedProps<Data> {
  readonly query: UseQueryResult<Data>
  readonly loading: string
  /** Heads a screen that has no title of its own before its data is there. */
  readonly title?: string
  readonly children: (data: Data) => ReactNode
}

export function Fetched<Data>({ query, loading, title, children }: FetchedProps<Data>) {
  const { data, error, dataUpdatedAt, refetch } = query
  const text = messages.errors
  return (
    <>
      {title !== undefined && data === undefined && <ScreenHeader title={title} />}
      {error && (
        <Trouble
          appearance={data === undefined ? 'error' : 'warning'}
          title={data === undefined ? text.partTitle : text.staleTitle}
          details={[error.message, ...(data === undefined ? [] : [text.outdated(formatClock(dataUpdatedAt))])]}
          action={text.retry}
          onAction={() => void refetch()}
        />
      )}
      {data === undefined ? !error && <Loading>{loading}</Loading> : children(data)}
    </>
  )
}
