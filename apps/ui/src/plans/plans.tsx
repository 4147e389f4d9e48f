// Plans: the list, or one of them in full.
import type { ScreenProps } from '../shell/route'
import { PlanListScreen } from './plan-list'
import { PlanScreen } from './plan-screen'

/** `approve=now` opens the approval at once: "Run now" on a policy leads here. */
export default function Plans({ id, query }: ScreenProps) {
  return id === undefined ? <PlanListScreen /> : <PlanScreen planId={id} asks={query['approve'] === 'now'} />
}
