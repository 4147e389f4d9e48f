// Copies of the app with something broken in them, which Forge's checks have to find.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** The folder of the original app. */
export const appFolder = join(root, 'apps/forge')

const copies: string[] = []

/** Copies the built app. `files` replaces files by name; `null` removes one. */
export function copyOfApp(
  changeManifest: (text: string) => string,
  files: Readonly<Record<string, string | null>> = {},
): string {
  const copy = mkdtempSync(join(tmpdir(), 'rollcall-forge-'))
  copies.push(copy)
  const folder = join(copy, 'apps/forge')
  mkdirSync(folder, { recursive: true })
  // Files outside its folder that the app refers to.
  symlinkSync(join(root, 'apps/ui'), join(copy, 'apps/ui'))
  cpSync(join(root, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'))
  for (const name of ['src', 'dist', 'tsconfig.json'])
    cpSync(join(appFolder, name), join(folder, name), { recursive: true })
  const manifest = readFileSync(join(appFolder, 'manifest.yml'), 'utf8')
  const changed = changeManifest(manifest)
  writeFileSync(join(folder, 'manifest.yml'), changed)
  for (const [name, text] of Object.entries(files))
    if (text === null) rmSync(join(folder, name), { recursive: true })
    else {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  if (changed === manifest && Object.keys(files).length === 0) throw new Error('The copy does not differ from the app.')
  return folder
}

/** Removes all copies. */
export function removeCopies(): void {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true })
}
