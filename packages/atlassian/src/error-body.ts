// Atlassian's five shapes of error body, read into a code and a sentence.

import { z } from 'zod'

const application = z.looseObject({
  errors: z
    .array(z.looseObject({ code: z.string(), title: z.string().optional(), detail: z.string().optional() }))
    .min(1),
})
const routing = z.looseObject({ error: z.string(), message: z.string().optional() })
const management = z.looseObject({ key: z.string(), context: z.unknown().optional() })
const jira = z.looseObject({ errorMessages: z.array(z.string()).min(1) })
const gateway = z.looseObject({ code: z.union([z.number(), z.string()]), message: z.string() })

export interface ErrorBody {
  readonly code: string
  readonly sentence: string
}

/** Reads an error body; an unknown shape gives an empty code. */
export function readErrorBody(body: unknown): ErrorBody {
  const first = application.safeParse(body).data?.errors[0]
  if (first !== undefined)
    return { code: first.code, sentence: `${first.code} ${first.detail ?? first.title ?? ''}`.trim() }
  const routed = routing.safeParse(body).data
  if (routed !== undefined) return { code: 'routing', sentence: `${routed.error}: ${routed.message ?? ''}` }
  const managed = management.safeParse(body).data
  if (managed !== undefined)
    return {
      code: managed.key,
      sentence: `${managed.key} ${managed.context === undefined ? '' : JSON.stringify(managed.context)}`.trim(),
    }
  const site = jira.safeParse(body).data
  if (site !== undefined) return { code: 'jira', sentence: site.errorMessages.join(' ') }
  const gate = gateway.safeParse(body).data
  return gate === undefined ? { code: '', sentence: 'no explanation' } : { code: 'gateway', sentence: gate.message }
}
