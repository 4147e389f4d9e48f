// Protecting many, a portion with each request. Where one fails, those before it are protected, and the rest is named.
import { client } from '../host/client'

export interface Protecting {
  readonly reason: string
  /** A date such as 2027-01-31. */
  readonly until?: string
}

export interface Protected {
  readonly done: number
  /** How many of them were protected as long already, and stay as they were. */
  readonly already: number
  readonly problems: readonly { readonly subject: string; readonly message: string }[]
  /** Why it stopped early, and which subjects are left; undefined when it finished. */
  readonly stopped?: { readonly why: string; readonly left: readonly string[] }
}

const atOnce = 200

/** Protects all, and says after each portion how many were looked at. */
export async function protectAll(
  subjects: readonly string[],
  entry: Protecting,
  onProgress: (looked: number) => void,
): Promise<Protected> {
  const problems: Protected['problems'][number][] = []
  let [done, already] = [0, 0]
  for (let start = 0; start < subjects.length; start += atOnce) {
    const body = { ...entry, subjects: subjects.slice(start, start + atOnce) }
    try {
      const answer = await client.ask('protectSeveral', { body })
      done += answer.protected
      already += answer.already
      problems.push(...answer.problems)
      onProgress(Math.min(start + atOnce, subjects.length))
    } catch (failure) {
      return { done, already, problems, stopped: { why: (failure as Error).message, left: subjects.slice(start) } }
    }
  }
  return { done, already, problems }
}
