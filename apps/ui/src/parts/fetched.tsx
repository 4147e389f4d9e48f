// The result of a query in each of its states: loading, failed, loaded, and loaded but outdated.
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
  /** The title of the screen until the data has loaded. */
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
