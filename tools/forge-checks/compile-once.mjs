// The validators of the platform compile one schema of a megabyte, each for itself and for seconds. Here the first one
// does it for all.

/** The module of a schema, imported as a whole, is a new object each time; its schema is the same. */
const identityOf = (schema) => (typeof schema.default === 'object' ? schema.default : schema)
const named = (options) => JSON.stringify(Object.entries(options).filter(([, value]) => typeof value !== 'object'))

/** Lets each Ajv with the same options use what the first has compiled. Call the result to undo that. */
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
