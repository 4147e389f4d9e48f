export type { Exchange } from './http/exchanges.js'
export { startSimulator, type Simulator, type SimulatorOptions } from './server.js'
