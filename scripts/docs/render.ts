// Renders one generated page, formatted like all Markdown of the repository.

import { fileURLToPath } from 'node:url'
import { formatted } from '../format.js'
import type { GeneratedDocument } from './documents.js'

export const pathOf = ({ file }: GeneratedDocument): string => fileURLToPath(new URL(`../../${file}`, import.meta.url))

/** The text that the file must contain. */
export async function render(document: GeneratedDocument): Promise<string> {
  return formatted(pathOf(document), await document.make())
}
