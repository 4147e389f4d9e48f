// When a user was last active, anywhere or in one product, with the age and the source. An unknown date shows the reason.
import { placeName } from '@rollcall/core/product-name'
import type { AccountView, LastActiveView } from '@rollcall/api'
import { Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { formatAge, formatDay } from '../parts/format'
import type { Place } from './filter'

const text = messages.users

export function LastActive({ last, source }: { readonly last: LastActiveView; readonly source?: string | undefined }) {
  if ('unknown' in last) return <Two first={text.activityUnknown} second={last.unknown} />
  if ('never' in last) return <Two first={text.never} second={text.memberSince(formatDay(last.since))} />
  return (
    <span>
      <time dateTime={last.at} title={formatDay(last.at)}>
        {formatAge(last.at, Date.now())}
      </time>
      <br />
      <Text size="small" color="color.text.subtle">
        {source === undefined ? formatDay(last.at) : text.dayAndSource(formatDay(last.at), source)}
      </Text>
    </span>
  )
}

function Two({ first, second }: { readonly first: string; readonly second: string }) {
  return (
    <span>
      {first}
      <br />
      <Text size="small" color="color.text.subtle">
        {second}
      </Text>
    </span>
  )
}

interface LastActiveCellProps {
  readonly account: AccountView
  /** Shows activity in this product only; without it, activity anywhere. */
  readonly place?: Place | undefined
}

/** Activity anywhere comes from the product with the newest activity. */
export function LastActiveCell({ account: { lastActive, products }, place }: LastActiveCellProps) {
  if (place !== undefined) {
    const access = products.find(({ site, product }) => site === place.site && product === place.product)
    return <LastActive last={access?.lastActive ?? { unknown: text.noAccess }} />
  }
  const at = 'at' in lastActive ? lastActive.at : undefined
  const seen = products.find(({ lastActive: own }) => 'at' in own && own.at === at)
  return <LastActive last={lastActive} source={seen && placeName(seen.site, seen.product)} />
}
