export type { Behaviour } from './behaviour.js'
export { startSimulator, type Simulator, type SimulatorOptions } from './server.js'
