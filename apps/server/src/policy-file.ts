// Reads and writes policy files in YAML. Every problem names file and line.

import { documentOf, listProblems, readPolicy, UsageError, type Policy } from '@rollcall/core'
import { LineCounter, parseDocument, stringify } from 'yaml'
import { fileBounds, readBoundedFile } from './bounded-input.js'

/** Parses YAML. Excessive nesting or aliases are a usage error like any other mistake. */
function parsed(text: string, file: string, lineCounter: LineCounter) {
  try {
    const document = parseDocument(text, { lineCounter })
    return { document, content: document.errors.length > 0 ? undefined : (document.toJS() as unknown) }
  } catch {
    throw new UsageError('nests or repeats more than a policy may', `${file}:1`)
  }
}

/** Reads a policy file. Throws a `UsageError` that names each problem with its line. */
export function readPolicyFile(file: string): Policy {
  const read = readBoundedFile(file, fileBounds.policy)
  if ('problem' in read) throw new UsageError(`${file} ${read.problem}. Give the path of a policy file.`)
  const { text } = read
  const lines = new LineCounter()
  const { document, content } = parsed(text, file, lines)
  const [broken] = document.errors
  if (broken !== undefined)
    throw new UsageError(
      listProblems([broken.message.split('\n')[0] ?? 'not YAML']),
      `${file}:${lines.linePos(broken.pos[0]).line}`,
    )
  const policy = readPolicy(content)
  if ('policy' in policy) return policy.policy
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] | null } | undefined
      if (node?.range) return lines.linePos(node.range[0] ?? 0).line
    }
    return 1
  }
  throw new UsageError(
    listProblems(
      policy.problems.map(({ path, message }) => `${file}:${lineOf(path)}: ${message}`),
      '\n',
    ),
  )
}

/** Writes a policy as a policy file, without its defaults. */
export const writePolicy = (policy: Policy): string => stringify(documentOf(policy))
