// node lint.mjs <app folder> …: runs the linters that Forge's command line runs before a deployment, without its log-in.
// Prints their findings as JSON. Any other output, such as a crashed linter, counts as a finding.

import { ConfigFile, FileSystemReader, FileSystemWriter } from '@forge/cli-shared'
import { getClientSideLintersOnly, lint } from '@forge/lint'
import { Ajv } from 'ajv'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileOnce } from './compile-once.mjs'

// Without this, the linter of scopes downloads six large files, and we use one endpoint of them.
const endpoints = (name) => fileURLToPath(new URL(`endpoints/${name}.json`, import.meta.url))
process.env.USE_LOCAL_SWAGGER = '1'
process.env.LOCAL_JIRA_SWAGGER = endpoints('jira')
for (const product of ['JSM', 'JSW', 'CONF', 'CONF_V2', 'BB'])
  process.env[`LOCAL_${product}_SWAGGER`] = endpoints('none')
// Replaces a service of Forge that needs the log-in.
const features = { getDeprecatedRuntimes: async () => ['nodejs18.x', 'nodejs20.x'] }

async function lintFolder(folder) {
  // The linters look for manifest and sources in the working directory.
  process.chdir(folder)
  const logged = []
  const log = (text) => void logged.push(String(text))
  const logger = { info: log, warn: log, error: log, debug() {}, trace() {} }
  const files = new FileSystemReader()
  const manifest = await new ConfigFile(files, new FileSystemWriter()).readConfig()
  const sources = await files.recursiveReadDir('./src', ['node_modules'])
  const linters = await getClientSideLintersOnly(manifest, 'development', logger, features)
  const results = await lint(sources, manifest, 'development', logger, features, { linters })
  const found = results.flatMap(({ file, errors, warnings, approvals }) =>
    [...errors, ...warnings, ...approvals].map(({ message }) => `${file}: ${message}`),
  )
  return { sources: sources.length, linters: linters.length, problems: [...found, ...logged] }
}

compileOnce(Ajv)
const results = []
for (const folder of process.argv.slice(2).map((one) => resolve(one))) results.push(await lintFolder(folder))
console.log(JSON.stringify(results))
