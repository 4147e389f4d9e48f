// The label of a step's state. Its result buckets are named as in the counts of a run.
import { messages } from '../messages'

const { results, inProgress } = messages.run
const labels: Readonly<Record<string, string>> = {
  intent: inProgress,
  sent: inProgress,
  applied: results.applied,
  skipped: results.skipped,
  failed: results.failed,
  unknown: results.unknown,
  'not-attempted': results.notAttempted,
}

export const stepStateLabel = (state: string): string => labels[state] ?? results.unknown
