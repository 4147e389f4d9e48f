// Loads the app's bundle, with the code that V8 compiled for an earlier lambda: compiling takes longer than all else of a
// cold start. The modules still start anew.

const { readFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname } = require('node:path')
const { constants, Script } = require('node:vm')

/** Loads it; `compiled` is what `compile` returned in an earlier lambda. */
exports.loadBundle = (bundle, compiled) => {
  const script = new Script(Module.wrap(readFileSync(bundle, 'utf8')), {
    filename: bundle,
    cachedData: compiled,
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const module = new Module(bundle)
  const evaluate = script.runInThisContext()
  evaluate.call(module.exports, module.exports, Module.createRequire(bundle), module, bundle, dirname(bundle))
  return {
    app: module.exports,
    /** Whether V8 took the compiled code. */
    wasCompiled: compiled !== undefined && script.cachedDataRejected === false,
    /** The compiled code of all functions that ran so far. */
    compile: () => script.createCachedData(),
  }
}
