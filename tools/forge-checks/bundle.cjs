// node bundle.cjs <app folder>: prints the folder that Forge's own bundler would deploy, and the exports of its handlers.
// CommonJS, because the bundler reads the main module.

const { getEntryPoints, getNodeBundler } = require('@forge/bundler')
const { ConfigFile, FileSystemReader, FileSystemWriter } = require('@forge/cli-shared')
const { readdirSync, rmSync } = require('node:fs')
const { join } = require('node:path')

const log = (text) => console.error(text)
const logger = { info: log, warn: log, error: log, debug() {}, trace() {} }
// Forge provides the wrapper of the runtime only after a log-in.
const wrapper = {
  getNodeRuntimeWrapper: async () => ({ script: '', version: '0' }),
  getNodeRuntimeLoader: async () => undefined,
}
const features = { isTypescriptBundlerEnabled: async () => false }

async function main() {
  process.chdir(process.argv[2])
  const config = new ConfigFile(new FileSystemReader(), new FileSystemWriter())
  const entryPoints = getEntryPoints(await config.getAppHandlers())
  const bundler = await getNodeBundler(logger, wrapper, config, features)
  const { outputDir, additionalOutputs, metadata } = await bundler.bundle({ appDirectory: process.cwd(), entryPoints })
  const handlers = Object.entries(require(join(outputDir, 'index.cjs')))
  const exported = Object.fromEntries(handlers.map(([name, value]) => [name, typeof value]))
  const files = [...readdirSync(outputDir), ...additionalOutputs.keys()]
  console.log(JSON.stringify({ bundler: metadata.bundler, outputDir, files, exported }))
  if (!outputDir.startsWith(process.cwd())) rmSync(outputDir, { recursive: true })
  process.exit(0)
}
void main()
