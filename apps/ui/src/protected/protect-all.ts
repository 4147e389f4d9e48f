// Protects many subjects, some with each request. When a request fails, the earlier ones stay protected, and the result
// lists the rest.
import { client } from '../host/client'

export interface Protecting {
  readonly reason: string
  /** A date such as 2027-01-31. */
  readonly until?: string
}

export interface Protected {
  readonly done: number
  /** How many of them already had an entry that lasts as long; these did not change. */
  readonly already: number
  readonly problems: readonly { readonly subject: string; readonly message: string }[]
  /** Why it stopped early, and which subjects are left; undefined when it finished. */
  readonly stopped?: { readonly why: string; readonly left: readonly string[] }
}

const atOnce = 200

/** Protects all subjects and reports the progress after each request. */
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
      const response = await client.request('protectSeveral', { body })
      done += response.protected
      already += response.already
      problems.push(...response.problems)
      onProgress(Math.min(start + atOnce, subjects.length))
    } catch (failure) {
      return { done, already, problems, stopped: { why: (failure as Error).message, left: subjects.slice(start) } }
    }
  }
  return { done, already, problems }
}
