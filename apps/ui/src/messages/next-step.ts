// A refusal, a stop or a failure as the page shows it: the sentence, then what the admin can do next.
import { remedies } from './plans'

const steps: Readonly<Record<string, string>> = remedies.steps

/** Without a remedy, or with one that only a newer server knows, the sentence stands alone. */
export function withNextStep(sentence: string, remedy: string | null | undefined): string {
  const step = remedy === null || remedy === undefined ? undefined : steps[remedy]
  return step === undefined ? sentence : `${sentence} ${step}`
}
