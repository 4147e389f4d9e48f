// What a host says when it cannot do what was asked: a code for the page, a sentence for the admin.
import type { Refusal } from '@rollcall/api'
import { messages } from '../messages'

const steps: Readonly<Record<string, string>> = messages.remedies.steps

/** A sentence of the host with the page's words for what to do next. */
function withNextStep(sentence: string, remedy: unknown): string {
  const step = typeof remedy === 'string' ? steps[remedy] : undefined
  return step === undefined ? sentence : `${sentence} ${step}`
}

export class Problem extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Guard said no, by these refusals; nothing was changed. */
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
export function problemIn(answer: unknown): Problem | undefined {
  if (!isRecord(answer) || !isRecord(answer['error'])) return undefined
  const { code, message, remedy } = answer['error']
  if (typeof message !== 'string' || message === '') return undefined
  return new Problem(typeof code === 'string' ? code : '', withNextStep(message, remedy))
}

/** Says whether the person who asks may not use the app at all. */
export const isForbidden = (failure: unknown): boolean => failure instanceof Problem && failure.code === 'forbidden'
