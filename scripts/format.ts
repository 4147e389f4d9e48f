// Formats a generated file as "npm run format" would.

import { readFileSync } from 'node:fs'
import { format, type FormatConfig } from 'oxfmt'

const settings = JSON.parse(readFileSync(new URL('../.oxfmtrc.json', import.meta.url), 'utf8')) as FormatConfig

/** The formatted text of the file. */
export async function formatted(file: string, text: string): Promise<string> {
  const { code, errors } = await format(file, text, settings)
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join(' ')}`)
  return code
}
