// The simulator as a process: prints its address; ends on a signal or with its parent process.

import { parseArgs } from 'node:util'
import { startSimulator } from './server.js'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    users: { type: 'string', default: '2500' },
    seed: { type: 'string', default: '1' },
    now: { type: 'string', default: '2026-11-24T08:00:00Z' },
    model: { type: 'string', default: 'centralized' },
    'lag-ms': { type: 'string', default: '0' },
    'exit-with-parent': { type: 'boolean', default: false },
  },
})
const model = values.model === 'original' ? 'original' : 'centralized'
const [port, users, seed] = [Number(values.port), Number(values.users), Number(values.seed)]
const behaviour = { lagMs: Number(values['lag-ms']) || 0 }
const simulator = await startSimulator({ port, users, seed, now: values.now, model, behaviour })
console.log(`simulator listening on ${simulator.url}`)
const end = () => void simulator.close().then(() => process.exit(0))
process.on('SIGTERM', end).on('SIGINT', end)
if (values['exit-with-parent']) process.stdin.on('end', end).resume()
