#!/usr/bin/env node
// Runs the command line from its TypeScript sources, in this very process: what ends it, ends the work.

import { register } from 'tsx/esm/api'

register()
await import('../src/main.ts')
