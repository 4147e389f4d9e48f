// Runs: the list, or one of them in full.
import type { ScreenProps } from '../shell/screens'
import { RunList } from './run-list'
import { RunScreen } from './run-screen'

export default function Runs({ id }: ScreenProps) {
  return id === undefined ? <RunList /> : <RunScreen runId={id} />
}
