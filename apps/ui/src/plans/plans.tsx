// Plans: the list, or one of them in full.
import type { ScreenProps } from '../shell/screens'
import { PlanListScreen } from './plan-list'
import { PlanScreen } from './plan-screen'

/** `approve=now` asks for the approval at once, for whoever came to run it. */
export default function Plans({ id, query }: ScreenProps) {
  return id === undefined ? <PlanListScreen /> : <PlanScreen planId={id} asks={query['approve'] === 'now'} />
}
