export type { Behaviour } from './world/behaviour.js'
export { startSimulator, type Simulator, type SimulatorOptions } from './server.js'
