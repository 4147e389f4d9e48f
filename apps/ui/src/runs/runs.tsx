// Runs: the list, or one of them in full.
import type { ScreenProps } from '../shell/route'
import { RunListScreen } from './run-list'
import { RunScreen } from './run-screen'

export default function Runs({ id }: ScreenProps) {
  return id === undefined ? <RunListScreen /> : <RunScreen runId={id} />
}
