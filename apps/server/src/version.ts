// The version of this installation, as its package says.

import { readFileSync } from 'node:fs'

/** Reads it; the built files lie one folder below the package, as these sources do. */
export function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
