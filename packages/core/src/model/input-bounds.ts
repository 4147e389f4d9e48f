// The bounds of every input: one table for the API, the command line and core, so that no input can skip them.

import { z } from 'zod'
import { UsageError } from './errors.js'
import { formatCount } from './format-count.js'

/** How many characters a text of each kind may have. */
const textBounds = {
  reason: 1000,
  name: 255,
  policyName: 120,
  filterName: 80,
  search: 200,
  id: 200,
  cursor: 4000,
  email: 320,
  word: 100,
  key: 8192,
} as const
export type TextKind = keyof typeof textBounds

/** How much an input of several parts may hold. */
export const inputBounds = {
  text: textBounds,
  /** Accounts of one plan that somebody picks one by one. */
  pickedAccounts: 200_000,
  /** The same in one request to the API; larger sets are picked by a filter. */
  pickedInOneRequest: 10_000,
  /** Entries of any other list. */
  list: 10_000,
  /** Conditions of one policy. */
  conditions: 200,
  /** Levels of a JSON document. */
  depth: 50,
  /** Bytes of the body of a request. */
  body: 1024 * 1024,
} as const

const longest = (kind: TextKind): string => `must be at most ${formatCount(textBounds[kind])} characters long`
const unprintable = 'must not contain control characters'

/** True if a text has a character that nobody types: NUL and other control characters, or separators of lines. */
export const hasControlCharacter = (text: string): boolean => /[\p{Cc}\u2028\u2029]/u.test(text)

/** The text with a space in place of each control character. */
export const withoutControlCharacters = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')

/** The schema of a text: bounded, on one line, without control characters. */
export const boundedText = (kind: TextKind, empty = 'must not be empty') =>
  z
    .string()
    .min(1, empty)
    .max(textBounds[kind], longest(kind))
    .refine((text) => !hasControlCharacter(text), unprintable)

/** The schema of a text that only finds something, such as a name or a cursor: it is compared as it is. */
export const lookupText = (kind: TextKind) =>
  z.string().min(1, 'must not be empty').max(textBounds[kind], longest(kind))

/** Throws a `UsageError` when a text exceeds the bound of its kind, or contains control characters. */
export function requireText(what: string, kind: TextKind, text: string): void {
  if (text.length > textBounds[kind]) throw new UsageError(`${what}: ${longest(kind)}`)
  if (hasControlCharacter(text)) throw new UsageError(`${what}: ${unprintable}`)
}

const shownProblems = 5
const shownLength = 300

const shortened = (text: string): string => (text.length > shownLength ? `${text.slice(0, shownLength)} …` : text)

/** Lists the first problems of an input, and counts the others: a message stays short, however much is wrong. */
export function listProblems(problems: readonly string[], separator = '; '): string {
  const more = problems.length - shownProblems
  const shown = problems.slice(0, shownProblems).map(shortened)
  return [...shown, ...(more > 0 ? [`and ${formatCount(more)} more problems`] : [])].join(separator)
}

/** The problems of one issue. Where none of several forms fits, the bounds that a value exceeds say more than that. */
function problemsOf(issue: z.core.$ZodIssue): readonly string[] {
  const exceeded =
    issue.code === 'invalid_union'
      ? issue.errors.flat().filter(({ code }) => code === 'too_big' || code === 'custom')
      : []
  if (exceeded.length > 0) return exceeded.flatMap((one) => problemsOf({ ...one, path: [...issue.path, ...one.path] }))
  return [[issue.path.join('.'), issue.message].filter(Boolean).join(': ')]
}

/** Puts the issues of a schema into words. */
export const issuesInWords = (issues: readonly z.core.$ZodIssue[]): string => listProblems(issues.flatMap(problemsOf))

/** Says what makes a JSON document no input at all: its depth, a control character, a name that is too long. */
export function unsoundInput(document: unknown, cursors: readonly string[] = []): string | undefined {
  let level: readonly (readonly [key: string, value: unknown])[] = [['', document]]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > inputBounds.depth) return `nests deeper than ${inputBounds.depth} levels`
    for (const [key, value] of level)
      if (
        hasControlCharacter(key) ||
        (typeof value === 'string' && !cursors.includes(key) && hasControlCharacter(value))
      )
        return unprintable
    level = level.flatMap(([, node]) => (typeof node === 'object' && node !== null ? Object.entries(node) : []))
  }
  return undefined
}
