// What the platform checks in a SQL statement: the number of statements, their kind, and syntax that TiDB lacks.

export interface Statement {
  /** Upper-case words and punctuation outside of texts, comments and quoted names. */
  readonly words: readonly string[]
  readonly verb: string
  readonly placeholders: number
  readonly count: number
}

const token =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|\/\*[\s\S]*?\*\/|--[ \t][^\n]*|--$|#[^\n]*|[A-Za-z_$][\w$]*|\S/gm

/** Reads a statement into words. */
export function readStatement(text: string): Statement {
  const words: string[] = []
  let placeholders = 0
  let count = 0
  let open = false
  for (const [found] of text.matchAll(token)) {
    if (/^(\/\*(?!M?!)|--(?=[ \t]|$)|#)/.test(found)) continue
    if (found === ';') {
      open = false
      continue
    }
    if (!open) count += 1
    open = true
    if (found === '?') placeholders += 1
    if (found.startsWith('/*')) words.push('/*!')
    else words.push(/^['"`]/.test(found) ? (found.startsWith('`') ? '`' : "'") : found.toUpperCase())
  }
  return { words, verb: words.find((word) => word !== '(') ?? '', placeholders, count }
}

const reading = ['SELECT', 'SHOW', 'EXPLAIN', 'DESCRIBE', 'DESC']
const writing = ['INSERT', 'UPDATE', 'DELETE']
const defining: Readonly<Record<string, readonly string[]>> = {
  CREATE: ['TABLE', 'INDEX', 'UNIQUE', 'VIEW'],
  ALTER: ['TABLE'],
  DROP: ['TABLE', 'INDEX', 'VIEW'],
  RENAME: ['TABLE'],
  TRUNCATE: ['TABLE'],
  ANALYZE: ['TABLE'],
}

/** What MariaDB accepts and the platform refuses. */
const foreign: readonly (readonly [readonly string[], string])[] = [
  [['/*!'], 'comments that are executed are not supported'],
  [['FOREIGN', 'KEY'], 'foreign keys are not supported'],
  [['REFERENCES'], 'foreign keys are not supported'],
  [['RETURNING'], 'RETURNING is not supported'],
  [['NEXT', 'VALUE', 'FOR'], 'sequences of this form are not supported'],
  [['NEXTVAL'], 'sequences are not supported'],
  [['FULLTEXT'], 'full-text indexes are not supported'],
  [['SPATIAL'], 'spatial indexes are not supported'],
  [['INTO', 'OUTFILE'], 'files are not supported'],
  [['INTO', 'DUMPFILE'], 'files are not supported'],
  [['LOAD_FILE'], 'files are not supported'],
  [['SYSTEM', 'VERSIONING'], 'system versioning is not supported'],
  [['OR', 'REPLACE', 'TABLE'], 'CREATE OR REPLACE TABLE is not supported'],
  [['JSON_DETAILED'], 'JSON_DETAILED is not supported'],
  [['JSON_LOOSE'], 'JSON_LOOSE is not supported'],
  [['JSON_COMPACT'], 'JSON_COMPACT is not supported'],
  [['JSON_EXISTS'], 'JSON_EXISTS is not supported'],
  [['JSON_TABLE'], 'JSON_TABLE is not supported'],
  [['INET6'], 'the type INET6 is not supported'],
]
const holds = (words: readonly string[], phrase: readonly string[]) =>
  words.some((_, at) => phrase.every((word, offset) => words[at + offset] === word))

/** The kind of a statement, which decides time-out and rate. */
export const kindOf = ({ verb }: Statement): 'select' | 'write' | 'ddl' =>
  reading.includes(verb) ? 'select' : writing.includes(verb) ? 'write' : 'ddl'

/** Why the platform refuses a statement; undefined when it accepts it. */
export function refusalOf(
  statement: Statement,
  endpoint: 'dml' | 'ddl',
  params: readonly unknown[],
): string | undefined {
  const { words, verb, placeholders, count } = statement
  if (count !== 1) return `one statement in a request, not ${count}`
  const simple = [...reading, ...writing].includes(verb)
  if (endpoint === 'dml' && !simple) return `${verb} is not allowed here: SELECT, INSERT, UPDATE and DELETE are`
  if (endpoint === 'ddl' && writing.includes(verb)) return `${verb} is not allowed at the endpoint for definitions`
  const object = words[words.indexOf(verb) + 1] ?? ''
  if (!simple && !(defining[verb] ?? []).includes(object === 'OR' ? 'TABLE' : object))
    return `${verb} ${object} is not supported`
  const found = foreign.find(([phrase]) => holds(words, phrase))
  if (found !== undefined) return found[1]
  if (placeholders !== params.length) return `${placeholders} placeholders, but ${params.length} parameters`
  const odd = params.findIndex((one) => typeof one === 'object' && one !== null)
  return odd === -1 ? undefined : `parameter ${odd + 1} is neither text, number, true, false nor null`
}
