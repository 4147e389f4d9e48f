// docs/cli.md: the reference of the command line, written from the program object that runs it.

import { describedProgram } from '@rollcall/server/cli'
import { environmentVariables } from '@rollcall/server/environment-variables'
import { exitCodeMeanings } from '@rollcall/server/exit-codes'
import { commandExamples } from './command-examples.js'

type Command = Awaited<ReturnType<typeof describedProgram>>

const notice = '<!-- `npm run docs` writes this page from the code. Change the code, not the page. -->'
const intro =
  'Run the commands with `npx rollcall …` in a clone. Without `--json`, a command prints a table or a sentence. With `--json` it prints exactly one JSON document on standard output; progress and notes go to standard error. Times are in UTC.'

const cell = (text: string): string => text.replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
const code = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``

/** One command with its path, such as "keys check". */
interface Entry {
  readonly path: string
  readonly command: Command
}
const entriesOf = (command: Command, above: string): readonly Entry[] => {
  const path = `${above} ${command.name()}`.trim()
  return [{ path, command }, ...command.commands.flatMap((one) => entriesOf(one, path))]
}

function synopsis({ path, command }: Entry): string {
  const usage = command.usage().replace('[command]', '').replace('[options]', '').trim()
  const required = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags)
  const optional = command.options.some(({ mandatory }) => !mandatory) ? ['[options]'] : []
  return ['rollcall', path, usage, ...required, ...optional].filter(Boolean).join(' ')
}

const optionRows = ({ options }: Command): readonly (readonly string[])[] =>
  options.map(({ flags, description, defaultValue }) => [
    `\`${flags}\``,
    description,
    typeof defaultValue === 'string' ? `\`${defaultValue}\`` : '',
  ])

function section(entry: Entry): string {
  const { path, command } = entry
  const found = commandExamples[path]
  if (found === undefined) throw new Error(`scripts/docs/command-examples.ts has no example of "rollcall ${path}".`)
  const level = path.includes(' ') ? '###' : '##'
  const parts = [`${level} ${path}`, `${command.description()}.`]
  if (command.aliases().length > 0) parts.push(`Older name, which still works: \`${command.aliases().join('`, `')}\`.`)
  parts.push(code('sh', synopsis(entry)))
  if (command.options.length > 0) parts.push(table(['Option', 'Meaning', 'Default'], optionRows(command)))
  parts.push('Example:', code('sh', `npx rollcall ${found.example}`))
  if (found.json !== undefined) parts.push('`--json` prints:', code('text', found.json))
  return parts.join('\n\n')
}

/** Writes the reference of the command line. */
export async function commandLinePage(): Promise<string> {
  const entries = (await describedProgram()).commands.flatMap((command) => entriesOf(command, ''))
  const known = new Set(entries.map(({ path }) => path))
  const stale = Object.keys(commandExamples).filter((path) => !known.has(path))
  if (stale.length > 0) throw new Error(`scripts/docs/command-examples.ts names no command: ${stale.join(', ')}.`)
  return [
    '# Command line',
    notice,
    intro,
    ...entries.map(section),
    '## Exit codes',
    table(['Code', 'Meaning'], Object.entries(exitCodeMeanings)),
    '## Environment variables',
    table(
      ['Variable', 'Meaning', 'Default'],
      environmentVariables.map(({ names, meaning, standard = '–' }) => [
        names.map((name) => `\`${name}\``).join(', '),
        meaning,
        standard,
      ]),
    ),
  ].join('\n\n')
}
