// A moment with its age, which updates: "Nov 24, 2026, 11:00 AM GMT+1 (3 minutes ago)".
import { useEffect, useReducer } from 'react'
import { formatAge, formatMoment } from './format'

const refreshMs = 10_000

export function Age({ at }: { readonly at: string }) {
  const [, refresh] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setInterval(refresh, refreshMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at}>
      {formatMoment(at)} ({formatAge(at, Date.now())})
    </time>
  )
}
