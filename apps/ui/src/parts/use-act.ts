// Does something, once: while it is under way it cannot be asked for again, and everything that is shown is asked for anew.
// Whoever has gone to another screen meanwhile stays there: what comes after it is for those who waited.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

export function useAct<Wanted = void, Answered = unknown>(
  act: (wanted: Wanted) => Promise<Answered>,
  onDone?: (answered: Answered) => void,
) {
  const queries = useQueryClient()
  const waits = useRef(false)
  useEffect(() => {
    waits.current = true
    return () => {
      waits.current = false
    }
  }, [])
  return useMutation({
    mutationFn: act,
    onSuccess: (answered) => {
      if (waits.current) onDone?.(answered)
    },
    // Whatever came of it, somebody else may have been there too.
    onSettled: () => void queries.invalidateQueries(),
    networkMode: 'always',
  })
}
