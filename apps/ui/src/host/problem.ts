// The problem that a host responds with: a code for the page, a sentence for the admin.
import type { Refusal } from '@rollcall/api'
import { withNextStep } from '../messages/next-step'

export class Problem extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Guard refuses the plan; nothing was changed. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ message, remedy }) => withNextStep(message, remedy)).join(' '))
    this.refusals = refusals
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Reads `{ error: { code, message } }`; undefined for anything else. */
export function problemIn(response: unknown): Problem | undefined {
  if (!isRecord(response) || !isRecord(response['error'])) return undefined
  const { code, message, remedy } = response['error']
  if (typeof message !== 'string' || message === '') return undefined
  return new Problem(
    typeof code === 'string' ? code : '',
    withNextStep(message, typeof remedy === 'string' ? remedy : undefined),
  )
}

/** Whether the requester may not use the app at all. */
export const isForbidden = (failure: unknown): boolean => failure instanceof Problem && failure.code === 'forbidden'
