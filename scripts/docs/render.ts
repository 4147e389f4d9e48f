// Writes one generated page, formatted as the repository formats its Markdown.

import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import type { GeneratedDocument } from './documents.js'

export const pathOf = ({ file }: GeneratedDocument): string => fileURLToPath(new URL(`../../${file}`, import.meta.url))

/** The text that the file has to hold. */
export async function render(document: GeneratedDocument): Promise<string> {
  const filepath = pathOf(document)
  return format(await document.make(), { ...(await resolveConfig(filepath)), filepath })
}
