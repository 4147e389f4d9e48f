// Each of Forge's validators compiles the same schema of a megabyte, which takes seconds. With this, only the first one
// compiles it.

/** A schema imported as a module is a new object each time, but its default export is the same. */
const identityOf = (schema) => (typeof schema.default === 'object' ? schema.default : schema)
const named = (options) => JSON.stringify(Object.entries(options).filter(([, value]) => typeof value !== 'object'))

/** Makes each Ajv with the same options use the first compilation. Call the result to undo that. */
export function compileOnce(Ajv) {
  const { compile } = Ajv.prototype
  const compiled = new Map()
  Ajv.prototype.compile = function (schema) {
    const key = identityOf(schema)
    const known = compiled.get(key) ?? new Map()
    const options = named(this.opts)
    const validate = known.get(options) ?? compile.call(this, schema)
    compiled.set(key, known.set(options, validate))
    return validate
  }
  return () => {
    Ajv.prototype.compile = compile
  }
}
