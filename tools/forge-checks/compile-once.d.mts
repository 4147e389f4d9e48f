import type { Ajv } from 'ajv'

export function compileOnce(ajv: typeof Ajv): () => void
