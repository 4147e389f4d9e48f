// Plans: the list, or one of them in full.
import type { ScreenProps } from '../shell/screens'
import { PlanListScreen } from './plan-list'
import { PlanScreen } from './plan-screen'

export default function Plans({ id }: ScreenProps) {
  return id === undefined ? <PlanListScreen /> : <PlanScreen planId={id} />
}
