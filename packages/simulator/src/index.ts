export { startSimulator, type Simulator, type SimulatorOptions } from './server.js'
