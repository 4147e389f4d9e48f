// Reads Atlassian's shapes of error bodies into a code and a sentence.

import { z } from 'zod'

const text = z.string().nullish()
const application = z.looseObject({
  errors: z
    .array(z.looseObject({ code: z.union([z.string(), z.number()]).transform(String), title: text, detail: text }))
    .min(1),
})
const routing = z.looseObject({ error: z.string(), message: text })
const lifecycle = z.looseObject({
  message: text,
  reason: z.looseObject({ key: z.string() }).nullish(),
  errorCodes: z.array(z.looseObject({ code: text, message: text })).nullish(),
})
const management = z.looseObject({
  key: z.string(),
  context: z.unknown().optional(),
  errorDetail: z.unknown().optional(),
})
const jira = z.looseObject({ errorMessages: z.array(z.string()).min(1) })
const gateway = z.looseObject({ code: z.union([z.number(), z.string()]), message: z.string() })

export interface ErrorBody {
  readonly code: string
  readonly sentence: string
}

const longestSentence = 300
const unexplained: ErrorBody = { code: '', sentence: 'no explanation' }
const oneLine = (parts: readonly (string | null | undefined)[]): string =>
  parts
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestSentence)

/** The context of a user management error in words: a text, or a reason, a message and codes. */
function contextOf(context: unknown): string {
  if (typeof context === 'string') return context
  const said = lifecycle.safeParse(context).data
  if (said === undefined) return ''
  const codes = said.errorCodes?.map(({ code, message }) => oneLine([code, message])) ?? []
  return oneLine([said.reason?.key, said.message, ...codes])
}

function shapeOf(body: unknown): ErrorBody {
  const first = application.safeParse(body).data?.errors[0]
  if (first !== undefined) return { code: first.code, sentence: oneLine([first.code, first.detail ?? first.title]) }
  const routed = routing.safeParse(body).data
  if (routed !== undefined)
    return { code: 'routing', sentence: oneLine([routed.message ? `${routed.error}:` : routed.error, routed.message]) }
  const managed = management.safeParse(body).data
  if (managed !== undefined) {
    const { key, context, errorDetail } = managed
    return { code: key, sentence: oneLine([key, contextOf(context), contextOf(errorDetail)]) }
  }
  const site = jira.safeParse(body).data
  if (site !== undefined) return { code: 'jira', sentence: oneLine(site.errorMessages) }
  const gate = gateway.safeParse(body).data
  return gate === undefined ? unexplained : { code: 'gateway', sentence: oneLine([gate.message]) }
}

/** Reads the text of an error response. Text that is not JSON, or of an unknown shape, has an empty code. */
export function readErrorBody(body: string): ErrorBody {
  try {
    return shapeOf(JSON.parse(body))
  } catch {
    return unexplained
  }
}
