// Does something, once: while it is under way it cannot be asked for again, and everything that is shown is asked for anew.
import { useMutation, useQueryClient } from '@tanstack/react-query'

export function useAct<Wanted = void, Answered = unknown>(
  act: (wanted: Wanted) => Promise<Answered>,
  onDone?: (answered: Answered) => void,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (answered) => onDone?.(answered),
    // Whatever came of it, somebody else may have been there too.
    onSettled: () => void queries.invalidateQueries(),
    networkMode: 'always',
  })
}
